import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";
import type { Db, DbOrTx } from "#db/client.ts";
import { users } from "#db/schema/identity.ts";
import { invites, projectMembers, projects, workspaceMembers, workspaces } from "#db/schema/workspace.ts";
import { higherRole, Role } from "#domain/collab/access.ts";

export interface InviteRow {
  id: string;
  workspaceId: string;
  workspaceName: string;
  projectId: string | null;
  projectTitle: string | null;
  role: Role;
  expiresAt: Date | null;
  maxUses: number | null;
  uses: number;
  revokedAt: Date | null;
  createdBy: string | null;
  createdByName: string | null;
  createdAt: Date;
}

export type InviteState = "open" | "expired" | "revoked" | "used-up";

export function stateOfInvite(
  invite: Pick<InviteRow, "expiresAt" | "maxUses" | "uses" | "revokedAt" | "projectId" | "projectTitle">,
  now: Date,
): InviteState {
  // The film it led to was deleted.
  if (invite.projectId !== null && invite.projectTitle === null) return "revoked";
  if (invite.revokedAt !== null) return "revoked";
  if (invite.expiresAt !== null && invite.expiresAt <= now) return "expired";
  if (invite.maxUses !== null && invite.uses >= invite.maxUses) return "used-up";
  return "open";
}

export interface NewInvite {
  workspaceId: string;
  projectId: string | null;
  role: Role;
  tokenHash: string;
  expiresAt: Date | null;
  maxUses: number | null;
  createdBy: string;
}

export async function insertInvite(db: DbOrTx, invite: NewInvite): Promise<string> {
  const [row] = await db.insert(invites).values(invite).returning({ id: invites.id });
  if (row === undefined) throw new Error("insert without a row");
  return row.id;
}

/** Newest first. @param page  `before`: the last id of the page before */
export async function listInvites(
  db: DbOrTx,
  workspaceId: string,
  page: { limit: number; before?: string | undefined },
): Promise<InviteRow[]> {
  const rows = await select(db)
    .where(
      and(eq(invites.workspaceId, workspaceId), page.before === undefined ? undefined : lt(invites.id, page.before)),
    )
    .orderBy(desc(invites.id))
    .limit(page.limit);
  return rows.map(toInvite);
}

export async function findInvite(db: DbOrTx, id: string): Promise<InviteRow | null> {
  const [row] = await select(db).where(eq(invites.id, id));
  return row === undefined ? null : toInvite(row);
}

export async function findInviteByHash(db: DbOrTx, tokenHash: string): Promise<InviteRow | null> {
  const [row] = await select(db).where(eq(invites.tokenHash, tokenHash));
  return row === undefined ? null : toInvite(row);
}

export async function revokeInvite(db: DbOrTx, id: string): Promise<void> {
  await db
    .update(invites)
    .set({ revokedAt: new Date() })
    .where(and(eq(invites.id, id), isNull(invites.revokedAt)));
}

export type Acceptance =
  | { status: "accepted"; invite: InviteRow; role: Role; changed: boolean }
  | { status: "refused"; state: Exclude<InviteState, "open"> }
  | { status: "unknown" };

/**
 * Lets a person in. Who has the role already, or a higher one, uses nothing up; nobody loses a role by an invite.
 * The row lock makes `maxUses` hold when many come at once.
 */
export async function acceptInvite(db: Db, tokenHash: string, userId: string, now: Date): Promise<Acceptance> {
  return db.transaction(async (tx) => {
    const [locked] = await tx
      .select({ id: invites.id })
      .from(invites)
      .where(eq(invites.tokenHash, tokenHash))
      .for("update");
    const invite = locked === undefined ? null : await findInvite(tx, locked.id);
    if (invite === null) return { status: "unknown" };
    const before = await roleBefore(tx, invite, userId);
    const role = higherRole(before, invite.role) ?? invite.role;
    if (before === role) return { status: "accepted", invite, role, changed: false };
    const state = stateOfInvite(invite, now);
    if (state !== "open") return { status: "refused", state };
    await tx
      .update(invites)
      .set({ uses: sql`${invites.uses} + 1` })
      .where(eq(invites.id, invite.id));
    if (invite.projectId === null) {
      await tx
        .insert(workspaceMembers)
        .values({ workspaceId: invite.workspaceId, userId, role })
        .onConflictDoUpdate({ target: [workspaceMembers.workspaceId, workspaceMembers.userId], set: { role } });
    } else {
      await tx
        .insert(projectMembers)
        .values({ projectId: invite.projectId, userId, role })
        .onConflictDoUpdate({ target: [projectMembers.projectId, projectMembers.userId], set: { role } });
    }
    return { status: "accepted", invite, role, changed: true };
  });
}

async function roleBefore(tx: DbOrTx, invite: InviteRow, userId: string): Promise<Role | null> {
  const [inWorkspace] = await tx
    .select({ role: workspaceMembers.role })
    .from(workspaceMembers)
    .where(and(eq(workspaceMembers.workspaceId, invite.workspaceId), eq(workspaceMembers.userId, userId)));
  const workspaceRole = inWorkspace === undefined ? null : Role.parse(inWorkspace.role);
  if (invite.projectId === null) return workspaceRole;
  const [onProject] = await tx
    .select({ role: projectMembers.role })
    .from(projectMembers)
    .where(and(eq(projectMembers.projectId, invite.projectId), eq(projectMembers.userId, userId)));
  return higherRole(workspaceRole, onProject === undefined ? null : Role.parse(onProject.role));
}

function select(db: DbOrTx) {
  return db
    .select({
      id: invites.id,
      workspaceId: invites.workspaceId,
      workspaceName: workspaces.name,
      projectId: invites.projectId,
      projectTitle: projects.title,
      role: invites.role,
      expiresAt: invites.expiresAt,
      maxUses: invites.maxUses,
      uses: invites.uses,
      revokedAt: invites.revokedAt,
      createdBy: invites.createdBy,
      createdByName: users.name,
      createdAt: invites.createdAt,
    })
    .from(invites)
    .innerJoin(workspaces, eq(workspaces.id, invites.workspaceId))
    .leftJoin(projects, and(eq(projects.id, invites.projectId), isNull(projects.deletedAt)))
    .leftJoin(users, eq(users.id, invites.createdBy))
    .$dynamic();
}

function toInvite(row: Omit<InviteRow, "role"> & { role: string }): InviteRow {
  return { ...row, role: Role.parse(row.role) };
}
