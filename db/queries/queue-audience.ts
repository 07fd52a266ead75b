import { inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { jobs } from "#db/schema/work.ts";
import { projects } from "#db/schema/workspace.ts";
import type { Id } from "#domain/ids.ts";

/** @returns the project of each job */
export async function projectsOfJobs(db: DbOrTx, jobIds: Id[]): Promise<Map<Id, Id>> {
  if (jobIds.length === 0) return new Map();
  const rows = await db.select({ id: jobs.id, projectId: jobs.projectId }).from(jobs).where(inArray(jobs.id, jobIds));
  return new Map(rows.map((row) => [row.id, row.projectId]));
}

/** Projects somebody may have open: those that changed within a day. */
export async function activeProjectIds(db: DbOrTx): Promise<Id[]> {
  const rows = await db
    .select({ id: projects.id })
    .from(projects)
    .where(sql`${projects.deletedAt} is null and ${projects.updatedAt} > now() - interval '1 day'`)
    .limit(1000);
  return rows.map((row) => row.id);
}
