import { sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import type { Id } from "#domain/ids.ts";
import { Capability } from "#domain/jobs/capabilities.ts";

/** Open jobs of one workspace and one capability, counted. */
export type DepthRow = {
  workspaceId: Id;
  workspaceName: string;
  /** Whether the person asked about is a member. */
  isOwn: boolean;
  capability: Capability;
  waiting: number;
  /** They wait for an earlier step, or for somebody to let the film's queue go on. */
  held: number;
  running: number;
  oldestSeconds: number | null;
};

/** The whole queue in one pass over the open jobs. */
export async function queueDepth(db: DbOrTx, userId: string): Promise<DepthRow[]> {
  const rows = await db.execute<{
    workspace_id: Id;
    name: string;
    own: boolean;
    capability: string;
    waiting: number;
    held: number;
    running: number;
    oldest: number | null;
  }>(sql`
    with open as (
      select j.workspace_id, j.capability, j.queued_at, j.state <> 'queued' as is_running,
        j.state = 'queued' and (j.blocked > 0 or p.queue_paused_at is not null) as is_held
      from jobs j join projects p on p.id = j.project_id
      where j.finished_at is null)
    select o.workspace_id, w.name, o.capability,
      exists (select 1 from workspace_members m where m.workspace_id = w.id and m.user_id = ${userId}) as own,
      count(*) filter (where not is_running and not is_held)::int as waiting,
      count(*) filter (where is_held)::int as held,
      count(*) filter (where is_running)::int as running,
      extract(epoch from now() - min(queued_at) filter (where not is_running and not is_held))::float8 as oldest
    from open o join workspaces w on w.id = o.workspace_id
    group by o.workspace_id, w.id, w.name, o.capability
    order by w.name, o.capability`);
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    workspaceName: row.name,
    isOwn: row.own,
    capability: Capability.parse(row.capability),
    waiting: row.waiting,
    held: row.held,
    running: row.running,
    oldestSeconds: row.oldest,
  }));
}
