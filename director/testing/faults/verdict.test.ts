import { expect, test } from "vitest";
import type { JobState } from "#domain/jobs/lifecycle.ts";
import { isPassedOver, turns } from "./fairness.ts";
import type { Snapshot } from "./snapshot.ts";
import { doubled, type Expectations, givenUp, judge, waits } from "./verdict.ts";
import { planWorkload } from "./workload.ts";
import { seededRandom } from "#domain/screenplay/seeded.ts";

/** Two jobs of two workspaces that went well, and one that was called off. */
function wellDone(): Snapshot {
  const job = (id: string, workspace: number, state: JobState) => ({
    id,
    workspace,
    lane: "interactive" as const,
    shotId: `shot-${id}`,
    prompt: "",
    state: state as string,
    attempt: 1,
    dependsOn: [] as string[],
    errorCode: null as string | null,
    createdAt: 1000,
    isFinished: true,
    isCancelWished: state === "cancelled",
  });
  const attempt = (jobId: string, outcome: string | null) => ({
    jobId,
    attempt: 1,
    claim: `claim-${jobId}` as string | null,
    agent: "agent-1",
    outcome,
    errorMessage: null,
    leasedAt: 1100,
  });
  const files = (jobId: string) =>
    ["video", "poster"].map((role) => ({
      jobId,
      role,
      bytes: 10,
      storedBytes: 10 as number | null,
      hashIsRight: true,
    }));
  const told = (jobId: string, states: JobState[]) => states.map((state) => ({ jobId, state }));
  return {
    jobs: [job("a", 0, "succeeded"), job("b", 1, "succeeded"), job("c", 1, "cancelled")],
    attempts: [attempt("a", "succeeded"), attempt("b", "succeeded"), attempt("c", "cancelled")],
    artifacts: [...files("a"), ...files("b")],
    strayAssets: [],
    takes: ["a", "b"].map((jobId) => ({ jobId, shotId: `shot-${jobId}`, number: 1 })),
    told: [
      ...told("a", ["queued", "running", "succeeded"]),
      ...told("b", ["queued", "succeeded"]),
      ...told("c", ["queued", "running", "cancelling", "cancelled"]),
    ],
    gaps: [],
    runTitles: ["0-0", "1-0"],
    renders: [],
    editor: {
      workspace: 1,
      heard: [
        { jobId: "b", state: "queued", how: "read" as const },
        { jobId: "b", state: "succeeded", how: "told" as const },
        { jobId: "c", state: "cancelled", how: "told" as const },
        { jobId: "c", state: "cancelling", how: "read" as const },
      ],
    },
    leftInQueue: 0,
    unrecorded: 0,
  };
}

const expected = (): Expectations => ({
  planned: new Map(
    ["a", "b", "c"].map((id) => [
      `shot-${id}`,
      { behaviour: {}, ends: ["succeeded"] as const, waits: false, priority: 0 },
    ]),
  ),
  acknowledged: ["0-0", "1-0"],
  calledOff: new Map([["c", { phase: "running", answered: "cancelling" }]]),
  poisoned: new Set(),
  released: 2,
  ownEnds: [],
});

const broken = (left: Snapshot, wanted = expected()) =>
  judge(left, wanted)
    .filter(({ violations }) => violations.length > 0)
    .map(({ promise }) => promise);

test("a run in which all went well breaks no promise", () => {
  expect(broken(wellDone())).toEqual([]);
});

const harm: Record<string, (left: Snapshot, wanted: Expectations) => void> = {
  "every job that was acknowledged is there": (left) => left.runTitles.pop(),
  "every job is in exactly one terminal state": (left) => {
    left.told.splice(2, 0, { jobId: "a", state: "failed" });
  },
  "a succeeded job's files are there, once, whole": (left) => {
    left.artifacts[0]!.storedBytes = null;
  },
  "no job is both cancelled and succeeded": (left) => {
    left.told.push({ jobId: "b", state: "cancelled" });
  },
  "a job has one winning attempt and none left open": (left) => {
    left.attempts.push({ ...left.attempts[0]!, attempt: 2, claim: "another", outcome: null });
  },
  "called off means cancelled, or it had succeeded": (left) => {
    left.jobs[2]!.state = "failed";
  },
  "jobs end as their work says": (left) => {
    Object.assign(left.jobs[0]!, { state: "failed", errorCode: "job/permanent" });
  },
  "no workspace waits more than twice the mean": (left) => {
    for (const workspace of [2, 3, 4]) {
      for (let count = 0; count < 20; count++) {
        const id = `w${workspace}-${count}`;
        left.jobs.push({ ...left.jobs[0]!, id, workspace });
        left.attempts.push({ ...left.attempts[0]!, jobId: id, leasedAt: workspace === 4 ? 9000 : 1100 });
      }
    }
  },
  "no workspace is passed by more often than turns allow": (left) => {
    // Twelve of another's came after the only one of workspace 0, and all of them began before it.
    for (let count = 0; count < 12; count++) {
      const id = `late-${count}`;
      left.jobs.push({ ...left.jobs[0]!, id, workspace: 2, createdAt: 1010 + count });
      left.attempts.push({ ...left.attempts[0]!, jobId: id, leasedAt: 1030 + count });
    }
  },
  "an editor ends up knowing how each job of its film ended": (left) => {
    left.editor = { workspace: 1, heard: left.editor.heard.slice(1).filter(({ state }) => state !== "succeeded") };
  },
  "nobody's events have a hole": (left) => left.gaps.push("p"),
  "the broker keeps nothing": (left) => {
    left.leftInQueue = 1;
  },
  "no process ends by itself": (_left, wanted) => (wanted.ownEnds as string[]).push("director-1 ended by itself"),
};

test.each(Object.entries(harm))("it is noticed when it is not so that %s", (promise, change) => {
  const left = wellDone();
  const wanted = expected();
  change(left, wanted);
  expect(broken(left, wanted)).toContain(promise);
});

test("every promise has a way to be broken here", () => {
  expect(Object.keys(harm)).toEqual(judge(wellDone(), expected()).map(({ promise }) => promise));
});

test("a job that used up its attempts is counted, a sound one that failed for good is condemned", () => {
  const left = wellDone();
  Object.assign(left.jobs[0]!, { state: "failed", errorCode: "job/infrastructure" });
  expect(givenUp(left, expected()).map(({ id }) => id)).toEqual(["a"]);
  expect(broken(left)).not.toContain("jobs end as their work says");
});

test("waits are told by workspace, the longest first; a job's first attempt counts", () => {
  const left = wellDone();
  left.attempts.push({ ...left.attempts[0]!, attempt: 2, leasedAt: 5000 });
  left.attempts[1]!.leasedAt = 1300;
  const { meanMs, workspaces } = waits(left);
  expect(workspaces.map(({ workspace, meanMs: mean }) => [workspace, mean])).toEqual([
    [1, 200],
    [0, 100],
  ]);
  expect(meanMs).toBe(150);
});

test("fairness is in turns: a long wait in which nobody else begins counts for nothing, being passed does", () => {
  const left = wellDone();
  const add = (id: string, workspace: number, createdAt: number, leasedAt: number) => {
    left.jobs.push({ ...left.jobs[0]!, id, workspace, createdAt });
    left.attempts.push({ ...left.attempts[0]!, jobId: id, leasedAt });
  };
  add("waits through an outage", 2, 2000, 90_000);
  add("was lost and came back", 3, 100_000, 190_000);
  for (const id of ["one", "two"]) add(`${id} of 3 that went well`, 3, 200_000, 200_010);
  for (let count = 0; count < 30; count++) add(`quick ${count}`, 4, 100_001 + count, 150_000 + count);
  const found = turns(left, 2);
  expect(found.filter(({ passedTooOften }) => passedTooOften > 0)).toEqual([
    { workspace: 3, jobs: 3, passedTooOften: 1 },
  ]);
  expect(found.filter(isPassedOver)).toEqual([]);
});

test("renders of one job that ran beside each other are counted", () => {
  const render = (begin: number, end: number | null) => ({ jobId: "a", attempt: 1, agent: "x", begin, end });
  expect(doubled([render(0, 10), render(5, 20), render(30, 40)])).toBe(1);
});

test("a seed asks for the same work each time, the same number of jobs for everybody", () => {
  const size = { jobs: 200, workspaces: 20, spreadMs: 1000 };
  const plan = planWorkload(seededRandom(5), size);
  expect(planWorkload(seededRandom(5), size)).toEqual(plan);
  const counts = new Map<number, number>();
  for (const run of plan) counts.set(run.workspace, (counts.get(run.workspace) ?? 0) + run.jobs.length);
  expect([...counts.values()]).toEqual(Array.from({ length: 20 }, () => 10));
  expect(plan.every((run) => run.at < 1000 && run.jobs[0]?.waits === false)).toBe(true);
});
