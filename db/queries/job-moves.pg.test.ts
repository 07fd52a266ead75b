import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jobTransitions, retryRules } from "#db/schema/queue.ts";
import { jobs, runs } from "#db/schema/work.ts";
import { canMove, isTerminal, type JobState, jobStates, nextStates } from "#domain/jobs/lifecycle.ts";
import { retriesByKind } from "#domain/jobs/retry.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";
import { moveJob } from "./job-moves.ts";
import { eventsAfter } from "./project-events.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
});
afterAll(() => film.close());

/** A job that stands in `state`, without the way there. */
async function aJobIn(state: JobState): Promise<string> {
  const { workspaceId, projectId, db } = film;
  const [run] = await db.insert(runs).values({ workspaceId, projectId, kind: "test" }).returning();
  const base = {
    runId: run!.id,
    workspaceId,
    projectId,
    kind: "shot",
    capability: "video",
    lane: "batch",
    request: {},
  };
  const [job] = await db
    .insert(jobs)
    .values({ ...base, state, finishedAt: isTerminal(state) ? new Date() : null })
    .returning();
  return job!.id;
}

const setState = (id: string, state: JobState) =>
  film.db
    .update(jobs)
    .set({ state, finishedAt: isTerminal(state) ? new Date() : null })
    .where(eq(jobs.id, id));

test("the database's table of moves is the code's", async () => {
  const rows = await film.db.select().from(jobTransitions);
  const told = jobStates.map((from) => [from, rows.filter((row) => row.fromState === from).map((row) => row.toState)]);
  for (const [from, to] of told)
    expect([from, [...(to as string[])].sort()]).toEqual([from, [...nextStates[from as JobState]].sort()]);
  expect(rows).toHaveLength(Object.values(nextStates).flat().length);
});

test("of all pairs of states, the database lets a job go exactly where the code does", async () => {
  for (const from of jobStates) {
    for (const to of jobStates.filter((state) => state !== from)) {
      const id = await aJobIn(from);
      const done = await setState(id, to).then(
        () => "moved",
        () => "refused",
      );
      expect(`${from} to ${to}: ${done}`).toBe(`${from} to ${to}: ${canMove(from, to) ? "moved" : "refused"}`);
      const again = await aJobIn(from);
      const [seen] = await film.db.select().from(jobs).where(eq(jobs.id, again));
      const moved = await film.db.transaction((tx) => moveJob(tx, seen!, to));
      expect(moved?.state ?? null).toBe(canMove(from, to) ? to : null);
    }
  }
});

test("a state nobody knows and an end without a time are refused by the database", async () => {
  const id = await aJobIn("queued");
  await expect(film.db.update(jobs).set({ state: "dreaming" }).where(eq(jobs.id, id))).rejects.toThrow();
  await expect(film.db.update(jobs).set({ state: "cancelled" }).where(eq(jobs.id, id))).rejects.toThrow();
  await expect(film.db.update(jobs).set({ finishedAt: new Date() }).where(eq(jobs.id, id))).rejects.toThrow();
});

test("a job that has been claimed anew is not moved by who saw it before", async () => {
  const id = await aJobIn("running");
  const [seen] = await film.db.select().from(jobs).where(eq(jobs.id, id));
  await film.db.update(jobs).set({ claim: "another-claim" }).where(eq(jobs.id, id));
  expect(await film.db.transaction((tx) => moveJob(tx, seen!, "queued"))).toBe(null);
  await film.db.update(jobs).set({ claim: null, attempt: 2 }).where(eq(jobs.id, id));
  expect(await film.db.transaction((tx) => moveJob(tx, seen!, "queued"))).toBe(null);
});

test("the limits that operators may edit begin as the code has them", async () => {
  const rules = await film.db.select().from(retryRules);
  expect(Object.fromEntries(rules.map((rule) => [rule.class, rule.retries]))).toEqual(retriesByKind);
});

const statesOf = async (runId: string) =>
  Object.fromEntries((await film.rowsOf(runId)).map((row) => [row.stepKey, row.state]));

/** planning → env, motion → package; and one step that waits for nothing. */
const stages = [
  { key: "planning" },
  { key: "env", dependsOn: ["planning"] },
  { key: "motion", dependsOn: ["planning"] },
  { key: "package", dependsOn: ["env", "motion", "env"] },
  { key: "audio" },
];

test("a job has its turn when the last of those it waits for has succeeded", async () => {
  const { runId } = await film.queue(stages);
  const blocked = async () => Object.fromEntries((await film.rowsOf(runId)).map((row) => [row.stepKey, row.blocked]));
  expect(await blocked()).toEqual({ planning: 0, env: 1, motion: 1, package: 2, audio: 0 });
  await film.move(runId, "planning", "succeeded");
  expect(await blocked()).toMatchObject({ env: 0, motion: 0, package: 2 });
  await Promise.all([film.move(runId, "env", "succeeded"), film.move(runId, "motion", "succeeded")]);
  expect(await blocked()).toMatchObject({ package: 0 });
});

test("what waits for a job that failed fails with it, as it failed, and everybody hears of it at once", async () => {
  const { runId } = await film.queue(stages);
  const before = (await eventsAfter(film.db, film.projectId, 0, 10_000)).length;
  await film.move(runId, "planning", "failed", { errorCode: "job/intent", errorMessage: "The plan makes no sense." });
  expect(await statesOf(runId)).toEqual({
    planning: "failed",
    env: "failed",
    motion: "failed",
    package: "failed",
    audio: "queued",
  });
  const [last] = (await film.rowsOf(runId)).filter((row) => row.stepKey === "package");
  expect(last).toMatchObject({ errorCode: "job/intent", errorMessage: "step planning: The plan makes no sense." });
  const told = (await eventsAfter(film.db, film.projectId, 0, 10_000)).slice(before);
  expect(told.map(({ event }) => (event.type === "job" ? `${event.job.stepKey} ${event.job.state}` : ""))).toEqual([
    "planning failed",
    "env failed",
    "motion failed",
    "package failed",
  ]);
});

test("what waits for a job that was called off is called off, and for one that expired fails", async () => {
  const one = await film.queue(stages);
  await film.move(one.runId, "env", "cancelled");
  expect(await statesOf(one.runId)).toMatchObject({ env: "cancelled", package: "cancelled", motion: "queued" });
  const two = await film.queue(stages);
  await film.move(two.runId, "planning", "expired");
  expect(await statesOf(two.runId)).toMatchObject({ planning: "expired", package: "failed" });
});

test("two steps that end at the same moment, one well and one badly, leave what waits for both ended", async () => {
  for (let round = 0; round < 5; round++) {
    const { runId } = await film.queue(stages);
    await film.move(runId, "planning", "succeeded");
    await Promise.all([film.move(runId, "env", "succeeded"), film.move(runId, "motion", "failed")]);
    expect(await statesOf(runId)).toMatchObject({ env: "succeeded", motion: "failed", package: "failed" });
  }
});
