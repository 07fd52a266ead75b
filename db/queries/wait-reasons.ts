import { sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import type { Id } from "#domain/ids.ts";
import type { JobRow } from "./job-views.ts";
import { gpuSecondsSpent, studioLimits } from "./quota.ts";

/**
 * Why queued jobs wait, where it is for something else than their turn.
 * @returns a sentence by job; none for one that waits for its turn alone
 */
export async function waitReasons(
  db: DbOrTx,
  rows: readonly Pick<JobRow, "id" | "state" | "releasedAt" | "projectId" | "workspaceId">[],
): Promise<Map<Id, string>> {
  const waiting = rows.filter((row) => row.state === "queued" && row.releasedAt === null);
  const [first] = waiting;
  if (first === undefined) return new Map();
  const states = await db.execute<{
    project: Id;
    workspace: Id;
    paused: boolean;
    max_running: number | null;
    gpu: number | null;
    out: number;
  }>(sql`
    select p.id as project, w.id as workspace, p.queue_paused_at is not null as paused, w.max_running,
      w.gpu_seconds_per_day as gpu,
      (select count(*)::int from jobs j where j.workspace_id = w.id and j.finished_at is null and j.released_at is not null) as out
    from projects p join workspaces w on w.id = p.workspace_id
    where p.id in (select jsonb_array_elements_text(${JSON.stringify([...new Set(waiting.map((row) => row.projectId))])}::text::jsonb)::uuid)`);
  const limits = studioLimits();
  const isLimited = [...states].filter((one) => (one.gpu ?? limits.gpuSecondsPerDay) !== undefined);
  const spent = await gpuSecondsSpent(
    db,
    isLimited.map((one) => one.workspace),
  );
  const reasons = new Map<Id, string>();
  for (const one of states) {
    const most = one.max_running ?? limits.maxRunning;
    const seconds = one.gpu ?? limits.gpuSecondsPerDay;
    if (one.paused) reasons.set(one.project, "The film's queue is paused.");
    else if (seconds !== undefined && (spent.get(one.workspace) ?? 0) >= seconds)
      reasons.set(one.project, `The workspace has used its ${seconds} seconds of rendering in 24 hours.`);
    else if (most !== undefined && one.out >= most)
      reasons.set(one.project, `The workspace has as many jobs at work as it may have at once: ${one.out}.`);
  }
  return new Map(
    waiting.flatMap((row) => {
      const reason = reasons.get(row.projectId);
      return reason === undefined ? [] : [[row.id, reason] as const];
    }),
  );
}
