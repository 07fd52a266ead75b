import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { workspaces } from "#db/schema/workspace.ts";
import { newestEventPosition } from "./event-position.ts";
import { getJob } from "./jobs.ts";
import { eventsAfter } from "./project-events.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
});
afterAll(() => film.close());

test("a run that is queued in one statement says of its jobs what reading them back says, to editors too", async () => {
  const before = await newestEventPosition(film.db, film.projectId);
  const { jobs } = await film.queue([
    {
      key: "first",
      shotId: "shot-1",
      priority: 3,
      engineWanted: "previz",
      expiresAt: new Date("2030-01-02T03:04:05Z"),
    },
    { key: "second", dependsOn: ["first"] },
  ]);
  const told = await eventsAfter(film.db, film.projectId, before);
  expect(told.map(({ position }) => position)).toEqual([before + 1, before + 2]);
  for (const [index, job] of jobs.entries()) {
    const { queuePosition: _, ...read } = (await getJob(film.db, job.id))!;
    expect(job).toEqual(
      expect.objectContaining(Object.fromEntries(Object.entries(read).filter(([key]) => key in job))),
    );
    expect(told[index]!.event).toEqual({ type: "job", job });
  }
  expect(await film.row(jobs[0]!.id)).toMatchObject({
    state: "queued",
    priority: 3,
    blocked: 0,
    engineWanted: "previz",
    expiresAt: new Date("2030-01-02T03:04:05Z"),
    frames: 4,
  });
  expect(await film.row(jobs[1]!.id)).toMatchObject({ blocked: 1, dependsOn: [jobs[0]!.id] });
  expect(jobs[0]!.createdAt).toBe((await film.row(jobs[0]!.id)).createdAt.toISOString());
});

test("a workspace with a limit of its own is asked for it first, and queues all the same", async () => {
  const whose = eq(workspaces.id, film.workspaceId);
  await film.db.update(workspaces).set({ gpuSecondsPerDay: 100 }).where(whose);
  const { jobs } = await film.queue([{}]);
  expect(await film.row(jobs[0]!.id)).toMatchObject({ state: "queued" });
  await film.db.update(workspaces).set({ gpuSecondsPerDay: 0 }).where(whose);
  await expect(film.queue([{}])).rejects.toMatchObject({ code: "quota/exceeded" });
  await film.db.update(workspaces).set({ gpuSecondsPerDay: null }).where(whose);
});
