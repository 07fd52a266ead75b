import { eq, max } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { projectEvents } from "#db/schema/work.ts";

/** @returns the id of a project's newest event, 0 when it has none: where a follower without a past begins */
export async function newestEventId(db: DbOrTx, projectId: string): Promise<number> {
  const [row] = await db
    .select({ id: max(projectEvents.id) })
    .from(projectEvents)
    .where(eq(projectEvents.projectId, projectId));
  return Number(row?.id ?? 0);
}
