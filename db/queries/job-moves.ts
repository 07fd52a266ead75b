import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { DbOrTx } from "#db/client.ts";
import { jobs } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import { isTerminal, type JobState, JobState as AnyState, statesBefore } from "#domain/jobs/lifecycle.ts";
import type { ProjectEvent } from "#domain/jobs/messages/project-event.ts";
import { type JobRow, viewJobs } from "./job-views.ts";
import { recordEvents } from "./project-events.ts";
import { wakeDirector } from "./queue-notice.ts";

/** What else changes in the row; its state and what follows from that are `moveJob`'s. */
export type JobPatch = Omit<PgUpdateSetSource<typeof jobs>, "state" | "finishedAt" | "blocked">;

export type MoveOptions = {
  /** Nobody is told: another move of the same job follows in the transaction. */
  isQuiet?: boolean;
  /** Told before the job's own event, e.g. the files it made. */
  toldBefore?: ProjectEvent[];
};

/**
 * The one way a job changes its state. Asks the lifecycle (as the database does once more), and that nobody has moved
 * the job or claimed it since it was `seen`. What follows happens in the same transaction: dependents of a success are
 * one step nearer to their turn, dependents of any other end end with it, and the project's editors hear of all of them.
 * Call it in a transaction, with nothing left to lock but what it locks itself: the project's row comes last.
 * @param to     may be the state the job has, where only the patch is meant (a queued job that goes back to the queue)
 * @returns the row as it is now; null when the job is no longer as seen or may not become `to`
 */
export async function moveJob(
  tx: DbOrTx,
  seen: Pick<JobRow, "id" | "state" | "attempt" | "claim">,
  to: JobState,
  patch: JobPatch = {},
  options: MoveOptions = {},
): Promise<JobRow | null> {
  const [moved] = await tx
    .update(jobs)
    .set({ ...follows(to), ...patch, state: to, ...(isTerminal(to) ? { finishedAt: sql`now()` } : {}) })
    .where(
      and(
        eq(jobs.id, seen.id),
        inArray(jobs.state, seen.state === to && !isTerminal(to) ? [to] : statesBefore(to)),
        eq(jobs.attempt, seen.attempt),
        sql`${jobs.claim} is not distinct from ${seen.claim}`,
      ),
    )
    .returning();
  if (moved === undefined) return null;
  if (to === "succeeded") await unblock(tx, moved.id);
  if (to === "queued" && moved.releasedAt === null) await wakeDirector(tx, [moved]);
  const ended = isTerminal(to) && to !== "succeeded" ? await endDependents(tx, [moved]) : [];
  if (options.isQuiet !== true || ended.length > 0) {
    const changed = options.isQuiet === true ? ended : [moved, ...ended];
    const told = await viewJobs(tx, [...changed, ...(await headsOf(tx, changed))]);
    await recordEvents(tx, moved.projectId, [
      ...(options.toldBefore ?? []),
      ...told.map((job) => ({ type: "job" as const, job })),
    ]);
  }
  return moved;
}

/** Jobs that people see these as parts of, and that have not ended: they look different now, too. */
async function headsOf(tx: DbOrTx, rows: readonly JobRow[]): Promise<JobRow[]> {
  const told = new Set(rows.map((row) => row.id));
  const heads = rows.flatMap((row) => (row.parentId === null || told.has(row.parentId) ? [] : [row.parentId]));
  if (heads.length === 0) return [];
  return tx
    .select()
    .from(jobs)
    .where(and(inArray(jobs.id, heads), isNull(jobs.finishedAt)));
}

/** What a state says about the rest of the row. */
function follows(to: JobState): JobPatch {
  if (isTerminal(to)) return { etaSeconds: null };
  if (to !== "queued") return {};
  return {
    claim: null,
    stage: null,
    step: null,
    total: null,
    progress: 0,
    message: null,
    etaSeconds: null,
    queuedAt: sql`now()`,
  };
}

/** In the order of arrival, so that two jobs that succeed together take the rows one after the other. */
async function unblock(tx: DbOrTx, jobId: Id): Promise<void> {
  const nearer = await tx
    .update(jobs)
    .set({ blocked: sql`${jobs.blocked} - 1` })
    .where(
      sql`id in (
        select id from jobs where depends_on @> array[${jobId}]::uuid[] and finished_at is null and blocked > 0
        order by seq for update)`,
    )
    .returning({
      blocked: jobs.blocked,
      capability: jobs.capability,
      lane: jobs.lane,
      projectId: jobs.projectId,
      workspaceId: jobs.workspaceId,
    });
  const free = nearer.filter((job) => job.blocked === 0);
  if (free.length > 0) await wakeDirector(tx, free);
}

/**
 * Calls off all the jobs of one project that are as asked and have not ended, at once however many they are. One that no
 * agent can have ends here, and what waits for it; another becomes `cancelling`. Call it as `moveJob`.
 * @param which  a condition on `jobs`
 * @returns the rows as they are now, those that wait for them too
 */
export async function callOffJobs(tx: DbOrTx, projectId: Id, which: SQL): Promise<JobRow[]> {
  const open = await tx
    .select({ id: jobs.id, state: jobs.state, releasedAt: jobs.releasedAt, attempt: jobs.attempt })
    .from(jobs)
    .where(and(eq(jobs.projectId, projectId), isNull(jobs.finishedAt), sql`${jobs.state} <> 'cancelling'`, which))
    .orderBy(jobs.seq)
    .for("update");
  const isNobodys = (job: (typeof open)[number]) =>
    job.state === "queued" && job.releasedAt === null && job.attempt === 0;
  const among = (ids: Id[]) =>
    sql`${jobs.id} in (select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb)::uuid)`;
  const called = { cancelRequestedAt: sql`now()` };
  const ended = await tx
    .update(jobs)
    .set({ ...called, state: "cancelled", finishedAt: sql`now()`, etaSeconds: null })
    .where(among(open.filter(isNobodys).map((job) => job.id)))
    .returning();
  const asked = await tx
    .update(jobs)
    .set({ ...called, state: "cancelling" })
    .where(among(open.filter((job) => !isNobodys(job)).map((job) => job.id)))
    .returning();
  const waiting = await endDependents(tx, ended);
  const changed = [...ended, ...asked, ...waiting].sort((a, b) => a.seq - b.seq);
  const told = await viewJobs(tx, changed);
  await recordEvents(
    tx,
    projectId,
    told.map((job) => ({ type: "job" as const, job })),
  );
  return changed;
}

/**
 * Whatever waits for a job that will never succeed, directly or not, never begins: called off with it, or failed as it
 * failed.
 * @param causes  jobs that ended alike
 */
async function endDependents(tx: DbOrTx, causes: readonly JobRow[]): Promise<JobRow[]> {
  const [cause] = causes;
  if (cause === undefined) return [];
  const waiting = await tx.execute<{ id: Id }>(sql`
    with recursive waiting (id) as (
      select id from jobs where finished_at is null
        and depends_on && (select array_agg(cause::uuid) from jsonb_array_elements_text(${JSON.stringify(causes.map(({ id }) => id))}::text::jsonb) as causes (cause))
      union
      select j.id from waiting w join jobs j on j.depends_on @> array[w.id] and j.finished_at is null)
    select id from jobs where id in (select id from waiting) and finished_at is null order by seq for update`);
  if (waiting.length === 0) return [];
  const isCalledOff = cause.state === "cancelled";
  const step = cause.stepKey ?? cause.kind;
  const why = cause.state === "expired" ? "it waited too long in the queue." : (cause.errorMessage ?? "it failed.");
  const code = cause.errorCode ?? (cause.state === "expired" ? "job/expired" : "job/permanent");
  const to: JobState = isCalledOff ? "cancelled" : "failed";
  const ended = await tx
    .update(jobs)
    .set({
      state: to,
      finishedAt: sql`now()`,
      etaSeconds: null,
      ...(isCalledOff ? {} : { errorCode: code, errorMessage: `step ${step}: ${why}`.slice(0, 2000) }),
    })
    .where(
      and(
        inArray(
          jobs.id,
          waiting.map(({ id }) => id),
        ),
        inArray(jobs.state, statesBefore(to)),
      ),
    )
    .returning();
  return ended.sort((a, b) => a.seq - b.seq);
}

/** @returns the job's row, locked until the transaction ends; null when there is none. @param jobId  a UUID */
export async function lockRow(tx: DbOrTx, jobId: Id): Promise<(JobRow & { state: JobState }) | null> {
  const [row] = await tx.select().from(jobs).where(eq(jobs.id, jobId)).for("update");
  return row === undefined ? null : { ...row, state: AnyState.parse(row.state) };
}
