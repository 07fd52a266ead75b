import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { jobs } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import type { JobRow } from "./job-views.ts";

/** The director's side of the queue: what waits, what is out, and every move between. */
export type QueuedJob = { id: Id; workspaceId: Id; capability: string; priority: number; seq: number; createdAt: Date };

/** Jobs that may be released now: dependencies met, pause over. Oldest and most urgent first. */
export async function listReleasable(db: DbOrTx, limit: number): Promise<QueuedJob[]> {
  return db
    .select({
      id: jobs.id,
      workspaceId: jobs.workspaceId,
      capability: jobs.capability,
      priority: jobs.priority,
      seq: jobs.seq,
      createdAt: jobs.createdAt,
    })
    .from(jobs)
    .where(
      and(
        eq(jobs.state, "queued"),
        isNull(jobs.releasedAt),
        sql`(${jobs.notBefore} is null or ${jobs.notBefore} <= now())`,
        eq(jobs.blocked, 0),
      ),
    )
    .orderBy(sql`${jobs.priority} desc, ${jobs.seq}`)
    .limit(limit);
}

/** Jobs of each workspace and capability that are with the work queue or an agent. */
export async function countInFlight(db: DbOrTx): Promise<{ workspaceId: Id; capability: string; count: number }[]> {
  return db
    .select({ workspaceId: jobs.workspaceId, capability: jobs.capability, count: sql<number>`count(*)::int` })
    .from(jobs)
    .where(and(isNull(jobs.finishedAt), isNotNull(jobs.releasedAt)))
    .groupBy(jobs.workspaceId, jobs.capability);
}

/** When a job of each workspace was last released, within the last hour. */
export async function lastServed(db: DbOrTx, workspaceIds: Id[]): Promise<Map<Id, number>> {
  if (workspaceIds.length === 0) return new Map();
  const rows = await db
    .select({ workspaceId: jobs.workspaceId, at: sql<Date | string>`max(${jobs.releasedAt})` })
    .from(jobs)
    .where(and(inArray(jobs.workspaceId, workspaceIds), sql`${jobs.releasedAt} > now() - interval '1 hour'`))
    .groupBy(jobs.workspaceId);
  return new Map(rows.map((row) => [row.workspaceId, new Date(row.at).getTime()]));
}

/** Claims queued jobs for release by this director; another one's are skipped. Keep the transaction open meanwhile. */
export async function lockForRelease(tx: DbOrTx, ids: Id[]): Promise<JobRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select()
    .from(jobs)
    .where(and(inArray(jobs.id, ids), eq(jobs.state, "queued"), isNull(jobs.releasedAt)))
    .for("update", { skipLocked: true });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export async function markReleased(tx: DbOrTx, ids: Id[]): Promise<void> {
  if (ids.length > 0)
    await tx
      .update(jobs)
      .set({ releasedAt: sql`now()` })
      .where(inArray(jobs.id, ids));
}

/** Every job that is not finished and is out of our hands, or was called off while it was. */
export async function listOut(db: DbOrTx): Promise<JobRow[]> {
  return db
    .select()
    .from(jobs)
    .where(and(isNull(jobs.finishedAt), sql`(${jobs.releasedAt} is not null or ${jobs.state} <> 'queued')`));
}

export async function listCancelling(db: DbOrTx): Promise<{ id: Id }[]> {
  return db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(isNull(jobs.finishedAt), eq(jobs.state, "cancelling")));
}

/** Whether there is anything at all to watch over. */
export async function hasOpenJobs(db: DbOrTx): Promise<boolean> {
  return (await db.select({ id: jobs.id }).from(jobs).where(isNull(jobs.finishedAt)).limit(1)).length > 0;
}
