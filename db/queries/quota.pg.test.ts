import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { jobAttempts, jobs } from "#db/schema/work.ts";
import { workspaces } from "#db/schema/workspace.ts";
import { getJob } from "./jobs.ts";
import { gpuSecondsSpent, setStudioLimits } from "./quota.ts";
import { pauseQueue } from "./queue-control.ts";
import { markReleased } from "./release.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
});
afterAll(() => film.close());
afterEach(async () => {
  setStudioLimits({});
  await film.db.delete(jobs);
  await film.db.update(workspaces).set({ maxRunning: null, gpuSecondsPerDay: null });
});

const hour = 3600 * 1000;

/** A finished job that worked so long and ended so many hours ago. */
async function worked(seconds: number, hoursAgo: number): Promise<void> {
  const jobId = (await film.queue([{}])).jobs[0]!.id;
  const finishedAt = new Date(Date.now() - hoursAgo * hour);
  await film.db
    .insert(jobAttempts)
    .values({ jobId, attempt: 1, agentId: "a", outcome: "succeeded", seconds, finishedAt });
  await film.db.update(jobs).set({ state: "succeeded", finishedAt, startedAt: finishedAt }).where(eq(jobs.id, jobId));
}

test("a workspace that has used its seconds of a day is told so, and when it can render again", async () => {
  await worked(40, 20);
  await worked(30, 10);
  await worked(500, 30);
  await film.db.update(workspaces).set({ gpuSecondsPerDay: 71 });
  await film.queue([{}]);
  await film.db.update(workspaces).set({ gpuSecondsPerDay: 70 });
  const refused = await film.queue([{}]).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "quota/exceeded", details: { limitSeconds: 70, usedSeconds: 70 } });
  const { freesAt } = (refused as { details: { freesAt: string } }).details;
  expect(Math.abs(Date.parse(freesAt) - (Date.now() + 4 * hour))).toBeLessThan(60_000);
  expect((refused as Error).message).toContain(
    "70 of its 70 seconds of rendering in 24 hours. It can render again at ",
  );
  expect(await gpuSecondsSpent(film.db, [film.workspaceId])).toEqual(new Map([[film.workspaceId, 70]]));
});

test("the studio's own limit holds where the workspace has none of its own", async () => {
  await worked(40, 1);
  setStudioLimits({ gpuSecondsPerDay: 30 });
  await expect(film.queue([{}])).rejects.toMatchObject({ code: "quota/exceeded" });
  await film.db.update(workspaces).set({ gpuSecondsPerDay: 100 });
  await expect(film.queue([{}])).resolves.toBeTruthy();
});

test("a failed attempt of a job that is still open counts", async () => {
  const jobId = (await film.queue([{}])).jobs[0]!.id;
  const ended = { outcome: "failed", seconds: 12, finishedAt: new Date() };
  await film.db.insert(jobAttempts).values({ jobId, attempt: 1, agentId: "a", ...ended });
  await film.db.update(jobs).set({ startedAt: new Date() }).where(eq(jobs.id, jobId));
  expect(await gpuSecondsSpent(film.db, [film.workspaceId])).toEqual(new Map([[film.workspaceId, 12]]));
});

test("what is at work counts as far as it has come, so that one long job cannot hide behind many", async () => {
  const jobId = (await film.queue([{}])).jobs[0]!.id;
  const minuteAgo = new Date(Date.now() - 60_000);
  const lost = { jobId, attempt: 1, agentId: "a", outcome: "lost", startedAt: minuteAgo, finishedAt: new Date() };
  await film.db.insert(jobAttempts).values([lost, { jobId, attempt: 2, agentId: "b", startedAt: minuteAgo }]);
  await film.db.update(jobs).set({ state: "running", attempt: 2, startedAt: minuteAgo }).where(eq(jobs.id, jobId));
  const [seconds = 0] = (await gpuSecondsSpent(film.db, [film.workspaceId])).values();
  expect(seconds).toBeGreaterThanOrEqual(60);
  expect(seconds).toBeLessThan(90);
  await film.db.update(workspaces).set({ gpuSecondsPerDay: 60 });
  await expect(film.queue([{}])).rejects.toMatchObject({ code: "quota/exceeded" });
});

test("a job that waits for something else than its turn says for what", async () => {
  const [a, b] = (await film.queue([{}, {}])).jobs.map((job) => job.id) as [string, string];
  const said = async () => (await getJob(film.db, b))?.message;
  expect(await said()).toBeUndefined();
  await markReleased(film.db, [a]);
  await film.db.update(workspaces).set({ maxRunning: 1 });
  expect(await said()).toBe("The workspace has as many jobs at work as it may have at once: 1.");
  await worked(40, 1);
  await film.db.update(workspaces).set({ gpuSecondsPerDay: 40 });
  expect(await said()).toBe("The workspace has used its 40 seconds of rendering in 24 hours.");
  await pauseQueue(film.db, film.projectId, { isPaused: true, by: null, agents: 0 });
  expect(await said()).toBe("The film's queue is paused.");
  await pauseQueue(film.db, film.projectId, { isPaused: false, by: null, agents: 0 });
});
