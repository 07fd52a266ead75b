import { sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import type { Id } from "#domain/ids.ts";
import type { Capability, Lane } from "#domain/jobs/capabilities.ts";
import type { Share } from "#domain/jobs/fair-share.ts";
import { jobsAhead, type QueueShape } from "#domain/jobs/queue-places.ts";

/** Where a queued job stands among those of its capability: `position` from 1, and how many come before it. */
export type QueuePlace = { capability: Capability; projectId: Id; position: number; jobsAhead: number };

/**
 * Places of queued jobs, as the director would release them. A job that waits for another, or whose film's queue is
 * paused, has none.
 * @param jobIds  those asked about; without it, all that are queued
 */
export async function queuePlaces(db: DbOrTx, jobIds?: readonly Id[]): Promise<Map<Id, QueuePlace>> {
  const asked = sql`j.id in (select jsonb_array_elements_text(${JSON.stringify(jobIds ?? [])}::text::jsonb)::uuid)`;
  // One after the other: the caller may be in a transaction, which is one connection.
  const released = await db.execute<{ id: Id; capability: Capability; project: Id; workspace: Id; state: string }>(sql`
    select id, capability, project_id as project, workspace_id as workspace, state from jobs
    where finished_at is null and released_at is not null order by released_at, seq`);
  const standing = await db.execute<{
    id: Id;
    capability: Capability;
    lane: Lane;
    workspace: Id;
    project: Id;
    index: number;
  }>(sql`
    with place as (
      select j.id, j.capability, j.lane, j.workspace_id as workspace, j.project_id as project,
        (row_number() over (partition by j.workspace_id, j.capability, j.lane
          order by j.priority desc, coalesce(j.place, j.seq::double precision)))::int - 1 as index
      from jobs j join projects p on p.id = j.project_id
      where ${isReady} and p.queue_paused_at is null and p.deleted_at is null
        ${jobIds === undefined ? sql`` : sql`and j.workspace_id in (select j.workspace_id from jobs j where ${asked} and ${isReady})`})
    select j.* from place j ${jobIds === undefined ? sql`` : sql`where ${asked}`}`);
  const found = new Map<Id, QueuePlace>();
  const lying = new Map<Capability, number>();
  const isAsked = jobIds === undefined ? null : new Set(jobIds);
  for (const row of released) {
    if (row.state !== "queued") continue;
    const before = lying.get(row.capability) ?? 0;
    lying.set(row.capability, before + 1);
    if (isAsked === null || isAsked.has(row.id))
      found.set(row.id, {
        capability: row.capability,
        projectId: row.project,
        position: before + 1,
        jobsAhead: before,
      });
  }
  if (standing.length === 0) return found;
  const shapes = await readShapes(
    db,
    lying,
    countBy(released, ({ workspace }) => workspace),
  );
  for (const row of standing) {
    const shape = shapes.get(row.capability);
    if (shape === undefined) continue;
    const ahead = jobsAhead(shape, { workspaceId: row.workspace, lane: row.lane, index: row.index });
    found.set(row.id, {
      capability: row.capability,
      projectId: row.project,
      position: ahead + 1,
      jobsAhead: ahead,
    });
  }
  return found;
}

const isReady = sql.raw(`j.state = 'queued' and j.released_at is null and j.blocked = 0`);

async function readShapes(
  db: DbOrTx,
  lying: ReadonlyMap<Capability, number>,
  inFlight: ReadonlyMap<Id, number>,
): Promise<Map<Capability, QueueShape>> {
  const rows = await db.execute<{
    capability: Capability;
    lane: Lane;
    workspace: Id;
    count: number;
    weight: number;
    served: number | null;
  }>(sql`
    with line as (
      select j.capability, j.lane, j.project_id, count(*)::int as count from jobs j where ${isReady} group by 1, 2, 3)
    select l.capability, l.lane, w.id as workspace, sum(l.count)::int as count, w.weight,
      (extract(epoch from t.served_at) * 1000)::float8 as served
    from line l join projects p on p.id = l.project_id join workspaces w on w.id = p.workspace_id
    left join workspace_turns t on t.workspace_id = w.id
    where p.queue_paused_at is null and p.deleted_at is null
    group by l.capability, l.lane, w.id, t.served_at`);
  const shares = new Map<Id, Share>();
  const shapes = new Map<
    Capability,
    { waiting: Record<Lane, Map<Id, number>>; shares: Map<Id, Share>; released: number }
  >();
  for (const row of rows) {
    const { workspace, weight, served } = row;
    shares.set(workspace, { inFlight: inFlight.get(workspace) ?? 0, weight, servedAt: served ?? 0 });
    const shape = shapes.get(row.capability) ?? {
      waiting: { interactive: new Map(), batch: new Map() },
      shares,
      released: lying.get(row.capability) ?? 0,
    };
    shapes.set(row.capability, shape);
    shape.waiting[row.lane].set(workspace, row.count);
  }
  return shapes;
}

function countBy<T>(rows: Iterable<T>, keyOf: (row: T) => Id): Map<Id, number> {
  const counts = new Map<Id, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return counts;
}
