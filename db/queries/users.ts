import { and, eq, ne, sql } from "drizzle-orm";
import { users } from "#db/schema/identity.ts";
import { projects, workspaceMembers, workspaces } from "#db/schema/workspace.ts";
import type { Db, DbOrTx } from "#db/client.ts";

export interface UserRow {
  id: string;
  name: string;
  email: string;
  color: string;
  isAnonymous: boolean;
}

const columns = {
  id: users.id,
  name: users.name,
  email: users.email,
  color: users.color,
  isAnonymous: users.isAnonymous,
};

export async function findUser(db: DbOrTx, id: string): Promise<UserRow | null> {
  const [row] = await db.select(columns).from(users).where(eq(users.id, id));
  return row ?? null;
}

export async function insertUser(db: DbOrTx, user: UserRow): Promise<void> {
  await db.insert(users).values(user).onConflictDoNothing();
}

export async function changeUser(
  db: DbOrTx,
  id: string,
  patch: { name?: string; color?: string },
): Promise<UserRow | null> {
  const [row] = await db
    .update(users)
    .set({ ...patch, updatedAt: new Date() })
    .where(eq(users.id, id))
    .returning(columns);
  return row ?? null;
}

/** A person's own workspace, made when there is none yet. */
export async function ensurePersonalWorkspace(
  db: Db,
  user: { id: string; name: string },
): Promise<{ id: string; name: string }> {
  return db.transaction(async (tx) => {
    // Two requests of one person at once must not make two.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`personal:${user.id}`}))`);
    const [found] = await tx
      .select({ id: workspaces.id, name: workspaces.name })
      .from(workspaces)
      .where(eq(workspaces.personalOf, user.id))
      .limit(1);
    if (found !== undefined) return found;
    const [made] = await tx
      .insert(workspaces)
      .values({ name: `${user.name}’s films`.slice(0, 120), personalOf: user.id })
      .returning({ id: workspaces.id, name: workspaces.name });
    if (made === undefined) throw new Error("insert without a row");
    await tx.insert(workspaceMembers).values({ workspaceId: made.id, userId: user.id, role: "owner" });
    return made;
  });
}

/**
 * Makes everything of one person another's: a guest who became an account keeps their work. All or nothing.
 * A role both have on one thing stays the higher one. Tokens go along into an account made just now, so that the
 * guest's programs go on; an account that was there has more behind it than its guest's tokens were given for.
 */
export async function moveWork(db: Db, from: string, to: string, isNew: boolean): Promise<void> {
  if (from === to) return;
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`personal:${to}`}))`);
    await movePersonalWorkspace(tx, from, to);
    const higher = (table: string) =>
      sql.raw(
        `case when array_position(array['viewer','commenter','editor','owner'], excluded.role) > array_position(array['viewer','commenter','editor','owner'], ${table}.role) then excluded.role else ${table}.role end`,
      );
    await tx.execute(sql`insert into workspace_members (workspace_id, user_id, role, created_at)
      select workspace_id, ${to}, role, created_at from workspace_members where user_id = ${from}
      on conflict (workspace_id, user_id) do update set role = ${higher("workspace_members")}`);
    await tx.execute(sql`delete from workspace_members where user_id = ${from}`);
    await tx.execute(sql`insert into project_members (project_id, user_id, role, created_at)
      select project_id, ${to}, role, created_at from project_members where user_id = ${from}
      on conflict (project_id, user_id) do update set role = ${higher("project_members")}`);
    await tx.execute(sql`delete from project_members where user_id = ${from}`);
    for (const table of ["projects", "invites", "assets", "runs", "jobs", "takes"]) {
      await tx.execute(sql`update ${sql.identifier(table)} set created_by = ${to} where created_by = ${from}`);
    }
    await (isNew
      ? tx.execute(sql`update api_tokens set user_id = ${to} where user_id = ${from}`)
      : tx.execute(sql`delete from api_tokens where user_id = ${from}`));
    await tx.execute(sql`update webhooks set user_id = ${to} where user_id = ${from}`);
    await tx.execute(
      sql`update users set color = guest.color from users guest where users.id = ${to} and guest.id = ${from} and users.color = 'peer-1'`,
    );
  });
}

/** The guest's workspace becomes the account's own, unless the account has films in one already. */
async function movePersonalWorkspace(tx: DbOrTx, from: string, to: string): Promise<void> {
  const [own] = await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.personalOf, to)).limit(1);
  const [guests] = await tx
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(eq(workspaces.personalOf, from))
    .limit(1);
  if (guests === undefined) return;
  if (own === undefined) {
    await tx.update(workspaces).set({ personalOf: to }).where(eq(workspaces.id, guests.id));
    return;
  }
  const [film] = await tx.select({ id: projects.id }).from(projects).where(eq(projects.workspaceId, own.id)).limit(1);
  const [other] = await tx
    .select({ id: workspaceMembers.userId })
    .from(workspaceMembers)
    .where(and(eq(workspaceMembers.workspaceId, own.id), ne(workspaceMembers.userId, to)))
    .limit(1);
  if (film === undefined && other === undefined) {
    await tx.delete(workspaces).where(eq(workspaces.id, own.id));
    await tx.update(workspaces).set({ personalOf: to }).where(eq(workspaces.id, guests.id));
  } else {
    await tx.update(workspaces).set({ personalOf: null }).where(eq(workspaces.id, guests.id));
  }
}
