import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Db, DbOrTx } from "#db/client.ts";
import { users } from "#db/schema/identity.ts";
import { projectMembers, projects, workspaceMembers, workspaces } from "#db/schema/workspace.ts";
import { higherRole, Role, roles } from "#domain/collab/access.ts";

export interface WorkspaceRow {
  id: string;
  name: string;
  role: Role;
  personal: boolean;
  createdAt: Date;
}

export interface MemberRow {
  userId: string;
  name: string;
  color: string;
  isGuest: boolean;
  role: Role;
  joinedAt: Date;
}

export async function createWorkspace(db: Db, want: { name: string; ownerId: string }): Promise<WorkspaceRow> {
  return db.transaction(async (tx) => {
    const [row] = await tx.insert(workspaces).values({ name: want.name }).returning();
    if (row === undefined) throw new Error("insert without a row");
    await tx.insert(workspaceMembers).values({ workspaceId: row.id, userId: want.ownerId, role: "owner" });
    return { id: row.id, name: row.name, role: "owner", personal: false, createdAt: row.createdAt };
  });
}

/** Where a page of workspaces begins: after this one. */
export type WorkspacePlace = { personal: boolean; id: string };

/** The workspaces a person is a member of, their own first; all of them when no page is asked for. */
export async function listWorkspaces(
  db: DbOrTx,
  userId: string,
  page: { limit?: number; after?: WorkspacePlace | undefined } = {},
): Promise<WorkspaceRow[]> {
  const isOthers = sql`(${workspaces.personalOf} is distinct from ${userId})`;
  const { after } = page;
  const query = db
    .select({ workspace: workspaces, role: workspaceMembers.role })
    .from(workspaceMembers)
    .innerJoin(workspaces, eq(workspaces.id, workspaceMembers.workspaceId))
    .where(
      and(
        eq(workspaceMembers.userId, userId),
        after === undefined
          ? undefined
          : sql`(${isOthers}, ${workspaces.id}) > (${!after.personal}::boolean, ${after.id}::uuid)`,
      ),
    )
    .orderBy(isOthers, asc(workspaces.id));
  const rows = await (page.limit === undefined ? query : query.limit(page.limit));
  return rows.map(({ workspace, role }) => ({
    id: workspace.id,
    name: workspace.name,
    role: Role.parse(role),
    personal: workspace.personalOf === userId,
    createdAt: workspace.createdAt,
  }));
}

export async function findWorkspaceRole(
  db: DbOrTx,
  workspaceId: string,
  userId: string,
): Promise<{ id: string; name: string; role: Role } | null> {
  const [row] = await db
    .select({ id: workspaces.id, name: workspaces.name, role: workspaceMembers.role })
    .from(workspaces)
    .innerJoin(
      workspaceMembers,
      and(eq(workspaceMembers.workspaceId, workspaces.id), eq(workspaceMembers.userId, userId)),
    )
    .where(eq(workspaces.id, workspaceId));
  return row === undefined ? null : { id: row.id, name: row.name, role: Role.parse(row.role) };
}

/** Where a page of members begins: after this one. `at`: when they came, microseconds since 1970. */
export type MemberPlace = { at: number; userId: string };

/** In the order in which they came. */
export async function listMembers(
  db: DbOrTx,
  workspaceId: string,
  page: { limit: number; after?: MemberPlace | undefined },
): Promise<(MemberRow & { place: MemberPlace })[]> {
  const at = sql<string>`(extract(epoch from ${workspaceMembers.createdAt}) * 1000000)::bigint`;
  const { after } = page;
  const rows = await db
    .select({ member: workspaceMembers, user: users, at })
    .from(workspaceMembers)
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .where(
      and(
        eq(workspaceMembers.workspaceId, workspaceId),
        after === undefined
          ? undefined
          : sql`(${at}, ${workspaceMembers.userId}) > (${after.at}::bigint, ${after.userId}::text)`,
      ),
    )
    .orderBy(at, asc(workspaceMembers.userId))
    .limit(page.limit);
  return rows.map(({ member, user, at: came }) => ({
    place: { at: Number(came), userId: user.id },
    userId: user.id,
    name: user.name,
    color: user.color,
    isGuest: user.isAnonymous,
    role: Role.parse(member.role),
    joinedAt: member.createdAt,
  }));
}

export type MemberChange = "changed" | "no-such-member" | "last-owner";

/**
 * Gives a member another role; null removes them. The last owner stays: a workspace nobody manages is lost. Roles on
 * single films follow: removing somebody closes every film of the workspace to them, also to who came by a film's
 * invite alone, and none of them stays above a lowered role.
 */
export async function changeMember(
  db: Db,
  workspaceId: string,
  userId: string,
  role: Role | null,
): Promise<MemberChange> {
  return db.transaction(async (tx) => {
    const members = await tx
      .select()
      .from(workspaceMembers)
      .where(eq(workspaceMembers.workspaceId, workspaceId))
      .for("update");
    const member = members.find((each) => each.userId === userId);
    if (member === undefined) {
      const removed = role === null && (await capFilmRoles(tx, workspaceId, userId, null));
      return removed ? "changed" : "no-such-member";
    }
    const owners = members.filter((each) => each.role === "owner");
    if (member.role === "owner" && role !== "owner" && owners.length === 1) return "last-owner";
    const theOne = and(eq(workspaceMembers.workspaceId, workspaceId), eq(workspaceMembers.userId, userId));
    if (role === null) await tx.delete(workspaceMembers).where(theOne);
    else await tx.update(workspaceMembers).set({ role }).where(theOne);
    await capFilmRoles(tx, workspaceId, userId, role);
    return "changed";
  });
}

/** @returns whether there was a role on a film of this workspace to take away or lower */
async function capFilmRoles(tx: DbOrTx, workspaceId: string, userId: string, most: Role | null): Promise<boolean> {
  const films = tx.select({ id: projects.id }).from(projects).where(eq(projects.workspaceId, workspaceId));
  const theirs = and(eq(projectMembers.userId, userId), inArray(projectMembers.projectId, films));
  if (most === null) return (await tx.delete(projectMembers).where(theirs).returning()).length > 0;
  const above = roles.filter((each) => each !== most && higherRole(each, most) === each);
  if (above.length === 0) return false;
  const lowered = and(theirs, inArray(projectMembers.role, above));
  return (await tx.update(projectMembers).set({ role: most }).where(lowered).returning()).length > 0;
}
