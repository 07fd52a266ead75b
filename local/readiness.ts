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
