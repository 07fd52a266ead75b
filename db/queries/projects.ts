import { and, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { projectMembers, projects, workspaceMembers, workspaces } from "#db/schema/workspace.ts";
import { higherRole, Role } from "#domain/collab/access.ts";
import { cancelJobs } from "./queue-control.ts";

export interface ProjectRow {
  id: string;
  workspaceId: string;
  workspaceName: string;
  title: string;
  /** film, or generation: one without a document, behind a generation. */
  purpose: string;
  posterAssetId: string | null;
  createdBy: string | null;
  createdAt: Date;
  updatedAt: Date;
}
export interface ProjectWithRole extends ProjectRow {
  role: Role;
  /** Known by a project invite alone. */
  shared: boolean;
}

const columns = {
  id: projects.id,
  workspaceId: projects.workspaceId,
  workspaceName: workspaces.name,
  title: projects.title,
  purpose: projects.purpose,
  posterAssetId: projects.posterAssetId,
  createdBy: projects.createdBy,
  createdAt: projects.createdAt,
  updatedAt: projects.updatedAt,
};

export async function insertProject(
  db: DbOrTx,
  project: { workspaceId: string; title: string; createdBy: string },
): Promise<{ id: string }> {
  const [row] = await db.insert(projects).values(project).returning({ id: projects.id });
  if (row === undefined) throw new Error("insert without a row");
  return row;
}

/** The project as one person may see it, null when there is none or it is not theirs to know of. */
export async function findProjectFor(db: DbOrTx, projectId: string, userId: string): Promise<ProjectWithRole | null> {
  const [row] = await selectFor(db, userId).where(and(eq(projects.id, projectId), isNull(projects.deletedAt)));
  return row === undefined ? null : withRole(row);
}

export interface ProjectPage {
  workspaceId?: string | undefined;
  limit: number;
  /** Only what was last touched before this. */
  before?: { updatedAt: string; id: string } | undefined;
}

/** To the millisecond, as a cursor has it: Postgres keeps more digits than it gives us. */
const touched = sql`date_trunc('milliseconds', ${projects.updatedAt})`;

/** What a person may open, last touched first. */
export async function listProjectsFor(db: DbOrTx, userId: string, page: ProjectPage): Promise<ProjectWithRole[]> {
  const rows = await selectFor(db, userId)
    .where(
      and(
        isNull(projects.deletedAt),
        // What stands behind a generation is no film that anybody opens.
        eq(projects.purpose, "film"),
        or(sql`${workspaceMembers.role} is not null`, sql`${projectMembers.role} is not null`),
        page.workspaceId === undefined ? undefined : eq(projects.workspaceId, page.workspaceId),
        page.before === undefined
          ? undefined
          : sql`(${touched}, ${projects.id}) < (${page.before.updatedAt}::timestamptz, ${page.before.id}::uuid)`,
      ),
    )
    .orderBy(desc(touched), desc(projects.id))
    .limit(page.limit);
  return rows.map(withRole).filter((row) => row !== null);
}

export async function changeProject(
  db: DbOrTx,
  projectId: string,
  patch: { title?: string; posterAssetId?: string },
): Promise<void> {
  await db
    .update(projects)
    .set({ ...patch, updatedAt: new Date() })
    .where(eq(projects.id, projectId));
}

/**
 * Hides a project from everybody and calls off its jobs; its rows and bytes stay until they are swept.
 * @returns whether it was there
 */
export async function deleteProject(db: DbOrTx, projectId: string): Promise<boolean> {
  const gone = await db
    .update(projects)
    .set({ deletedAt: new Date() })
    .where(and(eq(projects.id, projectId), isNull(projects.deletedAt)))
    .returning({ id: projects.id });
  // Afterwards, so that what was queued meanwhile goes too; while it is deleted nothing of it is released.
  await cancelJobs(db, projectId);
  return gone.length > 0;
}

/** Removes a project that was never begun, as if it had not been asked for. */
export async function forgetProjects(db: DbOrTx, projectIds: string[]): Promise<void> {
  if (projectIds.length > 0) await db.delete(projects).where(inArray(projects.id, projectIds));
}

function selectFor(db: DbOrTx, userId: string) {
  return db
    .select({ ...columns, workspaceRole: workspaceMembers.role, projectRole: projectMembers.role })
    .from(projects)
    .innerJoin(workspaces, eq(workspaces.id, projects.workspaceId))
    .leftJoin(
      workspaceMembers,
      and(eq(workspaceMembers.workspaceId, projects.workspaceId), eq(workspaceMembers.userId, userId)),
    )
    .leftJoin(projectMembers, and(eq(projectMembers.projectId, projects.id), eq(projectMembers.userId, userId)))
    .$dynamic();
}

function withRole(
  row: ProjectRow & { workspaceRole: string | null; projectRole: string | null },
): ProjectWithRole | null {
  const { workspaceRole, projectRole, ...project } = row;
  const role = higherRole(parseRole(workspaceRole), parseRole(projectRole));
  return role === null ? null : { ...project, role, shared: workspaceRole === null };
}

const parseRole = (role: string | null): Role | null => (role === null ? null : Role.parse(role));
