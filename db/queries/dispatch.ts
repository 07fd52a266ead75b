import { and, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { jobs } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import type { JobRow } from "./job-views.ts";

/** Every job that is not finished and is out of our hands, or was called off while it was. */
export async function listOut(db: DbOrTx): Promise<JobRow[]> {
  return db
    .select()
    .from(jobs)
    .where(and(isNull(jobs.finishedAt), sql`(${jobs.releasedAt} is not null or ${jobs.state} <> 'queued')`));
}

export async function listCancelling(db: DbOrTx): Promise<{ id: Id; claim: string | null }[]> {
  return db
    .select({ id: jobs.id, claim: jobs.claim })
    .from(jobs)
    .where(and(isNull(jobs.finishedAt), eq(jobs.state, "cancelling")));
}

/** Whether there is anything at all to watch over. */
export async function hasOpenJobs(db: DbOrTx): Promise<boolean> {
  return (await db.select({ id: jobs.id }).from(jobs).where(isNull(jobs.finishedAt)).limit(1)).length > 0;
}
