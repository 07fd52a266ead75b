import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { users } from "#db/schema/identity.ts";
import { jobs } from "#db/schema/work.ts";
import { projects, workspaces } from "#db/schema/workspace.ts";
import type { GraphNode } from "#domain/jobs/graph.ts";
import { queuePlaces } from "./positions.ts";
import { eventsAfter } from "./project-events.ts";
import { newestEventPosition } from "./event-position.ts";
import { deleteProject } from "./projects.ts";
import { cancelJobs, moveBefore, pauseQueue, queuePausedAt, setPriority } from "./queue-control.ts";
import { markReleased } from "./release.ts";
import { createRun } from "./runs.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
  await film.db.insert(users).values({ id: "u2", name: "Ines", email: "ines@example.org" });
});
afterAll(() => film.close());
afterEach(async () => {
  await film.db.delete(jobs);
});

const queueMany = async (count: number, over: Partial<GraphNode> = {}) =>
  (await film.queue(Array.from({ length: count }, () => over))).jobs.map((job) => job.id);

/** The waiting jobs' names, in the order of their places. */
const orderOf = async (names: Record<string, string>) => {
  const places = [...(await queuePlaces(film.db))].sort(([, a], [, b]) => a.position - b.position);
  return places.map(([id]) => Object.entries(names).find(([, known]) => known === id)?.[0]).join("");
};

test("a job can be put before any other of the film, and behind all of them", async () => {
  const [a, b, c, d] = (await queueMany(4)) as [string, string, string, string];
  const names = { a, b, c, d };
  expect(await orderOf(names)).toBe("abcd");
  await moveBefore(film.db, d, a);
  expect(await orderOf(names)).toBe("dabc");
  await moveBefore(film.db, a, c);
  expect(await orderOf(names)).toBe("dbac");
  await moveBefore(film.db, d, null);
  expect(await orderOf(names)).toBe("bacd");
  await moveBefore(film.db, b, b);
  expect(await orderOf(names)).toBe("bacd");
});

test("put before a more urgent job, it becomes as urgent", async () => {
  const [a, b, c] = (await queueMany(3)) as [string, string, string];
  await setPriority(film.db, b, 7);
  expect(await orderOf({ a, b, c })).toBe("bac");
  expect(await moveBefore(film.db, c, b)).toMatchObject({ id: c, priority: 7 });
  expect(await orderOf({ a, b, c })).toBe("cba");
  expect(await moveBefore(film.db, c, null)).toMatchObject({ priority: 0 });
  expect(await orderOf({ a, b, c })).toBe("bac");
});

test("two jobs can change places again and again: when there is no number left between two, all are spread", async () => {
  const [a, b, c] = (await queueMany(3)) as [string, string, string];
  for (let count = 0; count < 30; count++) {
    await moveBefore(film.db, a, c);
    expect(await orderOf({ a, b, c })).toBe("bac");
    await moveBefore(film.db, b, c);
    expect(await orderOf({ a, b, c })).toBe("abc");
  }
}, 60_000);

test("two people who order the same queue at once both succeed", async () => {
  const ids = await queueMany(12);
  await markReleased(film.db, ids.slice(0, 4));
  await Promise.all(
    ids.map((id, index) => moveBefore(film.db, id, index % 2 === 0 ? ids[(index + 5) % 12]! : ids[(index + 3) % 12]!)),
  );
  expect(await queuePlaces(film.db)).toHaveProperty("size", 12);
});

test("what is handed on already comes back when another is put before it", async () => {
  const [a, b, c] = (await queueMany(3)) as [string, string, string];
  await markReleased(film.db, [a, b]);
  await moveBefore(film.db, c, b);
  expect(await film.row(a)).toMatchObject({ recallRequestedAt: null });
  expect((await film.row(b)).recallRequestedAt).not.toBe(null);
  await setPriority(film.db, a, -5);
  expect((await film.row(a)).recallRequestedAt).not.toBe(null);
});

test("only what waits can be moved, and only before what waits in the same film", async () => {
  const [a, b] = (await queueMany(2)) as [string, string];
  await film.db.update(jobs).set({ state: "running" }).where(eq(jobs.id, b));
  await expect(moveBefore(film.db, b, a)).rejects.toMatchObject({ code: "job/wrong-state" });
  await expect(moveBefore(film.db, a, b)).rejects.toMatchObject({ code: "job/wrong-state" });
  await expect(moveBefore(film.db, a, "nothing")).rejects.toMatchObject({ code: "thing/not-found" });
  await expect(setPriority(film.db, "nothing", 1)).rejects.toMatchObject({ code: "thing/not-found" });
});

test("a paused queue has no places and takes back what nobody has begun; let go, it is as before", async () => {
  const [a, b, c] = (await queueMany(3)) as [string, string, string];
  await markReleased(film.db, [a, b]);
  await film.db.update(jobs).set({ state: "running" }).where(eq(jobs.id, a));
  const before = await newestEventPosition(film.db, film.projectId);
  await pauseQueue(film.db, film.projectId, { isPaused: true, by: "u1", agents: 2 });
  expect(await queuePausedAt(film.db, film.projectId)).toBeInstanceOf(Date);
  expect((await film.row(a)).recallRequestedAt).toBe(null);
  expect((await film.row(b)).recallRequestedAt).not.toBe(null);
  expect([...(await queuePlaces(film.db)).keys()]).toEqual([b]);
  await pauseQueue(film.db, film.projectId, { isPaused: false, by: "u1", agents: 2 });
  expect(await queuePausedAt(film.db, film.projectId)).toBe(null);
  expect((await queuePlaces(film.db, [c])).get(c)).toMatchObject({ position: 2, jobsAhead: 1 });
  const told = await eventsAfter(film.db, film.projectId, before);
  expect(told.map(({ event }) => (event.type === "queue" ? event.paused : event.type))).toEqual([true, false]);
});

test("all of a film's jobs are called off at once: those nobody has end, the others are asked to", async () => {
  const { runId, jobs: made } = await film.queue([{ key: "a" }, { dependsOn: ["a"] }, {}, {}, {}]);
  const ids = made.map((job) => job.id);
  await markReleased(film.db, ids.slice(2, 4));
  await film.db.update(jobs).set({ state: "running" }).where(eq(jobs.id, ids[2]!));
  await film.db.update(jobs).set({ state: "succeeded", finishedAt: new Date() }).where(eq(jobs.id, ids[4]!));
  const before = await newestEventPosition(film.db, film.projectId);
  expect(await cancelJobs(film.db, film.projectId)).toEqual({ cancelled: 2, cancelling: 2 });
  const states = (await film.rowsOf(runId)).map((row) => row.state);
  expect(states).toEqual(["cancelled", "cancelled", "cancelling", "cancelling", "succeeded"]);
  const told = (await eventsAfter(film.db, film.projectId, before)).map(({ event }) =>
    event.type === "job" ? event.job.state : event.type,
  );
  expect(told).toEqual(["cancelled", "cancelled", "cancelling", "cancelling"]);
  expect(await cancelJobs(film.db, film.projectId)).toEqual({ cancelled: 0, cancelling: 0 });
});

test("calling off mine, or a run, leaves the others' jobs; what waits for one of them ends with it", async () => {
  const { runId, jobs: mine } = await film.queue([{}]);
  const theirs = await createRun(film.db, {
    workspaceId: film.workspaceId,
    projectId: film.projectId,
    kind: "test",
    createdBy: "u2",
    nodes: [
      { kind: "stage", lane: "batch", request: (await film.row(mine[0]!.id)).request as GraphNode["request"] },
      {
        kind: "stage",
        lane: "batch",
        dependsOnJobs: [mine[0]!.id],
        request: (await film.row(mine[0]!.id)).request as GraphNode["request"],
      },
    ],
  });
  expect(await cancelJobs(film.db, film.projectId, { createdBy: "u1" })).toEqual({ cancelled: 2, cancelling: 0 });
  expect((await film.rowsOf(theirs.runId)).map((row) => row.state)).toEqual(["queued", "cancelled"]);
  expect((await film.rowsOf(runId)).map((row) => row.state)).toEqual(["cancelled"]);
  expect(await cancelJobs(film.db, film.projectId, { runId: theirs.runId })).toEqual({ cancelled: 1, cancelling: 0 });
});

test("hundreds of jobs are called off in a moment", async () => {
  await queueMany(300);
  const begin = performance.now();
  expect(await cancelJobs(film.db, film.projectId)).toEqual({ cancelled: 300, cancelling: 0 });
  expect(performance.now() - begin).toBeLessThan(5000);
});

test("deleting a film calls off its jobs", async () => {
  const [workspace] = await film.db.insert(workspaces).values({ name: "W" }).returning();
  const [project] = await film.db.insert(projects).values({ workspaceId: workspace!.id, title: "P" }).returning();
  const [id] = await queueMany(1);
  await film.db.update(jobs).set({ projectId: project!.id }).where(eq(jobs.id, id!));
  expect(await deleteProject(film.db, project!.id)).toBe(true);
  expect(await film.row(id!)).toMatchObject({ state: "cancelled" });
  expect(await deleteProject(film.db, project!.id)).toBe(false);
});
