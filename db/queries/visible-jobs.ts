import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { jobs } from "#db/schema/work.ts";
import { projectMembers, projects, workspaceMembers } from "#db/schema/workspace.ts";
import type { Id } from "#domain/ids.ts";
import { type JobRow, viewJobs } from "./job-views.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";

/** Those of the jobs whose film the person may see, with the film's title. @param jobIds  UUIDs */
export async function visibleJobs(
  db: DbOrTx,
  userId: string,
  jobIds: readonly Id[],
): Promise<{ job: JobView; projectTitle: string; projectUpdatedAt: Date }[]> {
  if (jobIds.length === 0) return [];
  const rows = await db
    .select({ job: jobs, title: projects.title, updatedAt: projects.updatedAt })
    .from(jobs)
    .innerJoin(projects, and(eq(projects.id, jobs.projectId), isNull(projects.deletedAt)))
    .leftJoin(
      workspaceMembers,
      and(eq(workspaceMembers.workspaceId, projects.workspaceId), eq(workspaceMembers.userId, userId)),
    )
    .leftJoin(projectMembers, and(eq(projectMembers.projectId, projects.id), eq(projectMembers.userId, userId)))
    .where(
      and(
        inArray(jobs.id, [...jobIds]),
        sql`(${workspaceMembers.role} is not null or ${projectMembers.role} is not null)`,
      ),
    );
  const views = await viewJobs(
    db,
    rows.map(({ job }): JobRow => job),
  );
  return rows.map(({ title, updatedAt }, index) => ({
    job: views[index]!,
    projectTitle: title,
    projectUpdatedAt: updatedAt,
  }));
}
