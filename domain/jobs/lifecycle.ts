import { z } from "zod";

/**
 * The one lifecycle of a job. Only the director moves a job; agents report, people ask.
 * Automatic attempts stay inside one job; a person's retry makes a new job with `retryOf`.
 */
export const jobStates = [
  "queued",
  "leased",
  "running",
  "uploading",
  "succeeded",
  "failed",
  "cancelling",
  "cancelled",
  "expired",
] as const;
export const JobState = z.enum(jobStates);
export type JobState = z.infer<typeof JobState>;

/** From each state, where it may go. `queued` is where a lost lease and a retryable failure return to. */
export const nextStates = {
  queued: ["leased", "running", "uploading", "succeeded", "failed", "cancelling", "cancelled", "expired"],
  leased: ["running", "uploading", "succeeded", "failed", "queued", "cancelling"],
  running: ["uploading", "succeeded", "failed", "queued", "cancelling"],
  uploading: ["succeeded", "failed", "queued", "cancelling"],
  // One that was called off and fails is cancelled.
  cancelling: ["cancelled", "succeeded"],
  succeeded: [],
  failed: [],
  cancelled: [],
  expired: [],
} as const satisfies Record<JobState, readonly JobState[]>;

export function canMove(from: JobState, to: JobState): boolean {
  return (nextStates[from] as readonly JobState[]).includes(to);
}

/** @returns every state a job may be in for a move to `to` to be allowed; what an UPDATE's WHERE asks. */
export function statesBefore(to: JobState): JobState[] {
  return jobStates.filter((from) => canMove(from, to));
}

export const terminalStates: readonly JobState[] = jobStates.filter((state) => nextStates[state].length === 0);
export const activeStates: readonly JobState[] = ["leased", "running", "uploading", "cancelling"];

export function isTerminal(state: JobState): boolean {
  return terminalStates.includes(state);
}

export function isActive(state: JobState): boolean {
  return activeStates.includes(state);
}
