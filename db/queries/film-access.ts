import type { Sql } from "#db/client.ts";
import { higherRole, Role } from "#domain/collab/access.ts";
import type { Id } from "#domain/ids.ts";

/** May this person open the film, and as what? */
export type FilmAccess =
  | { status: "allowed"; role: Role; workspaceId: Id }
  | { status: "no-role" }
  | { status: "no-film" };

/** Reads the higher of a person's roles on the project and in its workspace. A deleted project is no film. */
export async function readFilmAccess(sql: Sql, projectId: Id, userId: string): Promise<FilmAccess> {
  const [row] = await sql<{ workspace_id: string; own: string | null; team: string | null }[]>`
    select p.workspace_id, pm.role as own, wm.role as team
    from projects p
    left join project_members pm on pm.project_id = p.id and pm.user_id = ${userId}
    left join workspace_members wm on wm.workspace_id = p.workspace_id and wm.user_id = ${userId}
    where p.id = ${projectId} and p.deleted_at is null`;
  if (row === undefined) return { status: "no-film" };
  const role = higherRole(parseRole(row.own), parseRole(row.team));
  return role === null ? { status: "no-role" } : { status: "allowed", role, workspaceId: row.workspace_id };
}

function parseRole(value: string | null): Role | null {
  return value === null ? null : Role.parse(value);
}
