import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#db/client.ts";
import { assets, jobArtifacts, jobs } from "#db/schema/work.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import { Capability, JobKind } from "#domain/jobs/capabilities.ts";
import { type Measured, unitsOf } from "#domain/jobs/estimate.ts";
import { releaseOrder } from "#domain/jobs/fair-share.ts";
import { isTerminal, JobState } from "#domain/jobs/lifecycle.ts";
import { ArtifactRole, type JobView } from "#domain/jobs/messages.ts";
import { recordEvent } from "./project-events.ts";

/** Postgres channel that wakes the director: something was queued, cancelled or reordered. */
export const jobsChannel = "jobs";

export type JobRow = typeof jobs.$inferSelect;

/** Wakes the director when the transaction commits. */
export async function wakeDirector(tx: DbOrTx): Promise<void> {
  await tx.execute(sql`select pg_notify(${jobsChannel}, '')`);
}

/** @returns the job, or null when there is none */
export async function getJob(db: DbOrTx, jobId: Id): Promise<JobView | null> {
  if (!isUuid(jobId)) return null;
  const rows = await db.select().from(jobs).where(eq(jobs.id, jobId));
  return (await viewJobs(db, rows))[0] ?? null;
}

/** The stored job with its request, for the director and for retry; null when there is none. */
export async function getJobRow(db: DbOrTx, jobId: Id): Promise<JobRow | null> {
  if (!isUuid(jobId)) return null;
  return (await db.select().from(jobs).where(eq(jobs.id, jobId)))[0] ?? null;
}

export type JobPage = { jobs: JobView[]; cursor?: string };

/** Newest first. `cursor` is what the page before returned. @throws StudioError request/invalid for a foreign cursor */
export async function listJobs(
  db: DbOrTx,
  projectId: Id,
  options: { limit: number; cursor?: string; shotId?: Id },
): Promise<JobPage> {
  const before = options.cursor === undefined ? null : Number(options.cursor);
  if (before !== null && !Number.isSafeInteger(before))
    throw new StudioError("request/invalid", "cursor is not one of ours");
  const rows = await db
    .select()
    .from(jobs)
    .where(
      and(
        eq(jobs.projectId, projectId),
        before === null ? undefined : lt(jobs.seq, before),
        options.shotId === undefined ? undefined : eq(jobs.shotId, options.shotId),
      ),
    )
    .orderBy(desc(jobs.seq))
    .limit(options.limit + 1);
  const page = rows.slice(0, options.limit);
  const views = await viewJobs(db, page);
  const last = page.at(-1);
  return rows.length > options.limit && last !== undefined
    ? { jobs: views, cursor: String(last.seq) }
    : { jobs: views };
}

/**
 * Asks for a job to end. One that no agent can have ends at once; another becomes `cancelling` and the director sees
 * it through. Asking twice is harmless.
 * @throws StudioError thing/not-found, job/wrong-state when it has ended otherwise
 */
export async function requestCancel(db: DbOrTx, jobId: Id): Promise<JobView> {
  return db.transaction(async (tx) => {
    const row = await lockJob(tx, jobId);
    const state = JobState.parse(row.state);
    if (state === "cancelled" || state === "cancelling") return viewJob(tx, row);
    if (isTerminal(state))
      throw new StudioError("job/wrong-state", `The job has ${state === "expired" ? "expired" : state} already.`);
    const ownedByNobody = state === "queued" && row.releasedAt === null && row.attempt === 0;
    const [changed] = await tx
      .update(jobs)
      .set(
        ownedByNobody
          ? { state: "cancelled", cancelRequestedAt: sql`now()`, finishedAt: sql`now()` }
          : { state: "cancelling", cancelRequestedAt: sql`now()` },
      )
      .where(eq(jobs.id, jobId))
      .returning();
    const view = await viewJob(tx, changed!);
    await recordEvent(tx, row.projectId, { type: "job", job: view });
    await wakeDirector(tx);
    return view;
  });
}

/** @throws StudioError thing/not-found, job/wrong-state when it is no longer queued */
export async function setPriority(db: DbOrTx, jobId: Id, priority: number): Promise<JobView> {
  return db.transaction(async (tx) => {
    const row = await lockJob(tx, jobId);
    if (row.state !== "queued")
      throw new StudioError("job/wrong-state", `The job is ${row.state}; only a queued job can be moved.`);
    const [changed] = await tx.update(jobs).set({ priority }).where(eq(jobs.id, jobId)).returning();
    const view = await viewJob(tx, changed!);
    await recordEvent(tx, row.projectId, { type: "job", job: view });
    await wakeDirector(tx);
    return view;
  });
}

/** @throws StudioError thing/not-found */
export async function lockJob(tx: DbOrTx, jobId: Id): Promise<JobRow> {
  const [row] = isUuid(jobId) ? await tx.select().from(jobs).where(eq(jobs.id, jobId)).for("update") : [];
  if (row === undefined) throw new StudioError("thing/not-found", "There is no such job.");
  return row;
}

/** Positions in the whole queue, from 1, of every queued job: as the director would release them. */
export async function queuePositions(db: DbOrTx): Promise<Map<Id, number>> {
  const rows = await db
    .select({
      id: jobs.id,
      workspaceId: jobs.workspaceId,
      priority: jobs.priority,
      seq: jobs.seq,
      createdAt: jobs.createdAt,
      releasedAt: jobs.releasedAt,
    })
    .from(jobs)
    .where(eq(jobs.state, "queued"))
    .orderBy(jobs.seq)
    .limit(10_000);
  const released = rows
    .filter((row) => row.releasedAt !== null)
    .sort((a, b) => a.releasedAt!.getTime() - b.releasedAt!.getTime());
  const inFlight = new Map<Id, number>();
  for (const row of released) inFlight.set(row.workspaceId, (inFlight.get(row.workspaceId) ?? 0) + 1);
  const waiting = rows
    .filter((row) => row.releasedAt === null)
    .map((row) => ({ ...row, createdAt: row.createdAt.getTime() }));
  const order = [...released, ...releaseOrder(waiting, { inFlight, lastServedAt: new Map() })];
  return new Map(order.map((row, index) => [row.id, index + 1]));
}

/** What the fleet has measured lately, newest first: what estimates are made of. */
export async function measuredHistory(db: DbOrTx): Promise<Measured[]> {
  const rows = await db.execute<{ request: unknown; seconds: number }>(sql`
    select jsonb_build_object('role', j.request->'role', 'width', j.request->'width', 'height', j.request->'height',
             'frames', j.request->'frames', 'seconds', j.request->'seconds') as request, a.seconds
    from job_attempts a join jobs j on j.id = a.job_id
    where a.outcome = 'succeeded' and a.seconds is not null and j.finished_at is not null
    order by j.finished_at desc limit 100`);
  return rows.flatMap((row) => measure(row.request, row.seconds));
}

/** Everything queued or running, as amounts of work: what a new job waits for. */
export async function workAhead(db: DbOrTx): Promise<{ capability: Capability; units: number }[]> {
  const rows = await db.execute<{ request: unknown; progress: number }>(sql`
    select jsonb_build_object('role', request->'role', 'width', request->'width', 'height', request->'height',
             'frames', request->'frames', 'seconds', request->'seconds') as request, progress
    from jobs where finished_at is null limit 10000`);
  return rows.flatMap((row) =>
    measure(row.request, 0).map((one) => ({ capability: one.capability, units: one.units * (1 - row.progress) })),
  );
}

/** Only what sizes a request is read from the row, not its plan. */
const Sizes = z.object({
  role: Capability,
  width: z.number().nullish(),
  height: z.number().nullish(),
  frames: z.number().nullish(),
  seconds: z.number().nullish(),
});

function measure(request: unknown, seconds: number): Measured[] {
  const parsed = Sizes.safeParse(request);
  if (!parsed.success) return [];
  const { role, width, height, frames, seconds: length } = parsed.data;
  const units = unitsOf({ role, width: width ?? 0, height: height ?? 0, frames: frames ?? 0, seconds: length ?? 0 });
  return [{ capability: role, units, seconds }];
}

/** The row's job as everybody sees it, with its artifacts. Queue positions only where `withPositions`. */
export async function viewJobs(db: DbOrTx, rows: JobRow[], withPositions = true): Promise<JobView[]> {
  if (rows.length === 0) return [];
  const found = await db
    .select({
      jobId: jobArtifacts.jobId,
      role: jobArtifacts.role,
      assetId: assets.id,
      contentType: assets.contentType,
      bytes: assets.bytes,
      sha256: assets.sha256,
    })
    .from(jobArtifacts)
    .innerJoin(assets, eq(assets.id, jobArtifacts.assetId))
    .where(
      inArray(
        jobArtifacts.jobId,
        rows.map((row) => row.id),
      ),
    );
  const positions =
    withPositions && rows.some((row) => row.state === "queued") ? await queuePositions(db) : new Map<Id, number>();
  return rows.map((row) => ({
    ...viewRow(row),
    ...present("queuePosition", positions.get(row.id)),
    artifacts: found
      .filter((one) => one.jobId === row.id)
      .map(({ jobId: _, ...one }) => ({
        ...one,
        role: ArtifactRole.parse(one.role),
        url: `/v1/assets/${one.assetId}`,
      })),
  }));
}

/** One job without its place in the queue: what a change inside a transaction announces. */
export async function viewJob(db: DbOrTx, row: JobRow): Promise<JobView> {
  return (await viewJobs(db, [row], false))[0]!;
}

function viewRow(row: JobRow): Omit<JobView, "artifacts"> {
  return {
    id: row.id,
    runId: row.runId,
    projectId: row.projectId,
    ...present("shotId", row.shotId),
    kind: JobKind.parse(row.kind),
    capability: Capability.parse(row.capability),
    state: JobState.parse(row.state),
    ...present("stage", row.stage),
    ...present("step", row.step),
    ...present("total", row.total),
    ...present("message", row.message),
    progress: row.progress,
    ...present("etaSeconds", row.etaSeconds),
    attempt: row.attempt,
    priority: row.priority,
    ...present("retryOf", row.retryOf),
    ...present("engine", row.engine),
    ...present("model", row.model),
    ...(row.errorCode === null ? {} : { error: { code: row.errorCode, message: row.errorMessage ?? "" } }),
    createdAt: row.createdAt.toISOString(),
    ...present("startedAt", row.startedAt?.toISOString()),
    ...present("finishedAt", row.finishedAt?.toISOString()),
    ...present("createdBy", row.createdBy),
    ...(row.startedAt === null ? {} : { waitSeconds: (row.startedAt.getTime() - row.createdAt.getTime()) / 1000 }),
  };
}

/** `{[key]: value}`, or nothing when there is no value: absent means not said. */
function present<K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: NonNullable<V> } {
  return (value === null || value === undefined ? {} : { [key]: value }) as { [P in K]?: NonNullable<V> };
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
