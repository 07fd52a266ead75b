import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DbOrTx } from "#db/client.ts";
import { jobs } from "#db/schema/work.ts";
import { projects, workspaces } from "#db/schema/workspace.ts";
import { workspaceTurns } from "#db/schema/queue.ts";
import type { Offer } from "#domain/jobs/room.ts";
import { endRecall, listLines, listOutJobs, markReleased, readLines, readTurns, recordTurns } from "./release.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
});
afterAll(() => film.close());
beforeEach(async () => {
  await film.db.delete(jobs);
});

const offer = (over: Partial<Offer> = {}): Offer => ({
  capability: "video",
  engine: "previz",
  models: [],
  maxFrames: null,
  maxPixels: null,
  maxSeconds: null,
  ...over,
});
const line = (over: object = {}) => ({
  capability: "video" as const,
  lane: "batch" as const,
  projectId: film.projectId,
  take: 10,
  withOldest: false,
  ...over,
});
const queueOne = async (over: Partial<typeof jobs.$inferInsert> = {}) => {
  const { jobs: made } = await film.queue([{}]);
  await film.db
    .update(jobs)
    .set({ priority: 0, ...over })
    .where(eq(jobs.id, made[0]!.id));
  return made[0]!.id;
};

/** Queues copies of one job in projects of as many workspaces. */
async function fill(count: number, workspaceCount: number): Promise<void> {
  const id = await queueOne();
  await film.db.execute(sql`
    with ws as (insert into workspaces (id, name) select gen_random_uuid(), 'W' || n from generate_series(1, ${workspaceCount}) n returning id),
    ps as (insert into projects (id, workspace_id, title) select gen_random_uuid(), id, 'P' from ws returning id, workspace_id),
    numbered as (select id, workspace_id, row_number() over () as n from ps)
    insert into jobs (id, run_id, workspace_id, project_id, kind, capability, lane, request, frames, width, height, units)
    select gen_random_uuid(), j.run_id, p.workspace_id, p.id, j.kind, j.capability, j.lane, j.request, j.frames, j.width, j.height, j.units
    from jobs j, generate_series(1, ${count}) g join numbered p on p.n = 1 + g % ${workspaceCount}
    where j.id = ${id} order by g`);
  await film.db.delete(jobs).where(eq(jobs.id, id));
  await film.db.execute(sql`analyze jobs`);
}

test("a line is read from its front: priority, then place, then arrival", async () => {
  const [first, second, urgent] = [await queueOne(), await queueOne(), await queueOne({ priority: 5 })];
  const [last] = await film.db.select().from(jobs).where(eq(jobs.id, second));
  const moved = await queueOne({ place: last!.seq - 0.5 });
  const read = await readLines(film.db, [line({ take: 4 })], [offer()]);
  const order = read.sort((a, b) => b.priority - a.priority || a.place - b.place).map((job) => job.id);
  expect(order).toEqual([urgent, first, moved, second]);
  expect((await readLines(film.db, [line({ take: 2 })], [offer()])).map((job) => job.id).sort()).toEqual(
    [urgent, first].sort(),
  );
});

test("the oldest job is found under any number of more urgent ones", async () => {
  const old = await queueOne({ priority: 1 });
  await queueOne({ priority: 0 });
  const urgent = await queueOne({ priority: 9 });
  const read = await readLines(film.db, [line({ take: 1, withOldest: true })], [offer()]);
  expect(read.map((job) => job.id).sort()).toEqual([old, urgent].sort());
});

test("what no engine here can do is passed over, and does not hold up what lies behind it", async () => {
  await queueOne({ engineWanted: "ltx" });
  await queueOne({ frames: 600 });
  await queueOne({ width: 4000, height: 4000 });
  await queueOne({ notBefore: new Date(Date.now() + 60_000) });
  const plain = await queueOne();
  const offers = [offer({ maxFrames: 505, maxPixels: 640 * 360 }), offer({ capability: "image" })];
  expect((await readLines(film.db, [line()], offers)).map((job) => job.id)).toEqual([plain]);
  const wished = await queueOne({ engineWanted: "ltx", modelWanted: "ltx-2" });
  const ltx = offer({ engine: "ltx", models: ["ltx-2"], maxFrames: 1 });
  expect(await readLines(film.db, [line()], [ltx])).toEqual([]);
  expect((await readLines(film.db, [line()], [{ ...ltx, maxFrames: 100 }])).map((job) => job.id)).toContain(wished);
});

test("paused and deleted films have no lines, and what waits for another job is in none", async () => {
  const projectId = await film.addProject();
  await queueOne();
  await queueOne({ projectId, blocked: 1 });
  await queueOne({ projectId, lane: "interactive" });
  const here = { capability: "video", lane: "batch", projectId: film.projectId, workspaceId: film.workspaceId };
  expect(await listLines(film.db)).toEqual([here, { ...here, lane: "interactive", projectId }]);
  await film.db.update(projects).set({ queuePausedAt: new Date() }).where(eq(projects.id, projectId));
  expect(await listLines(film.db)).toEqual([here]);
  expect(await readLines(film.db, [line({ projectId, lane: "interactive" })], [offer()])).toEqual([]);
});

test("two directors that choose the same jobs release each of them once", async () => {
  const ids: string[] = [];
  for (let count = 0; count < 40; count++) ids.push(await queueOne());
  const released = await Promise.all([1, 2, 3, 4].map(() => markReleased(film.db, ids)));
  const all = released.flat().map((row) => row.id);
  expect(all.sort()).toEqual([...ids].sort());
  expect((await listOutJobs(film.db)).map((job) => job.id).sort()).toEqual([...ids].sort());
});

test("jobs that have been called off or have begun are not released", async () => {
  const { runId } = await film.queue([{ key: "a" }, { key: "b" }]);
  await film.move(runId, "a", "cancelled");
  await film.move(runId, "b", "leased");
  const rows = await film.rowsOf(runId);
  expect(
    await markReleased(
      film.db,
      rows.map((row) => row.id),
    ),
  ).toEqual([]);
  expect((await listOutJobs(film.db)).map((job) => job.state)).toEqual(["leased"]);
});

test("a recalled job waits again; one that an agent has begun goes on", async () => {
  const out = { releasedAt: new Date(), recallRequestedAt: new Date() };
  const [lying, held] = [await queueOne(out), await queueOne(out)];
  await endRecall(film.db, lying, false);
  await endRecall(film.db, held, true);
  expect(await film.row(lying)).toMatchObject({ releasedAt: null, recallRequestedAt: null });
  expect(await film.row(held)).toMatchObject({ releasedAt: out.releasedAt, recallRequestedAt: null });
});

test("turns are counted per workspace, also by two directors at once", async () => {
  const [other] = await film.db.insert(workspaces).values({ name: "Other", weight: 3 }).returning();
  const given = new Map([
    [film.workspaceId, 2],
    [other!.id, 1],
  ]);
  await Promise.all([recordTurns(film.db, given), recordTurns(film.db, given), recordTurns(film.db, new Map())]);
  const turns = await readTurns(film.db, [film.workspaceId, other!.id]);
  expect(turns.map(({ weight, turns: count }) => [weight, count]).sort()).toEqual([
    [1, 4],
    [3, 2],
  ]);
  expect(turns.every(({ servedAt }) => Date.now() - servedAt < 10_000)).toBe(true);
  await film.db.delete(workspaceTurns);
});

test("a round reads as much of a queue of ten thousand jobs as of one of a hundred; a look through it, one row a line", async () => {
  const work = () =>
    film.db.transaction(async (tx) => {
      const lines = await listLines(tx);
      const looked = await rowsRead(tx);
      const wishes = lines
        .slice(0, 20)
        .map(({ capability, lane, projectId }) => ({ capability, lane, projectId, take: 2, withOldest: true }));
      expect(await readLines(tx, wishes, [offer()])).toHaveLength(40);
      return { perLine: looked / lines.length, read: (await rowsRead(tx)) - looked };
    });
  await fill(100, 20);
  const small = await work();
  await film.db.delete(jobs);
  await film.db.delete(workspaces).where(sql`${workspaces.name} like 'W%'`);
  await fill(10_000, 500);
  const large = await work();
  expect(small.read).toBeGreaterThan(0);
  expect(large.read).toBeLessThanOrEqual(small.read * 1.5);
  expect(large.perLine).toBeLessThanOrEqual(2);
});

/** Rows of jobs that the transaction has read so far, by whatever way. */
async function rowsRead(tx: DbOrTx): Promise<number> {
  const [row] = await tx.execute<{ count: string }>(
    sql`select seq_tup_read + coalesce(idx_tup_fetch, 0) as count from pg_stat_xact_user_tables where relname = 'jobs'`,
  );
  return Number(row!.count);
}
