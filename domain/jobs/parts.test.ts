import { expect, test } from "vitest";
import type { JobView } from "./messages/views.ts";
import { shownJob } from "./parts.ts";

const aJob = (more: Partial<JobView> = {}): JobView => ({
  id: "head",
  runId: "r1",
  projectId: "p1",
  kind: "shot",
  capability: "join",
  state: "queued",
  progress: 0,
  attempt: 0,
  priority: 0,
  createdAt: "2026-11-21T10:00:00Z",
  artifacts: [],
  ...more,
});
const aPart = (index: number, more: Partial<JobView> = {}): JobView =>
  aJob({ id: `part-${index}`, kind: "chunk", part: { headJobId: "head", index, count: 3 }, ...more });

test("a job without parts is shown as it is", () => {
  expect(shownJob(aJob(), [])).toEqual(aJob());
});

test("a head waits as long as all of its parts do", () => {
  const head = aJob({ queuePosition: 4 });
  expect(shownJob(head, [aPart(0), aPart(1), aPart(2)])).toMatchObject({ state: "queued", queuePosition: 4 });
});

test("a head runs while any part does, and its progress is that of the whole", () => {
  const parts = [
    aPart(0, { state: "succeeded", progress: 1, startedAt: "2026-11-21T10:00:05Z" }),
    aPart(1, { state: "running", progress: 0.5, stage: "render", startedAt: "2026-11-21T10:00:09Z" }),
    aPart(2),
  ];
  const shown = shownJob(aJob({ queuePosition: 4 }), parts);
  expect(shown).toMatchObject({
    state: "running",
    progress: 0.5,
    stage: "render",
    message: "Part 2 of 3",
    startedAt: "2026-11-21T10:00:05Z",
    waitSeconds: 5,
  });
  // Looked at again with what has happened since, it follows; while it is joined, it still began with its first part.
  const later = [parts[0]!, { ...parts[1]!, progress: 0.8, stage: "upload" }, parts[2]!];
  expect(shownJob(shown, later)).toMatchObject({ progress: 0.6, stage: "upload", state: "running" });
  const joining = aJob({ state: "running", attempt: 1, stage: "join", startedAt: "2026-11-21T10:01:00Z" });
  expect(shownJob(joining, parts)).toMatchObject({ stage: "join", startedAt: "2026-11-21T10:00:05Z", waitSeconds: 5 });
  expect(shown.queuePosition).toBeUndefined();
});

test("between two parts a head still runs", () => {
  const parts = [aPart(0, { state: "succeeded", progress: 1 }), aPart(1), aPart(2)];
  expect(shownJob(aJob(), parts)).toMatchObject({ state: "running", progress: 1 / 3 });
});

test("progress never goes back, and is whole only when the head has ended", () => {
  const done = [0, 1, 2].map((index) => aPart(index, { state: "succeeded", progress: 1 }));
  const shown = [
    shownJob(aJob(), done.with(2, aPart(2, { state: "running", progress: 0.999 }))),
    shownJob(aJob(), done),
    shownJob(aJob({ state: "running", progress: 0.1 }), done),
    shownJob(aJob({ state: "succeeded", progress: 1 }), done),
  ].map((job) => job.progress);
  expect(shown).toEqual([...shown].sort((a, b) => a - b));
  expect(shown.slice(1)).toEqual([0.99, 0.99, 1]);
});

test("a head that has ended is shown as it ended, whatever its parts say", () => {
  const head = aJob({ state: "cancelled", progress: 0.2 });
  expect(shownJob(head, [aPart(0, { state: "running", progress: 0.5 })])).toBe(head);
});
