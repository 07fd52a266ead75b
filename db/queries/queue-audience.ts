import { sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { projects } from "#db/schema/workspace.ts";
import type { Id } from "#domain/ids.ts";

/** Projects somebody may have open: those that changed within a day. */
export async function activeProjectIds(db: DbOrTx): Promise<Id[]> {
  const rows = await db
    .select({ id: projects.id })
    .from(projects)
    .where(sql`${projects.deletedAt} is null and ${projects.updatedAt} > now() - interval '1 day'`)
    .limit(1000);
  return rows.map((row) => row.id);
}
