/**
 * What an episode is, and what each call does to it. Stored are decisions only: a person's (planned, executed,
 * terminated), and the director's to abandon what has cost enough. How far the pictures are is what their jobs are.
 */
import { z } from "zod";
import { unreachable } from "#domain/errors.ts";
import { isTerminal, type JobState } from "#domain/jobs/lifecycle.ts";
import type { FailureKind } from "#domain/jobs/messages/result-message.ts";
import { retriesByKind } from "#domain/jobs/retry.ts";

export const episodeStates = [
  "CREATED",
  "PLANNED",
  "EXECUTING",
  "COMPLETED",
  "PARTIALLY_COMPLETED",
  "FAILED",
  /** No beat came to be, and trying again cannot help. */
  "IMPOSSIBLE",
  /** Its budget was used up. */
  "ABANDONED",
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

/** What of a beat's job says how the episode is. */
export interface BeatJob {
  state: JobState;
  error?: { code: string } | undefined;
}

/**
 * @param stored  as the row has it
 * @param jobs    the newest job of each beat that was submitted
 */
export function episodeState(stored: EpisodeState, jobs: readonly BeatJob[]): EpisodeState {
  if (stored !== "EXECUTING") return stored;
  if (jobs.length === 0 || jobs.some(({ state }) => !isTerminal(state))) return "EXECUTING";
  if (jobs.every(({ state }) => state === "succeeded")) return "COMPLETED";
  if (jobs.some(({ state }) => state === "succeeded")) return "PARTIALLY_COMPLETED";
  // Every beat was called off one by one: nothing went wrong.
  if (jobs.every(({ state }) => state === "cancelled")) return "TERMINATED";
  return jobs.every(isHopeless) ? "IMPOSSIBLE" : "FAILED";
}

/** Failed in a way that is the same at every try. */
function isHopeless({ state, error }: BeatJob): boolean {
  const kind = error?.code.replace(/^job\//, "") ?? "";
  return state === "failed" && Object.hasOwn(retriesByKind, kind) && retriesByKind[kind as FailureKind] === 0;
}

/** What people ask for, and `abandon`, which the director alone does. */
export type EpisodeCall = "plan" | "execute" | "terminate" | "abandon";

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
    IMPOSSIBLE: "no",
    ABANDONED: "no",
    TERMINATED: "no",
  },
  execute: {
    CREATED: "no",
    PLANNED: "do",
    EXECUTING: "same",
    COMPLETED: "same",
    PARTIALLY_COMPLETED: "same",
    FAILED: "same",
    IMPOSSIBLE: "same",
    // Goes on, with a larger budget.
    ABANDONED: "do",
    TERMINATED: "no",
  },
  terminate: {
    CREATED: "do",
    PLANNED: "do",
    EXECUTING: "do",
    COMPLETED: "no",
    PARTIALLY_COMPLETED: "no",
    FAILED: "no",
    IMPOSSIBLE: "no",
    ABANDONED: "no",
    TERMINATED: "same",
  },
  abandon: {
    CREATED: "no",
    PLANNED: "no",
    EXECUTING: "do",
    COMPLETED: "no",
    PARTIALLY_COMPLETED: "no",
    FAILED: "no",
    IMPOSSIBLE: "no",
    ABANDONED: "same",
    TERMINATED: "no",
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
    case "abandon":
      return `This episode has ended already (${state}); there is nothing left to stop.`;
    default:
      return unreachable(call);
  }
}
