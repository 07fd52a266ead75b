import { sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import type { Spent } from "#domain/episode/budget.ts";
import type { Id } from "#domain/ids.ts";

/**
 * What the runs of episodes have cost by now, by run; retried jobs and parts of long beats count, too. Attempts that were
 * handed back unfinished are nobody's and do not.
 */
export async function spentBy(db: DbOrTx, runIds: readonly Id[]): Promise<Map<Id, Spent>> {
  if (runIds.length === 0) return new Map();
  const rows = await db.execute<{ run: Id; attempts: number; running: number; seconds: number }>(sql`
    select j.run_id as run, count(*)::int as attempts,
      (count(*) filter (where a.finished_at is null and j.finished_at is null))::int as running,
      coalesce(sum(case
        when a.finished_at is not null then coalesce(a.seconds, 0)
        when j.finished_at is not null then 0
        else extract(epoch from now() - a.started_at) end), 0)::float8 as seconds
    from jobs j join job_attempts a on a.job_id = j.id
    where j.run_id in (select jsonb_array_elements_text(${JSON.stringify(runIds)}::text::jsonb)::uuid)
      and a.outcome is distinct from 'handed_back'
    group by j.run_id`);
  return new Map(rows.map(({ run, attempts, running, seconds }) => [run, { attempts, running, gpuSeconds: seconds }]));
}

/** @returns episodes with a budget that are under way */
export async function budgetedUnderWay(db: DbOrTx): Promise<Id[]> {
  const rows = await db.execute<{ id: Id }>(sql`
    select e.id from episodes e
    where e.state = 'EXECUTING' and e.budget is not null and e.run_id is not null
      and exists (select 1 from jobs j where j.run_id = e.run_id and j.finished_at is null)`);
  return rows.map(({ id }) => id);
}
