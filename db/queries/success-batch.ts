import { getTableColumns, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { jobs } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import { canMove, JobState } from "#domain/jobs/lifecycle.ts";
import type { ResultMessage } from "#domain/jobs/messages/result-message.ts";
import type { ProjectEvent } from "#domain/jobs/messages/project-event.ts";
import { storable } from "#domain/storable-text.ts";
import { sizeOf } from "./job-sizes.ts";
import { type ShownRow, viewRow } from "./job-views.ts";
import { recordEventsOf } from "./project-events.ts";
import { wakeForLines } from "./queue-notice.ts";
import { isInForce } from "./results.ts";

/** A success that made no files: nothing but its job's own row follows from it. */
export function isPlainSuccess(result: ResultMessage): boolean {
  return result.outcome.status === "succeeded" && result.outcome.artifacts.length === 0;
}

type Given = { result: ResultMessage; heldClaim: string | null };

const { request: _request, output: _output, madeFrom: _madeFrom, ...shownColumns } = getTableColumns(jobs);

/**
 * Records many plain successes of different jobs in one transaction, each by the same rules as `recordResult` would:
 * the claim in force decides, and only once. Rows are locked in the order of their arrival and projects in the order of
 * their ids, after all jobs, so that batches beside each other do not wait for one another in a circle.
 * @returns the jobs that succeeded by it; the others' results change nothing
 */
export async function recordPlainSuccesses(db: DbOrTx, given: readonly Given[]): Promise<Id[]> {
  return db.transaction(async (tx) => {
    const byJob = new Map(given.map((one) => [one.result.jobId, one]));
    const asked = sql`jobs.id in (select jsonb_array_elements_text(${JSON.stringify([...byJob.keys()])}::text::jsonb)::uuid)`;
    const rows = await tx.select(shownColumns).from(jobs).where(asked).orderBy(jobs.seq).for("update");
    const counted = rows.filter((row) => {
      const { result, heldClaim } = byJob.get(row.id)!;
      return canMove(JobState.parse(row.state), "succeeded") && isInForce(row, result, heldClaim);
    });
    if (counted.length === 0) return [];
    const moved = await succeedAll(
      tx,
      counted.map((row) => ({ row, result: byJob.get(row.id)!.result })),
    );
    const told = new Map<Id, ProjectEvent[]>();
    for (const row of moved) {
      const job = { ...viewRow(row), artifacts: [] };
      told.set(row.projectId, [...(told.get(row.projectId) ?? []), { type: "job", job }]);
    }
    await recordEventsOf(tx, told);
    return moved.map((row) => row.id);
  });
}

type End = { row: ShownRow; result: ResultMessage };

/**
 * What `recordResult` writes, for all at once: the attempts, with those before them that never said how they ended; the
 * jobs; and how much nearer those that wait for them are to their turn. Of a claim whose end is written down already
 * nothing is written.
 */
async function succeedAll(tx: DbOrTx, ends: readonly End[]): Promise<ShownRow[]> {
  const given = ends.map(({ row, result }) => ({
    id: row.id,
    attempt: result.attempt,
    claim: result.claim,
    agent: result.agentId,
    engine: result.runtime.engine,
    model: result.runtime.model ?? null,
    device: result.runtime.device,
    seconds: result.runtime.seconds,
    output: outputOf(result),
    ...sizeOf(row),
  }));
  const moved = await tx.execute<{ id: Id; at: string; freed: string | null }>(sql`
    with given as materialized (
      select g.* from jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb) as g (
        id uuid, attempt int, claim text, agent text, engine text, model text, device text, seconds real, output jsonb,
        capability text, units real, frames int, width int, height int)
      where not exists (
        select 1 from job_attempts a where a.job_id = g.id and a.claim = g.claim and a.outcome <> 'lost')),
    tried as (
      insert into job_attempts as a (job_id, attempt, agent_id, claim, outcome, engine, model, device, seconds,
        finished_at, capability, units, frames, width, height)
      select id, attempt, agent, claim, 'succeeded', engine, model, device, seconds, now(), capability, units, frames,
        width, height
      from given
      on conflict (job_id, attempt) do update set agent_id = excluded.agent_id, claim = excluded.claim,
        outcome = excluded.outcome, engine = excluded.engine, model = excluded.model, device = excluded.device,
        seconds = excluded.seconds, finished_at = excluded.finished_at),
    lost as (
      update job_attempts a set outcome = 'lost', finished_at = now() from given
      where a.job_id = given.id and a.attempt <> given.attempt and a.outcome is null),
    waiting as materialized (
      select j.id, (select count(*) from unnest(j.depends_on) as d join given on given.id = d) as steps
      from jobs j
      where j.depends_on && array(select id from given) and j.finished_at is null and j.blocked > 0
      order by j.seq for update),
    nearer as (
      update jobs j set blocked = greatest(0, j.blocked - waiting.steps) from waiting where j.id = waiting.id
      returning j.blocked, j.capability, j.lane, j.project_id, j.workspace_id),
    moved as (
      update jobs j set state = 'succeeded', finished_at = now(), eta_seconds = null, progress = 1, stage = 'done',
        attempt = g.attempt, claim = g.claim, agent_id = g.agent, engine = g.engine, model = g.model,
        started_at = coalesce(j.started_at, now()), output = g.output
      from given g where j.id = g.id returning j.id)
    select id, now() as at,
      (select string_agg(distinct concat_ws(' ', capability, lane, project_id, workspace_id), E'\n')
        from nearer where blocked = 0) as freed
    from moved`);
  const [first] = moved;
  if (first === undefined) return [];
  if (first.freed !== null) await wakeForLines(tx, first.freed);
  const isMoved = new Set(moved.map(({ id }) => id));
  const at = new Date(first.at);
  return ends.flatMap(({ row, result }) => (isMoved.has(row.id) ? [ended(row, result, at)] : []));
}

/** The row as it is now. */
function ended(row: ShownRow, result: ResultMessage, at: Date): ShownRow {
  return {
    ...row,
    state: "succeeded",
    progress: 1,
    stage: "done",
    etaSeconds: null,
    attempt: result.attempt,
    claim: result.claim,
    agentId: result.agentId,
    engine: result.runtime.engine,
    model: result.runtime.model ?? null,
    startedAt: row.startedAt ?? at,
    finishedAt: at,
  };
}

function outputOf({ outcome }: ResultMessage): unknown {
  return outcome.status === "succeeded" && outcome.output !== undefined ? storable(outcome.output) : null;
}
