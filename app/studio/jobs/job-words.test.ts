import { expect, test } from "vitest";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { jobLine, jobName, queueLine, trayOrder } from "./job-words.ts";

const aJob = (changes: Partial<JobView>): JobView => ({
  id: "j",
  runId: "r",
  projectId: "p",
  kind: "shot",
  capability: "video",
  state: "queued",
  progress: 0,
  attempt: 1,
  priority: 0,
  createdAt: "2026-01-01T00:00:00Z",
  artifacts: [],
  ...changes,
});

test("a line says stage, percent, what is left, and that it is a second attempt", () => {
  expect(
    jobLine(
      aJob({ state: "running", stage: "rendering", step: 18, total: 48, progress: 0.375, etaSeconds: 12, attempt: 2 }),
    ),
  ).toBe("Rendering 18 of 48 · 38% · about 12 s left · attempt 2");
  expect(jobLine(aJob({ queuePosition: 2 }))).toBe("Queued, number 2");
  expect(jobLine(aJob({ state: "failed", error: { code: "x", message: "No memory." } }))).toBe("No memory.");
  expect(jobName({ kind: "thumbnail" }, "3A")).toBe("Thumbnail of 3A");
});

test("what runs is above what waits, and the queue is in its order", () => {
  const jobs = [
    aJob({ id: "done", state: "succeeded" }),
    aJob({ id: "third", place: 5 }),
    aJob({ id: "fourth", place: 2, priority: -10 }),
    aJob({ id: "second", place: 4.5 }),
    aJob({ id: "first", state: "running" }),
  ];
  expect(trayOrder(jobs).map((job) => job.id)).toEqual(["first", "second", "third", "fourth", "done"]);
});

test("in the queue a job says its number, when it starts, how urgent it is and what holds it", () => {
  expect(queueLine(aJob({ queuePosition: 3, waitSeconds: 40, priority: 10 }))).toBe(
    "Number 3 · starts in about 40 s · high priority",
  );
  expect(queueLine(aJob({ queuePosition: 1, waitSeconds: 0 }))).toBe("Number 1 · starts next");
  expect(queueLine(aJob({ message: "Waits: this workspace runs 2 jobs at once." }))).toBe(
    "Waits: this workspace runs 2 jobs at once.",
  );
  expect(queueLine(aJob({ state: "cancelled" }))).toBe("Somebody stopped it.");
});
