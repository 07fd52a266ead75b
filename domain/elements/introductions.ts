import { castFromScript } from "#domain/screenplay/plan/plan-cast.ts";

let last: { screenplay: string; cast: Record<string, string> } | undefined;

/** How a screenplay introduces its people, read once as long as it is the same. */
export function introductionsOf(screenplay: string): Readonly<Record<string, string>> {
  if (last?.screenplay !== screenplay) last = { screenplay, cast: castFromScript(screenplay) };
  return last.cast;
}
