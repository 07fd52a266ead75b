import { and, desc, eq, inArray, lt, or } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { jobs } from "#db/schema/work.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import { isTerminal, JobState } from "#domain/jobs/lifecycle.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { callOffJobs, lockRow } from "./job-moves.ts";
import { type JobRow, viewJob, viewJobs } from "./job-views.ts";
import { queuePlaces } from "./positions.ts";
import { wakeDirector } from "./queue-notice.ts";
import { waitReasons } from "./wait-reasons.ts";

/** @returns the job, or null when there is none */
export async function getJob(db: DbOrTx, jobId: Id): Promise<JobView | null> {
  if (!isUuid(jobId)) return null;
  const rows = await db.select().from(jobs).where(eq(jobs.id, jobId));
  return (await viewWaiting(db, rows))[0] ?? null;
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
  options: { limit: number; cursor?: string; shotId?: Id; states?: readonly JobState[] },
): Promise<JobPage> {
  if (options.cursor !== undefined && !/^[1-9]\d{0,14}$/.test(options.cursor))
    throw new StudioError("request/invalid", "cursor: not one of ours");
  const before = options.cursor === undefined ? null : Number(options.cursor);
  const rows = await db
    .select()
    .from(jobs)
    .where(
      and(
        eq(jobs.projectId, projectId),
        before === null ? undefined : lt(jobs.seq, before),
        options.shotId === undefined ? undefined : eq(jobs.shotId, options.shotId),
        options.states === undefined ? undefined : inArray(jobs.state, [...options.states]),
      ),
    )
    .orderBy(desc(jobs.seq))
    .limit(options.limit + 1);
  const page = rows.slice(0, options.limit);
  const views = await viewWaiting(db, page);
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
    // What it is made of ends with it.
    await callOffJobs(tx, row.projectId, or(eq(jobs.id, row.id), eq(jobs.parentId, row.id))!);
    await wakeDirector(tx);
    return viewJob(tx, await lockJob(tx, jobId));
  });
}

/** @throws StudioError thing/not-found */
export async function lockJob(tx: DbOrTx, jobId: Id): Promise<JobRow> {
  const row = isUuid(jobId) ? await lockRow(tx, jobId) : null;
  if (row === null) throw new StudioError("thing/not-found", "There is no such job.");
  return row;
}

/** The rows as everybody sees them; those that wait with their places in the queue, and with why, if not for a turn. */
async function viewWaiting(db: DbOrTx, rows: readonly JobRow[]): Promise<JobView[]> {
  const queued = rows.filter((row) => row.state === "queued");
  if (queued.length === 0) return viewJobs(db, rows);
  const next = await nextParts(db, queued);
  const places = await queuePlaces(db, [...queued.map((row) => row.id), ...next.keys()]);
  const reasons = await waitReasons(db, queued);
  const positions = new Map([...places].map(([id, { position }]) => [next.get(id) ?? id, position]));
  return (await viewJobs(db, rows, positions)).map((job) => {
    const reason = job.state === "queued" ? reasons.get(job.id) : undefined;
    return reason === undefined ? job : { ...job, message: reason };
  });
}

/** The parts whose turn is next of jobs that are made of parts: such a job stands where these do. @returns their heads */
async function nextParts(db: DbOrTx, queued: readonly JobRow[]): Promise<Map<Id, Id>> {
  const heads = queued.filter((row) => row.capability === "join" && row.blocked > 0).map((row) => row.id);
  if (heads.length === 0) return new Map();
  const rows = await db
    .select({ id: jobs.id, headId: jobs.parentId })
    .from(jobs)
    .where(and(inArray(jobs.parentId, heads), eq(jobs.state, "queued"), eq(jobs.blocked, 0)));
  return new Map(rows.map((row) => [row.id, row.headId!]));
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
