import { asc, eq } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { jobAttempts } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import { AttemptView } from "#domain/jobs/attempt-view.ts";

/** Every try at a job, the first one first. What is for operators alone stays behind. */
export async function listAttempts(db: DbOrTx, jobId: Id): Promise<AttemptView[]> {
  const rows = await db
    .select()
    .from(jobAttempts)
    .where(eq(jobAttempts.jobId, jobId))
    .orderBy(asc(jobAttempts.attempt));
  return rows.map((row) => ({
    attempt: row.attempt,
    agentId: row.agentId,
    leasedAt: (row.leasedAt ?? row.startedAt).toISOString(),
    ...(row.outcome === null ? {} : { outcome: AttemptView.shape.outcome.unwrap().parse(row.outcome) }),
    ...(row.errorKind === null ? {} : { error: { code: `job/${row.errorKind}`, message: row.errorMessage ?? "" } }),
    ...(row.engine === null ? {} : { engine: row.engine }),
    ...(row.model === null ? {} : { model: row.model }),
    ...(row.device === null ? {} : { device: row.device }),
    ...(row.seconds === null ? {} : { seconds: row.seconds }),
    ...(row.deliveries === null ? {} : { deliveries: row.deliveries }),
    ...(row.runningAt === null ? {} : { runningAt: row.runningAt.toISOString() }),
    ...(row.uploadingAt === null ? {} : { uploadingAt: row.uploadingAt.toISOString() }),
    ...(row.finishedAt === null ? {} : { finishedAt: row.finishedAt.toISOString() }),
  }));
}
