import { and, eq, inArray, ne, notInArray } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { jobs } from "#db/schema/work.ts";
import type { JobKind } from "#domain/jobs/capabilities.ts";
import { terminalStates } from "#domain/jobs/lifecycle.ts";

/** Shots that have a thumbnail, or will have: a job for one is queued or running. */
export async function shotsWithThumbnail(db: DbOrTx, projectId: string): Promise<Set<string>> {
  const ended = terminalStates.filter((state) => state !== "succeeded");
  const rows = await db
    .selectDistinct({ shotId: jobs.shotId })
    .from(jobs)
    .where(
      and(
        eq(jobs.projectId, projectId),
        eq(jobs.kind, "thumbnail"),
        notInArray(jobs.state, ended),
        ne(jobs.shotId, ""),
      ),
    );
  return new Set(rows.flatMap((row) => (row.shotId === null ? [] : [row.shotId])));
}

/** Shots that something of this kind is queued or running for. */
export async function shotsUnderWay(db: DbOrTx, projectId: string, kind: JobKind): Promise<Set<string>> {
  const open = ["queued", "leased", "running", "uploading"];
  const rows = await db
    .selectDistinct({ shotId: jobs.shotId })
    .from(jobs)
    .where(and(eq(jobs.projectId, projectId), eq(jobs.kind, kind), inArray(jobs.state, open)));
  return new Set(rows.flatMap((row) => (row.shotId === null ? [] : [row.shotId])));
}
