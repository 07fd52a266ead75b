import { expect, test } from "vitest";
import type { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import type { JobView, TakeView } from "#domain/jobs/messages/views.ts";
import { foldJobFrame, noWork, type Work } from "./work-store.ts";

const aJob = (more: Partial<JobView> = {}): JobView => ({
  id: "j1",
  runId: "r1",
  projectId: "p1",
  shotId: "s1",
  kind: "shot",
  capability: "video",
  state: "queued",
  progress: 0,
  attempt: 1,
  priority: 0,
  createdAt: "2026-11-21T10:00:00Z",
  artifacts: [],
  ...more,
});
const progress = (fraction: number, attempt = 1): ProgressMessage => ({
  v: protocolVersion,
  jobId: "j1",
  projectId: "p1",
  attempt,
  claim: `claim-${attempt}`,
  agentId: "a1",
  state: "running",
  stage: "render",
  fraction,
});
const withJob = (job: JobView): Work => ({ ...noWork, jobs: [job] });

test("progress within an attempt never goes back, and a new attempt begins anew", () => {
  let work = foldJobFrame(withJob(aJob()), { type: "progress", progress: progress(0.6) });
  work = foldJobFrame(work, { type: "progress", progress: progress(0.4) });
  expect(work.jobs[0]).toMatchObject({ state: "running", progress: 0.6 });
  work = foldJobFrame(work, { type: "progress", progress: progress(0.1, 2) });
  expect(work.jobs[0]).toMatchObject({ attempt: 2, progress: 0.1 });
});

test("late progress does not wake a finished job", () => {
  const work = foldJobFrame(withJob(aJob({ state: "succeeded", progress: 1 })), {
    type: "progress",
    progress: progress(0.9),
  });
  expect(work.jobs[0]?.state).toBe("succeeded");
});

test("an older view of a finished job is not believed", () => {
  const work = foldJobFrame(withJob(aJob({ state: "cancelled" })), { type: "job", job: aJob({ state: "running" }) });
  expect(work.jobs[0]?.state).toBe("cancelled");
});

test("new takes come first, and the queue's news moves positions of queued jobs only", () => {
  const take = (id: string, createdAt: string) => ({ id, createdAt }) as TakeView;
  let work = foldJobFrame(
    { ...noWork, takes: [take("t1", "2026-11-21T10:00:00Z")] },
    { type: "take", take: take("t2", "2026-11-21T11:00:00Z") },
  );
  expect(work.takes.map((one) => one.id)).toEqual(["t2", "t1"]);
  work = foldJobFrame(
    { ...work, jobs: [aJob(), aJob({ id: "j2", state: "running" })] },
    { type: "queue", positions: { j1: 3, j2: 1 }, agents: 2 },
  );
  expect(work.agents).toBe(2);
  expect(work.jobs.map((job) => job.queuePosition)).toEqual([3, undefined]);
});

test("the queue's news say when a queued job starts, and a job's own event does not take that away", () => {
  let work = foldJobFrame(withJob(aJob({ attempt: 0 })), {
    type: "queue",
    positions: { j1: 3 },
    waits: { j1: 40 },
    agents: 1,
  });
  expect(work.jobs[0]).toMatchObject({ queuePosition: 3, waitSeconds: 40 });
  work = foldJobFrame(work, { type: "job", job: aJob({ attempt: 0, priority: 10 }) });
  expect(work.jobs[0]).toMatchObject({ priority: 10, queuePosition: 3, waitSeconds: 40 });
  work = foldJobFrame(work, { type: "progress", progress: progress(0.1) });
  expect(work.jobs[0]?.waitSeconds).toBeUndefined();
});

test("a paused queue says so, and nothing of it has a place until it goes on", () => {
  let work = foldJobFrame(withJob(aJob({ queuePosition: 3, waitSeconds: 40 })), {
    type: "queue",
    positions: {},
    agents: 1,
    paused: true,
  });
  expect(work.isPaused).toBe(true);
  expect(work.jobs[0]?.queuePosition).toBeUndefined();
  // The director's news know nothing of pauses.
  work = foldJobFrame(work, { type: "queue", positions: {}, agents: 2 });
  expect(work.isPaused).toBe(true);
  work = foldJobFrame(work, { type: "queue", positions: {}, agents: 2, paused: false });
  expect(work.isPaused).toBe(false);
});

test("what a part of a long shot does is seen in the shot's job, which never goes back", () => {
  const part = { headJobId: "head", index: 0, count: 2 };
  let work: Work = {
    ...noWork,
    jobs: [
      aJob({ id: "head", attempt: 0, capability: "join" }),
      aJob({ id: "j1", attempt: 0, kind: "chunk", part }),
      aJob({ id: "j2", attempt: 0, kind: "chunk", part: { ...part, index: 1 } }),
    ],
  };
  const placed = foldJobFrame(work, { type: "queue", agents: 1, positions: { j1: 4 } });
  expect(placed.jobs.map((job) => job.queuePosition)).toEqual([4, 4, undefined]);
  const shown = [0.2, 0.6].map((fraction) => {
    work = foldJobFrame(work, { type: "progress", progress: progress(fraction) });
    return work.jobs[0]!;
  });
  expect(shown.map((job) => [job.state, job.progress])).toEqual([
    ["running", 0.1],
    ["running", 0.3],
  ]);
  expect(shown[1]!.message).toBe("Part 1 of 2");
  work = foldJobFrame(work, { type: "progress", progress: progress(0.1, 2) });
  expect(work.jobs[0]!.progress).toBe(0.3);
});
