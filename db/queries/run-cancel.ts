import { eq, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { jobs, runs } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import { callOffJobs } from "./job-moves.ts";
import { wakeDirector } from "./queue-notice.ts";
import { getRun, type RunView } from "./runs.ts";

/**
 * Calls off whatever of a run has not ended; what succeeded stays. Asking twice is harmless, and so is asking when all
 * has ended.
 * @returns null when there is no such run
 */
export async function cancelRun(db: DbOrTx, runId: Id): Promise<RunView | null> {
  return db.transaction(async (tx) => {
    // The run first: whoever retries its steps waits here, too.
    const [run] = await tx.select({ projectId: runs.projectId }).from(runs).where(eq(runs.id, runId)).for("update");
    if (run === undefined) return null;
    const called = await callOffJobs(tx, run.projectId, eq(jobs.runId, runId));
    if (called.length > 0) {
      await tx
        .update(runs)
        .set({ cancelRequestedAt: sql`now()` })
        .where(eq(runs.id, runId));
      await wakeDirector(tx);
    }
    return getRun(tx, runId);
  });
}
