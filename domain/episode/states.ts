/**
 * What an episode is, and what each call does to it. Stored are only a person's decisions (planned, executed,
 * terminated); how far the pictures are is what their jobs are.
 */
import { z } from "zod";
import { unreachable } from "#domain/errors.ts";
import { isTerminal, type JobState } from "#domain/jobs/lifecycle.ts";

export const episodeStates = [
  "CREATED",
  "PLANNED",
  "EXECUTING",
  "COMPLETED",
  "PARTIALLY_COMPLETED",
  "FAILED",
  "TERMINATED",
] as const;
export const EpisodeState = z.enum(episodeStates);
export type EpisodeState = z.infer<typeof EpisodeState>;

export const beatStates = ["PENDING", "EXECUTING", "ACCEPTED", "ABORTED", "CANCELLED"] as const;
export const BeatState = z.enum(beatStates);
export type BeatState = z.infer<typeof BeatState>;

/** @param job  its newest job's state; null while it has none */
export function beatState(job: JobState | null): BeatState {
  switch (job) {
    case null:
    case "queued":
      return "PENDING";
    case "leased":
    case "running":
    case "uploading":
    case "cancelling":
      return "EXECUTING";
    case "succeeded":
      return "ACCEPTED";
    case "failed":
    case "expired":
      return "ABORTED";
    case "cancelled":
      return "CANCELLED";
    default:
      return unreachable(job);
  }
}

/**
 * @param stored  as the row has it
 * @param jobs    the newest job of each beat that was submitted
 */
export function episodeState(stored: EpisodeState, jobs: readonly JobState[]): EpisodeState {
  if (stored !== "EXECUTING") return stored;
  if (jobs.length === 0 || jobs.some((state) => !isTerminal(state))) return "EXECUTING";
  if (jobs.every((state) => state === "succeeded")) return "COMPLETED";
  if (jobs.some((state) => state === "succeeded")) return "PARTIALLY_COMPLETED";
  // Every beat was called off one by one: nothing went wrong.
  return jobs.every((state) => state === "cancelled") ? "TERMINATED" : "FAILED";
}

export type EpisodeCall = "plan" | "execute" | "terminate";

/** do: carries it out. same: it is done already, and the answer says so. no: 409 `episode/wrong-state`. */
export type CallAnswer = "do" | "same" | "no";

/** Calls out of order and calls that come twice, all of them (S2-43). */
export const callTable = {
  plan: {
    CREATED: "do",
    PLANNED: "same",
    EXECUTING: "no",
    COMPLETED: "no",
    PARTIALLY_COMPLETED: "no",
    FAILED: "no",
    TERMINATED: "no",
  },
  execute: {
    CREATED: "no",
    PLANNED: "do",
    EXECUTING: "same",
    COMPLETED: "same",
    PARTIALLY_COMPLETED: "same",
    FAILED: "same",
    TERMINATED: "no",
  },
  terminate: {
    CREATED: "do",
    PLANNED: "do",
    EXECUTING: "do",
    COMPLETED: "no",
    PARTIALLY_COMPLETED: "no",
    FAILED: "no",
    TERMINATED: "same",
  },
} as const satisfies Record<EpisodeCall, Record<EpisodeState, CallAnswer>>;

/** Why a call has no answer in this state, and what to do instead. */
export function refusal(call: EpisodeCall, state: EpisodeState): string {
  if (state === "TERMINATED") return "This episode was terminated. Begin another one.";
  switch (call) {
    case "plan":
      return "This episode is planned and its beats were submitted. Change its shots in the film, or begin another episode.";
    case "execute":
      return "This episode has no plan yet. Ask for one first: POST /v1/episodes/:id/plan.";
    case "terminate":
      return `This episode has ended already (${state}); there is nothing left to stop.`;
    default:
      return unreachable(call);
  }
}
