import { and, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { jobs } from "#db/schema/work.ts";
import { projects } from "#db/schema/workspace.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { callOffJobs } from "./job-moves.ts";
import { type JobRow, viewJob } from "./job-views.ts";
import { lockJob } from "./jobs.ts";
import { recordEvent } from "./project-events.ts";
import { wakeDirector, wakeForOrder } from "./queue-notice.ts";

/** What people do with what waits: before which other job it stands, how urgent it is, whether it waits at all. */

/**
 * Lets a project's queue rest, or go on. What runs goes on; what is handed on and nobody has begun comes back.
 * @param agents  how many there are, for the news to editors
 * @throws StudioError thing/not-found
 */
export async function pauseQueue(
  db: DbOrTx,
  projectId: Id,
  pause: { isPaused: boolean; by: Id | null; agents: number },
): Promise<void> {
  await db.transaction(async (tx) => {
    if (pause.isPaused)
      await tx.execute(sql`
        update jobs set recall_requested_at = now() where id in (
          select id from jobs where finished_at is null and released_at is not null and state = 'queued'
            and project_id = ${projectId} order by seq for update skip locked)`);
    const changed = await tx
      .update(projects)
      .set({
        queuePausedAt: pause.isPaused ? sql`coalesce(${projects.queuePausedAt}, now())` : null,
        queuePausedBy: pause.isPaused ? pause.by : null,
      })
      .where(and(eq(projects.id, projectId), isNull(projects.deletedAt)))
      .returning({ id: projects.id });
    if (changed.length === 0) throw new StudioError("thing/not-found", "There is no such project.");
    // Nothing of a paused queue has a place; those of one that goes on follow with the director's news.
    await recordEvent(tx, projectId, { type: "queue", positions: {}, agents: pause.agents, paused: pause.isPaused });
    await wakeDirector(tx);
    await wakeForOrder(tx);
  });
}

/** @returns when the project's queue was paused; null while it goes on */
export async function queuePausedAt(db: DbOrTx, projectId: Id): Promise<Date | null> {
  const [row] = await db.select({ at: projects.queuePausedAt }).from(projects).where(eq(projects.id, projectId));
  return row?.at ?? null;
}

export type Called = {
  /** Jobs that ended at once. */
  cancelled: number;
  /** Jobs that an agent may have: they end within seconds. */
  cancelling: number;
};

/**
 * Calls off all open jobs of a project, or those of one run or one person in it. Asking twice is harmless.
 */
export async function cancelJobs(
  db: DbOrTx,
  projectId: Id,
  which: { createdBy?: Id; runId?: Id } = {},
): Promise<Called> {
  return db.transaction(async (tx) => {
    const isMeant = and(
      sql`true`,
      which.createdBy === undefined ? undefined : eq(jobs.createdBy, which.createdBy),
      which.runId === undefined ? undefined : eq(jobs.runId, which.runId),
    );
    const rows = await callOffJobs(tx, projectId, isMeant!);
    if (rows.length > 0) await wakeForOrder(tx);
    const cancelling = rows.filter((row) => row.state === "cancelling").length;
    return { cancelled: rows.length - cancelling, cancelling };
  });
}

/** @returns the projects in which this person has jobs that have not ended */
export async function projectsWithJobsOf(db: DbOrTx, userId: Id): Promise<Id[]> {
  const rows = await db
    .selectDistinct({ id: jobs.projectId })
    .from(jobs)
    .where(and(eq(jobs.createdBy, userId), isNull(jobs.finishedAt)));
  return rows.map((row) => row.id).sort();
}

/** @throws StudioError thing/not-found, job/wrong-state when it is no longer queued */
export async function setPriority(db: DbOrTx, jobId: Id, priority: number): Promise<JobView> {
  return reorder(db, jobId, () => Promise.resolve({ priority }));
}

/**
 * Puts a queued job before another of its film, which may be as urgent as it likes; with null behind all of them.
 * @throws StudioError thing/not-found for either, job/wrong-state when one of them is no longer queued
 */
export async function moveBefore(db: DbOrTx, jobId: Id, beforeId: Id | null): Promise<JobView> {
  return reorder(db, jobId, async (tx, job) => {
    if (beforeId === null) {
      const last = await placeAtEnd(tx, job);
      return last === null ? {} : { priority: last.priority, place: Math.floor(last.place) + 1 };
    }
    if (beforeId === job.id) return {};
    const found = await placeBefore(tx, job, beforeId);
    if (found !== null) return found;
    await spread(tx, job, beforeId);
    return (await placeBefore(tx, job, beforeId)) ?? {};
  });
}

type Place = { priority: number; place?: number };

async function reorder(
  db: DbOrTx,
  jobId: Id,
  decide: (tx: DbOrTx, job: JobRow) => Promise<Partial<Place>>,
): Promise<JobView> {
  return db.transaction(async (tx) => {
    // Two people who order one workspace's queue do so one after the other.
    await tx.execute(sql`
      select pg_advisory_xact_lock(hashtextextended('queue order ' || workspace_id, 0)) from jobs where id::text = ${jobId}`);
    const row = await lockJob(tx, jobId);
    needQueued(row);
    const place = await decide(tx, row);
    const [changed] =
      Object.keys(place).length === 0 ? [row] : await tx.update(jobs).set(place).where(eq(jobs.id, row.id)).returning();
    if (Object.keys(place).length > 0) await movePartsOf(tx, row.id, place);
    await recallOvertaken(tx, row);
    const view = await viewJob(tx, changed!);
    await recordEvent(tx, row.projectId, { type: "job", job: view });
    await wakeForOrder(tx);
    return view;
  });
}

/** A job that is made of parts is as far ahead as these are: they are what is handed out. */
async function movePartsOf(tx: DbOrTx, headId: Id, place: Partial<Place>): Promise<void> {
  await tx
    .update(jobs)
    .set(place)
    .where(
      sql`${jobs.id} in (
        select id from jobs where parent_id = ${headId} and state = 'queued' order by seq for update)`,
    );
}

function needQueued(row: { state: string }): void {
  if (row.state !== "queued")
    throw new StudioError("job/wrong-state", `The job is ${row.state}; only a queued job can be moved.`);
}

const placeOf = sql`coalesce(${jobs.place}, ${jobs.seq}::double precision)`.mapWith(Number);
const ofFilm = (job: JobRow) => and(eq(jobs.projectId, job.projectId), eq(jobs.state, "queued"));

async function placeAtEnd(tx: DbOrTx, job: JobRow): Promise<{ priority: number; place: number } | null> {
  const [last] = await tx
    .select({ priority: jobs.priority, place: placeOf })
    .from(jobs)
    .where(and(ofFilm(job), sql`${jobs.id} <> ${job.id}`))
    .orderBy(jobs.priority, sql`${placeOf} desc`)
    .limit(1);
  return last ?? null;
}

/** @returns null when there is no number left between the two neighbours */
async function placeBefore(tx: DbOrTx, job: JobRow, beforeId: Id): Promise<Required<Place> | null> {
  const [next] = await tx
    .select({ state: jobs.state, priority: jobs.priority, place: placeOf })
    .from(jobs)
    .where(and(eq(jobs.projectId, job.projectId), sql`${jobs.id}::text = ${beforeId}`));
  if (next === undefined) throw new StudioError("thing/not-found", "The film has no such job to put this one before.");
  needQueued(next);
  const [previous] = await tx
    .select({ place: placeOf })
    .from(jobs)
    .where(
      and(ofFilm(job), eq(jobs.priority, next.priority), sql`${jobs.id} <> ${job.id}`, sql`${placeOf} < ${next.place}`),
    )
    .orderBy(sql`${placeOf} desc`)
    .limit(1);
  const place = previous === undefined ? next.place - 1 : (previous.place + next.place) / 2;
  const isBetween = place < next.place && (previous === undefined || place > previous.place);
  return isBetween ? { priority: next.priority, place } : null;
}

/** Gives the film's jobs of one priority places a whole number apart, in the same order. */
async function spread(tx: DbOrTx, job: JobRow, likeId: Id): Promise<void> {
  await tx.execute(sql`
    with own as (
      select id, coalesce(place, seq::double precision) as place from jobs
      where project_id = ${job.projectId} and state = 'queued'
        and priority = (select priority from jobs where id = ${likeId}) order by seq for update),
    spread as (
      select id, (select floor(min(place)) from own) + row_number() over (order by place) - 1 as place from own)
    update jobs set place = spread.place from spread where jobs.id = spread.id`);
}

/** What is handed on and now stands behind something that waits comes back, if nobody has begun it. */
async function recallOvertaken(tx: DbOrTx, job: JobRow): Promise<void> {
  await tx.execute(sql`
    update jobs set recall_requested_at = now() where id in (
      select r.id from jobs r
      where r.finished_at is null and r.released_at is not null and r.workspace_id = ${job.workspaceId}
        and r.state = 'queued' and r.capability = ${job.capability} and r.lane = ${job.lane}
        and exists (
          select 1 from jobs w where w.state = 'queued' and w.released_at is null and w.blocked = 0
            and w.capability = r.capability and w.lane = r.lane and w.workspace_id = r.workspace_id
            and w.project_id = ${job.projectId}
            and (w.not_before is null or w.not_before <= now())
            and (w.priority > r.priority or (w.priority = r.priority
              and coalesce(w.place, w.seq::double precision) < coalesce(r.place, r.seq::double precision))))
      order by r.seq for update skip locked)`);
}
