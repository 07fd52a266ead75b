import { and, eq, isNotNull, isNull } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { jobs } from "#db/schema/work.ts";
import { projects } from "#db/schema/workspace.ts";
import { cancelJobs } from "./queue-control.ts";

const projectsAtOnce = 100;

/**
 * Calls off what is open in projects that were deleted. Deleting does so itself; a request that was on its way
 * meanwhile queues its jobs afterwards, and nobody would ever end them.
 * @returns how many jobs have ended or will
 */
export async function callOffLeftBehind(db: Db): Promise<number> {
  const gone = await db
    .selectDistinct({ id: jobs.projectId })
    .from(jobs)
    .innerJoin(projects, eq(projects.id, jobs.projectId))
    .where(and(isNull(jobs.finishedAt), isNotNull(projects.deletedAt)))
    .limit(projectsAtOnce);
  let count = 0;
  for (const { id } of gone) {
    const called = await cancelJobs(db, id);
    count += called.cancelled + called.cancelling;
  }
  return count;
}
