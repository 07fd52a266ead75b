import { expect, test } from "vitest";
import { jobStates, type JobState } from "#domain/jobs/lifecycle.ts";
import { beatState, callTable, episodeState, episodeStates, refusal, type EpisodeCall } from "./states.ts";

const calls = Object.keys(callTable) as EpisodeCall[];

test("every call has an answer in every state, and a refusal says what to do instead", () => {
  for (const call of calls)
    for (const state of episodeStates) {
      expect(["do", "same", "no"], `${call} in ${state}`).toContain(callTable[call][state]);
      if (callTable[call][state] === "no") expect(refusal(call, state)).toMatch(/^[A-Z].*\.$/);
    }
});

test("a call that was carried out is answered alike when it comes again, never a second time done", () => {
  const after = { plan: "PLANNED", execute: "EXECUTING", terminate: "TERMINATED", abandon: "ABANDONED" } as const;
  for (const call of calls) expect(callTable[call][after[call]], call).toBe("same");
});

test("a beat is what its newest job is", () => {
  expect(beatState(null)).toBe("PENDING");
  const shown = Object.fromEntries(jobStates.map((state) => [state, beatState(state)]));
  expect(shown).toEqual({
    queued: "PENDING",
    leased: "EXECUTING",
    running: "EXECUTING",
    uploading: "EXECUTING",
    cancelling: "EXECUTING",
    succeeded: "ACCEPTED",
    failed: "ABORTED",
    expired: "ABORTED",
    cancelled: "CANCELLED",
  });
});

test("an episode that is being rendered is what its beats are", () => {
  const state = (...jobs: JobState[]) =>
    episodeState(
      "EXECUTING",
      jobs.map((each) => ({ state: each })),
    );
  expect(state("queued", "queued")).toBe("EXECUTING");
  expect(state("succeeded", "failed", "running")).toBe("EXECUTING");
  expect(state("succeeded", "cancelling")).toBe("EXECUTING");
  expect(state("succeeded", "succeeded")).toBe("COMPLETED");
  expect(state("succeeded", "failed")).toBe("PARTIALLY_COMPLETED");
  expect(state("succeeded", "cancelled")).toBe("PARTIALLY_COMPLETED");
  expect(state("failed", "expired")).toBe("FAILED");
  expect(state("failed", "cancelled")).toBe("FAILED");
  expect(state("cancelled", "cancelled")).toBe("TERMINATED");
});

test("it is impossible only where no beat came to be and no retry can help any of them", () => {
  const failed = (kind: string) => ({ state: "failed" as const, error: { code: `job/${kind}` } });
  expect(episodeState("EXECUTING", [failed("permanent"), failed("missing-model")])).toBe("IMPOSSIBLE");
  expect(episodeState("EXECUTING", [failed("permanent"), failed("capacity")])).toBe("FAILED");
  expect(episodeState("EXECUTING", [failed("permanent"), { state: "succeeded" }])).toBe("PARTIALLY_COMPLETED");
  expect(episodeState("EXECUTING", [failed("permanent"), { state: "cancelled" }])).toBe("FAILED");
  expect(episodeState("EXECUTING", [failed("permanent"), { state: "queued" }])).toBe("EXECUTING");
});

test("what was decided stands, whatever the jobs do", () => {
  for (const stored of ["CREATED", "PLANNED", "ABANDONED", "TERMINATED"] as const)
    for (const state of jobStates) expect(episodeState(stored, [{ state }])).toBe(stored);
});
