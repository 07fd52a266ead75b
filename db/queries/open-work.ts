import { sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import type { Id } from "#domain/ids.ts";
import { Capability } from "#domain/jobs/capabilities.ts";
import { sizeClassOf, type Work } from "#domain/jobs/estimate.ts";

/** A job that has not ended and does not wait for another. */
export type OpenWork = Work & {
  id: Id;
  workspaceId: Id;
  isQueued: boolean;
  /** 0 to 1. */
  progress: number;
  /** As its agent says, where it says so; seconds. */
  leftSeconds: number | null;
};

/** Everything that is queued or runs, as amounts of work. */
export async function openWork(db: DbOrTx): Promise<OpenWork[]> {
  const rows = await db.execute<{
    id: Id;
    workspace: Id;
    capability: string;
    queued: boolean;
    units: number | null;
    width: number | null;
    height: number | null;
    progress: number;
    eta: number | null;
  }>(sql`
    select id, workspace_id as workspace, capability, state = 'queued' as queued, units, width, height, progress,
      eta_seconds as eta
    from jobs where finished_at is null and blocked = 0 limit 20000`);
  return rows.map((row) => ({
    id: row.id,
    workspaceId: row.workspace,
    capability: Capability.parse(row.capability),
    sizeClass: sizeClassOf(row.width, row.height),
    units: row.units ?? 1,
    isQueued: row.queued,
    progress: row.progress,
    leftSeconds: row.eta,
  }));
}
