import { z } from "zod";

const Answer = z.object({ status: z.string(), parts: z.record(z.string(), z.unknown()).default({}) });

export type Readiness = { ready: boolean; waitingFor: string[] };

/** What `/readyz` says, asked through the front door as a visitor would. */
export async function askReadiness(origin: string): Promise<Readiness> {
  try {
    const response = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(5000) });
    return readAnswer(await response.json());
  } catch {
    return { ready: false, waitingFor: ["app"] };
  }
}

/** Takes a part as ready when it says "ok", true, or an object with such a status. */
export function readAnswer(json: unknown): Readiness {
  const answer = Answer.safeParse(json);
  // The front door answers in the app's place, without naming parts.
  if (!answer.success || Object.keys(answer.data.parts).length === 0) return { ready: false, waitingFor: ["app"] };
  const waitingFor = Object.entries(answer.data.parts)
    .filter(([, state]) => !isFine(state))
    .map(([name]) => name);
  return { ready: answer.data.status === "ok", waitingFor };
}

function isFine(state: unknown): boolean {
  if (state === true || state === "ok") return true;
  return typeof state === "object" && state !== null && "status" in state && isFine(state.status);
}

const partNames: Record<string, string> = {
  app: "the app",
  postgres: "the database",
  nats: "the message broker",
  collab: "the collab server",
  director: "the director",
  storage: "the file store",
  agents: "the render agents",
};

/** One sentence for the terminal. @param parts  names as `/readyz` has them, at least one @param sinceMs  how long already */
export function waitingWords(parts: readonly string[], sinceMs: number): string {
  const names = parts.map((name) => partNames[name] ?? name);
  const last = names.at(-1) ?? "";
  const list = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
  const isKnown = partNames[parts[0] ?? ""] !== undefined;
  const subject = isKnown ? list.charAt(0).toUpperCase() + list.slice(1) : list;
  const verb = parts.length > 1 || parts[0] === "agents" ? "are" : "is";
  return `${subject} ${verb} still starting (${Math.round(sinceMs / 1000)} s).`;
}
