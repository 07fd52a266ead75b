import { eq } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { projects } from "#db/schema/workspace.ts";
import type { Id } from "#domain/ids.ts";

/** @returns the position of a project's newest event, 0 when it has none: where a follower without a past begins */
export async function newestEventPosition(db: DbOrTx, projectId: Id): Promise<number> {
  const [row] = await db.select({ position: projects.eventPosition }).from(projects).where(eq(projects.id, projectId));
  return row?.position ?? 0;
}
