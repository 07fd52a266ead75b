import { and, eq, inArray, isNull } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { assets, jobArtifacts, jobs } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import { Capability, JobKind } from "#domain/jobs/capabilities.ts";
import { JobState } from "#domain/jobs/lifecycle.ts";
import { ArtifactRole } from "#domain/jobs/messages/artifact.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { shownJob } from "#domain/jobs/parts.ts";

export type JobRow = typeof jobs.$inferSelect;
/** What people see of a row; what is asked for and what came of it can be long and is read where it is needed. */
export type ShownRow = Omit<JobRow, "request" | "output" | "madeFrom">;

/**
 * The rows' jobs as everybody sees them, with their artifacts, in the order of the rows. A job that waits for its own
 * parts shows what these are doing.
 * @param positions  places in the queue, where the caller has asked for them
 */
export async function viewJobs(
  db: DbOrTx,
  rows: readonly JobRow[],
  positions: ReadonlyMap<Id, number> = new Map(),
): Promise<JobView[]> {
  // What a job made is written down together with its success.
  const made = rows.filter((row) => row.state === "succeeded").map((row) => row.id);
  const found = made.length === 0 ? [] : await artifactsOf(db, made);
  const parts = await openPartsOf(db, rows);
  return rows.map((row) => {
    const view: JobView = {
      ...viewRow(row),
      ...present("queuePosition", positions.get(row.id)),
      artifacts: found
        .filter((one) => one.jobId === row.id)
        .map(({ jobId: _, ...one }) => ({
          ...one,
          role: ArtifactRole.parse(one.role),
          url: `/v1/assets/${one.assetId}`,
        })),
    };
    return shownJob(view, parts.get(row.id) ?? []);
  });
}

/** The parts, that count now, of those rows that have not ended and are made of parts. */
async function openPartsOf(db: DbOrTx, rows: readonly JobRow[]): Promise<Map<Id, JobView[]>> {
  const heads = rows.filter((row) => row.capability === "join" && row.finishedAt === null).map((row) => row.id);
  if (heads.length === 0) return new Map();
  const parts = await db
    .select()
    .from(jobs)
    .where(and(inArray(jobs.parentId, heads), isNull(jobs.supersededBy)));
  const byHead = new Map<Id, JobView[]>();
  for (const part of parts)
    byHead.set(part.parentId!, [...(byHead.get(part.parentId!) ?? []), { ...viewRow(part), artifacts: [] }]);
  return byHead;
}

/** One job without its place in the queue: what a change inside a transaction announces. */
export async function viewJob(db: DbOrTx, row: JobRow): Promise<JobView> {
  return (await viewJobs(db, [row]))[0]!;
}

function artifactsOf(db: DbOrTx, jobIds: Id[]) {
  return db
    .select({
      jobId: jobArtifacts.jobId,
      role: jobArtifacts.role,
      name: jobArtifacts.name,
      assetId: assets.id,
      contentType: assets.contentType,
      bytes: assets.bytes,
      sha256: assets.sha256,
    })
    .from(jobArtifacts)
    .innerJoin(assets, eq(assets.id, jobArtifacts.assetId))
    .where(inArray(jobArtifacts.jobId, jobIds));
}

export function viewRow(row: ShownRow): Omit<JobView, "artifacts"> {
  return {
    id: row.id,
    runId: row.runId,
    projectId: row.projectId,
    ...present("shotId", row.shotId),
    ...present("stepKey", row.stepKey),
    ...(row.parentId === null
      ? {}
      : { part: { headJobId: row.parentId, index: row.partIndex ?? 0, count: row.partCount ?? 1 } }),
    ...present("supersededBy", row.supersededBy),
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
    place: row.place ?? row.seq,
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
