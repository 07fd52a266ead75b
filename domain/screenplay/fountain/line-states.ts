/** In what state a line begins, in one byte each: what was said above it, and whether it stands inside something hidden. */
import type { LexState } from "#domain/screenplay/fountain.ts";

/** A note or a boneyard that began above and ends further down. */
export type Openness = "none" | "note" | "boneyard";

const speeches: readonly LexState["speech"][] = ["none", "cued", "speaking"];
const opennesses: readonly Openness[] = ["none", "note", "boneyard"];

export function packState(state: LexState, open: Openness): number {
  return speeches.indexOf(state.speech) | (state.afterBlank ? 4 : 0) | (opennesses.indexOf(open) << 3);
}

/** @param packed undefined at the beginning of a script */
export function unpackState(packed: number | undefined): { state: LexState; open: Openness } {
  if (packed === undefined) return { state: { afterBlank: true, speech: "none" }, open: "none" };
  return {
    state: { afterBlank: (packed & 4) !== 0, speech: speeches[packed & 3] ?? "none" },
    open: openness(packed),
  };
}

export function openness(packed: number | undefined): Openness {
  return opennesses[(packed ?? 0) >> 3] ?? "none";
}

/** The line in which began what a line stands inside of. */
export function beginningOf(states: Uint8Array, line: number): number {
  const inside = openness(states[line]);
  let first = line;
  while (first > 0 && openness(states[first]) === inside) first -= 1;
  return first;
}
