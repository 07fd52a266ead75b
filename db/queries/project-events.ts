import { and, asc, desc, eq, gt, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { projectEvents } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import { ProjectEvent } from "#domain/jobs/messages/project-event.ts";

/**
 * Postgres channel that says which events of a project are new, as `<project> <first position> <last position>`; the
 * director passes them on to editors.
 */
export const eventsChannel = "project_events";

export type StoredEvent = { id: number; projectId: Id; position: number; event: ProjectEvent };

/** Some events of one project that follow each other, by position. */
export type EventRange = { projectId: Id; first: number; last: number };

/** One event; see {@link recordEvents}. */
export async function recordEvent(tx: DbOrTx, projectId: Id, event: ProjectEvent): Promise<void> {
  await recordEvents(tx, projectId, [event]);
}

/**
 * Keeps events and has the director tell the editors, both only if the transaction commits. Call it in the transaction
 * that makes the changes, after them: positions are given out under the lock of the project's row, which holds until
 * the commit. So whoever has read position n has read or can read everything before it, and nothing comes in between
 * later; and whoever holds this lock must wait for no other.
 * @throws Error when there is no such project
 */
export async function recordEvents(tx: DbOrTx, projectId: Id, events: readonly ProjectEvent[]): Promise<void> {
  await recordEventsOf(tx, new Map([[projectId, events]]));
}

/** As {@link recordEvents}, of several projects at once; their rows are locked in the order of their ids. */
export async function recordEventsOf(tx: DbOrTx, byProject: ReadonlyMap<Id, readonly ProjectEvent[]>): Promise<void> {
  const given = [...byProject].flatMap(([project, events]) => (events.length === 0 ? [] : [{ project, events }]));
  if (given.length === 0) return;
  const told = await tx.execute(sql`
    with given as materialized (
      select project, events, jsonb_array_length(events) as count
      from jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb) as g (project uuid, events jsonb)),
    locked as materialized (
      select id from projects where id in (select project from given) order by id for update),
    moved as (
      update projects set event_position = event_position + given.count
      from locked join given on given.project = locked.id where projects.id = locked.id
      returning projects.id, event_position - given.count as before, event_position as last, given.events),
    kept as (
      insert into project_events (project_id, position, type, payload)
      select moved.id, moved.before + e.ord, e.event->>'type', e.event
      from moved, jsonb_array_elements(moved.events) with ordinality as e(event, ord)
      order by moved.id, e.ord)
    select pg_notify(${eventsChannel}, concat_ws(' ', id::text, before + 1, last)) from moved`);
  if (told.length < given.length)
    throw new Error(`an event of a project that is not there, of ${given.map(({ project }) => project).join(", ")}`);
}

/** @returns null when a notice of {@link eventsChannel} is none */
export function readNotice(payload: string): EventRange | null {
  const match = /^(\S+) (\d+) (\d+)$/.exec(payload);
  return match === null ? null : { projectId: match[1]!, first: Number(match[2]), last: Number(match[3]) };
}

/** @returns events of a project after `position`, oldest first: what `Last-Event-ID` resumes with */
export async function eventsAfter(db: DbOrTx, projectId: Id, position: number, limit = 500): Promise<StoredEvent[]> {
  const rows = await db
    .select()
    .from(projectEvents)
    .where(and(eq(projectEvents.projectId, projectId), gt(projectEvents.position, position)))
    .orderBy(asc(projectEvents.position))
    .limit(limit);
  return rows.flatMap(readRow);
}

/** @returns the events of these ranges, in the order in which they were recorded */
export async function eventsIn(db: DbOrTx, ranges: readonly EventRange[]): Promise<StoredEvent[]> {
  if (ranges.length === 0) return [];
  const rows = await db
    .select()
    .from(projectEvents)
    .where(
      sql`exists (select 1 from jsonb_to_recordset(${JSON.stringify(ranges)}::text::jsonb)
        as r("projectId" uuid, "first" bigint, "last" bigint)
        where r."projectId" = ${projectEvents.projectId} and ${projectEvents.position} between r."first" and r."last")`,
    )
    .orderBy(asc(projectEvents.id));
  return rows.flatMap(readRow);
}

/**
 * @param most  looks no further back than this many
 * @returns events of the last seconds, in the order in which they were recorded: for a director that was away
 */
export async function recentEvents(db: DbOrTx, seconds: number, most = 5000): Promise<StoredEvent[]> {
  // By id, which has an index; times have none.
  const newest = db.select().from(projectEvents).orderBy(desc(projectEvents.id)).limit(most).as("newest");
  const rows = await db
    .select()
    .from(newest)
    .where(sql`${newest.createdAt} > now() - make_interval(secs => ${seconds})`)
    .orderBy(asc(newest.id));
  return rows.flatMap(readRow);
}

/** @returns the position of the oldest event that a project still has; null when it has none */
export async function oldestEventPosition(db: DbOrTx, projectId: Id): Promise<number | null> {
  const [row] = await db
    .select({ position: projectEvents.position })
    .from(projectEvents)
    .where(eq(projectEvents.projectId, projectId))
    .orderBy(asc(projectEvents.position))
    .limit(1);
  return row?.position ?? null;
}

/**
 * Forgets events that nobody resumes from any more, some at a time.
 * @returns how many went
 */
export async function forgetOldEvents(db: DbOrTx, olderThanDays: number, most = 5000): Promise<number> {
  const gone = await db.execute(sql`
    delete from project_events where id in (
      select id from (select id, created_at from project_events order by id limit ${most}) oldest
      where created_at < now() - make_interval(days => ${olderThanDays}))
    returning 1`);
  return gone.length;
}

/** A row of an older version that no longer parses is left out. */
function readRow(row: typeof projectEvents.$inferSelect): StoredEvent[] {
  const parsed = ProjectEvent.safeParse(row.payload);
  return parsed.success ? [{ id: row.id, projectId: row.projectId, position: row.position, event: parsed.data }] : [];
}
