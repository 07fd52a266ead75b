import { and, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { jobs, runs } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import { moveJob } from "./job-moves.ts";
import type { JobRow } from "./job-views.ts";
import { wakeDirector } from "./queue-notice.ts";
import { getRun, type RunView } from "./runs.ts";

/**
 * Calls off whatever of a run has not ended; what succeeded stays. Asking twice is harmless, and so is asking when all
 * has ended.
 * @returns null when there is no such run
 */
export async function cancelRun(db: DbOrTx, runId: Id): Promise<RunView | null> {
  return db.transaction(async (tx) => {
    const [run] = await tx.select({ id: runs.id }).from(runs).where(eq(runs.id, runId)).for("update");
    if (run === undefined) return null;
    const open = await tx
      .select()
      .from(jobs)
      .where(and(eq(jobs.runId, runId), isNull(jobs.finishedAt)))
      .orderBy(jobs.seq)
      .for("update");
    if (open.length > 0) {
      await tx
        .update(runs)
        .set({ cancelRequestedAt: sql`now()` })
        .where(eq(runs.id, runId));
      await callOff(tx, open);
    }
    return getRun(tx, runId);
  });
}

/** The parts of a job that have not ended, in order, locked. */
export async function lockOpenParts(tx: DbOrTx, headId: Id): Promise<JobRow[]> {
  return tx
    .select()
    .from(jobs)
    .where(and(eq(jobs.parentId, headId), isNull(jobs.finishedAt)))
    .orderBy(jobs.seq)
    .for("update");
}

/** Whether no agent can have the job: it was never handed out. */
export function isOursAlone(row: Pick<JobRow, "state" | "releasedAt" | "attempt">): boolean {
  return row.state === "queued" && row.releasedAt === null && row.attempt === 0;
}

/**
 * Calls off jobs that are locked already. Those that no agent can have end at once, and first: what waits for another
 * must not begin when that one succeeds after all. The director sees the others through.
 */
export async function callOff(tx: DbOrTx, locked: readonly JobRow[]): Promise<void> {
  const wish = { cancelRequestedAt: sql`now()` };
  for (const row of locked.filter(isOursAlone)) await moveJob(tx, row, "cancelled", wish);
  for (const row of locked)
    if (!isOursAlone(row) && row.state !== "cancelling") await moveJob(tx, row, "cancelling", wish);
  await wakeDirector(tx);
}
