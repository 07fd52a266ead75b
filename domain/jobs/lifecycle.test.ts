import { expect, test } from "vitest";
import {
  canMove,
  isActive,
  isTerminal,
  jobStates,
  type JobState,
  nextStates,
  statesBefore,
  terminalStates,
} from "./lifecycle.ts";

/** Written out once more, by hand: from each state, every state it may go to. */
const allowed: Record<JobState, string> = {
  queued: "leased running uploading succeeded failed cancelling cancelled expired",
  leased: "running uploading succeeded failed queued cancelling",
  running: "uploading succeeded failed queued cancelling",
  uploading: "succeeded failed queued cancelling",
  cancelling: "cancelled succeeded",
  succeeded: "",
  failed: "",
  cancelled: "",
  expired: "",
};

for (const from of jobStates) {
  for (const to of jobStates) {
    const may = allowed[from].split(" ").includes(to);
    test(`${from} ${may ? "may" : "may not"} become ${to}`, () => {
      expect(canMove(from, to)).toBe(may);
      expect(statesBefore(to).includes(from)).toBe(may);
    });
  }
}

test("every job ends: from each state an end can be reached, and from an end nothing can", () => {
  expect(terminalStates).toEqual(["succeeded", "failed", "cancelled", "expired"]);
  for (const state of jobStates) {
    const reached = new Set<JobState>([state]);
    for (const one of reached) for (const next of nextStates[one]) reached.add(next);
    expect([...reached].some(isTerminal)).toBe(true);
    if (isTerminal(state)) expect(reached.size).toBe(1);
    expect(isActive(state) && isTerminal(state)).toBe(false);
  }
});

test("a job is cancelled only by way of a wish, and expires only while it waits", () => {
  expect(statesBefore("cancelled")).toEqual(["queued", "cancelling"]);
  expect(statesBefore("expired")).toEqual(["queued"]);
});
