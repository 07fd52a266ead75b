import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { jobAttempts, jobs } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import type { Capability } from "#domain/jobs/capabilities.ts";
import { statesBefore } from "#domain/jobs/lifecycle.ts";
import type { ProgressMessage } from "#domain/jobs/messages.ts";
import { type JobRow, viewJob } from "./jobs.ts";
import { recordEvent } from "./project-events.ts";

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
        sql`not exists (select 1 from jobs d where d.id = any(${jobs.dependsOn}) and d.state <> 'succeeded')`,
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

export type ProgressOutcome = "moved" | "updated" | "ignored" | "over";

const rank = { queued: 0, leased: 1, running: 2, uploading: 3 } as const;

/**
 * Takes what an agent says into the job's row. States only go forward within an attempt; a newer attempt takes over.
 * @returns moved: the state changed and was announced; over: the job has ended, the agent should be told
 */
export async function applyProgress(db: DbOrTx, message: ProgressMessage): Promise<ProgressOutcome> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(jobs).where(eq(jobs.id, message.jobId)).for("update");
    if (row === undefined || row.finishedAt !== null) return "over";
    if (message.attempt < row.attempt) return "ignored";
    const isNew = message.attempt > row.attempt || row.state === "queued";
    if (message.attempt > row.attempt) await beginAttempt(tx, message);
    // A wish to cancel stays; only whose attempt it is must be known.
    if (row.state === "cancelling") {
      if (message.attempt > row.attempt)
        await tx.update(jobs).set({ attempt: message.attempt, agentId: message.agentId }).where(eq(jobs.id, row.id));
      return "updated";
    }
    const forward = isNew || rank[message.state] > (rank[row.state as keyof typeof rank] ?? 0);
    const state = forward ? message.state : row.state;
    const begins =
      state !== "leased" &&
      (message.attempt > row.attempt || row.startedAt === null || row.state === "queued" || row.state === "leased");
    const [changed] = await tx
      .update(jobs)
      .set({
        state,
        attempt: message.attempt,
        agentId: message.agentId,
        stage: message.stage,
        step: message.step ?? null,
        total: message.total ?? null,
        progress: isNew ? message.fraction : Math.max(row.progress, message.fraction),
        message: message.message ?? null,
        etaSeconds: message.etaSeconds ?? null,
        ...(begins && forward ? { startedAt: sql`now()` } : {}),
      })
      .where(eq(jobs.id, row.id))
      .returning();
    if (!forward) return "updated";
    await recordEvent(tx, row.projectId, { type: "job", job: await viewJob(tx, changed!) });
    return "moved";
  });
}

/** A newer attempt begins: those before it that never reported an end were lost. */
async function beginAttempt(
  tx: DbOrTx,
  message: Pick<ProgressMessage, "jobId" | "attempt" | "agentId">,
): Promise<void> {
  await tx
    .update(jobAttempts)
    .set({ outcome: "lost", finishedAt: sql`now()` })
    .where(and(eq(jobAttempts.jobId, message.jobId), isNull(jobAttempts.outcome)));
  await tx
    .insert(jobAttempts)
    .values({ jobId: message.jobId, attempt: message.attempt, agentId: message.agentId })
    .onConflictDoNothing();
}

/**
 * Takes a job back from whoever had it.
 * @param keepsPlace  its message still lies in the work queue and will be delivered again by itself
 * @returns whether it was still as `seen`
 */
export async function returnToQueue(db: DbOrTx, seen: JobRow, keepsPlace: boolean): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [changed] = await tx
      .update(jobs)
      .set({
        state: "queued",
        stage: null,
        step: null,
        total: null,
        progress: 0,
        message: null,
        etaSeconds: null,
        ...(keepsPlace ? {} : { releasedAt: null }),
      })
      .where(
        and(
          eq(jobs.id, seen.id),
          eq(jobs.attempt, seen.attempt),
          inArray(jobs.state, seen.state === "queued" ? ["queued"] : statesBefore("queued")),
        ),
      )
      .returning();
    if (changed === undefined) return false;
    await tx
      .update(jobAttempts)
      .set({ outcome: "lost", finishedAt: sql`now()` })
      .where(and(eq(jobAttempts.jobId, seen.id), isNull(jobAttempts.outcome)));
    if (seen.state !== "queued")
      await recordEvent(tx, seen.projectId, { type: "job", job: await viewJob(tx, changed) });
    return true;
  });
}

/**
 * Ends a job without a result from an agent, unless it has ended or moved on meanwhile.
 * @returns whether it did
 */
export async function endJob(
  db: DbOrTx,
  jobId: Id,
  end: { state: "cancelled" } | { state: "failed"; code: string; message: string } | { state: "expired" },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [changed] = await tx
      .update(jobs)
      .set({
        state: end.state,
        finishedAt: sql`now()`,
        etaSeconds: null,
        ...(end.state === "failed" ? { errorCode: end.code, errorMessage: end.message } : {}),
      })
      .where(and(eq(jobs.id, jobId), inArray(jobs.state, statesBefore(end.state))))
      .returning();
    if (changed === undefined) return false;
    await tx
      .update(jobAttempts)
      .set({ outcome: end.state === "cancelled" ? "cancelled" : "lost", finishedAt: sql`now()` })
      .where(and(eq(jobAttempts.jobId, jobId), isNull(jobAttempts.outcome)));
    await recordEvent(tx, changed.projectId, { type: "job", job: await viewJob(tx, changed) });
    return true;
  });
}

/** Queued jobs that wait for one that will never succeed. */
export async function listOrphans(db: DbOrTx): Promise<{ id: Id; capability: Capability }[]> {
  return db
    .select({ id: jobs.id, capability: sql<Capability>`${jobs.capability}` })
    .from(jobs)
    .where(
      and(
        eq(jobs.state, "queued"),
        sql`exists (select 1 from jobs d where d.id = any(${jobs.dependsOn}) and d.state in ('failed', 'cancelled', 'expired'))`,
      ),
    )
    .limit(1000);
}
