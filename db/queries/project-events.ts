import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { projectEvents } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import { ProjectEvent } from "#domain/jobs/messages.ts";

/** Postgres channel that names the id of every new row of `project_events`; the director passes them on to editors. */
export const eventsChannel = "project_events";

export type StoredEvent = { id: number; projectId: Id; event: ProjectEvent };

/**
 * Keeps an event and has the director tell the editors, both only if the transaction commits. Call it in the
 * transaction that makes the change, after the change.
 */
export async function recordEvent(tx: DbOrTx, projectId: Id, event: ProjectEvent): Promise<void> {
  const [row] = await tx
    .insert(projectEvents)
    .values({ projectId, type: event.type, payload: event })
    .returning({ id: projectEvents.id });
  await tx.execute(sql`select pg_notify(${eventsChannel}, ${String(row!.id)})`);
}

/** @returns events of a project after `afterId`, oldest first: what `Last-Event-ID` resumes with */
export async function eventsAfter(db: DbOrTx, projectId: Id, afterId: number, limit = 500): Promise<StoredEvent[]> {
  const rows = await db
    .select()
    .from(projectEvents)
    .where(and(eq(projectEvents.projectId, projectId), gt(projectEvents.id, afterId)))
    .orderBy(asc(projectEvents.id))
    .limit(limit);
  return rows.flatMap(readRow);
}

export async function eventsById(db: DbOrTx, ids: number[]): Promise<StoredEvent[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(projectEvents)
    .where(inArray(projectEvents.id, ids))
    .orderBy(asc(projectEvents.id));
  return rows.flatMap(readRow);
}

/** @returns events of the last seconds, for a director that was away */
export async function recentEvents(db: DbOrTx, seconds: number): Promise<StoredEvent[]> {
  const rows = await db
    .select()
    .from(projectEvents)
    .where(sql`${projectEvents.createdAt} > now() - make_interval(secs => ${seconds})`)
    .orderBy(asc(projectEvents.id))
    .limit(5000);
  return rows.flatMap(readRow);
}

/** A row of an older version that no longer parses is left out. */
function readRow(row: typeof projectEvents.$inferSelect): StoredEvent[] {
  const parsed = ProjectEvent.safeParse(row.payload);
  return parsed.success ? [{ id: row.id, projectId: row.projectId, event: parsed.data }] : [];
}
