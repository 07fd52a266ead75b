import { and, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { jobAttempts, jobs } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import { canMove, JobState } from "#domain/jobs/lifecycle.ts";
import type { ResultMessage } from "#domain/jobs/messages/result-message.ts";
import { storable } from "#domain/storable-text.ts";
import { sizeOf } from "./job-sizes.ts";
import { type JobRow, viewJobs } from "./job-views.ts";
import { loseOpenAttempts } from "./open-attempts.ts";
import { recordEvents } from "./project-events.ts";
import { isInForce } from "./results.ts";

/** A success that made no files: nothing but its job's own row follows from it. */
export function isPlainSuccess(result: ResultMessage): boolean {
  return result.outcome.status === "succeeded" && result.outcome.artifacts.length === 0;
}

type Given = { result: ResultMessage; heldClaim: string | null };

/**
 * Records many plain successes of different jobs in one transaction, each by the same rules as `recordResult` would:
 * the claim in force decides, and only once. Rows are locked in the order of their arrival and projects in the order of
 * their ids, after all jobs, so that batches beside each other do not wait for one another in a circle.
 * @returns the jobs that succeeded by it; the others' results change nothing
 */
export async function recordPlainSuccesses(db: DbOrTx, given: readonly Given[]): Promise<{ job: JobRow }[]> {
  return db.transaction(async (tx) => {
    const byJob = new Map(given.map((one) => [one.result.jobId, one]));
    const ids = [...byJob.keys()];
    const rows = await tx.select().from(jobs).where(inArray(jobs.id, ids)).orderBy(jobs.seq).for("update");
    const ended = await endedClaims(tx, ids);
    const counted = rows.filter((row) => {
      const { result, heldClaim } = byJob.get(row.id)!;
      return (
        canMove(JobState.parse(row.state), "succeeded") &&
        isInForce(row, result, heldClaim) &&
        !ended.has(`${row.id} ${result.claim}`)
      );
    });
    if (counted.length === 0) return [];
    const moved = await succeedAll(tx, counted, byJob);
    await unblockAll(
      tx,
      moved.map((row) => row.id),
    );
    const views = await viewJobs(tx, moved);
    const projectIds = [...new Set(moved.map((row) => row.projectId))].sort();
    for (const projectId of projectIds) {
      const told = views.filter((view) => view.projectId === projectId);
      await recordEvents(
        tx,
        projectId,
        told.map((job) => ({ type: "job" as const, job })),
      );
    }
    return moved.map((job) => ({ job }));
  });
}

async function endedClaims(tx: DbOrTx, jobIds: Id[]): Promise<Set<string>> {
  const rows = await tx
    .select({ jobId: jobAttempts.jobId, claim: jobAttempts.claim })
    .from(jobAttempts)
    .where(and(inArray(jobAttempts.jobId, jobIds), sql`${jobAttempts.outcome} <> 'lost'`));
  return new Set(rows.map((row) => `${row.jobId} ${row.claim}`));
}

async function succeedAll(tx: DbOrTx, rows: readonly JobRow[], byJob: ReadonlyMap<Id, Given>): Promise<JobRow[]> {
  const ends = rows.map((row) => {
    const { result } = byJob.get(row.id)!;
    const { outcome, runtime } = result;
    const output = outcome.status === "succeeded" && outcome.output !== undefined ? storable(outcome.output) : null;
    return { row, result, runtime, output };
  });
  await tx
    .insert(jobAttempts)
    .values(
      ends.map(({ row, result, runtime }) => ({
        jobId: row.id,
        attempt: result.attempt,
        agentId: result.agentId,
        claim: result.claim,
        outcome: "succeeded",
        engine: runtime.engine,
        model: runtime.model ?? null,
        device: runtime.device,
        seconds: runtime.seconds,
        finishedAt: sql`now()`,
        ...sizeOf(row),
      })),
    )
    .onConflictDoUpdate({
      target: [jobAttempts.jobId, jobAttempts.attempt],
      set: Object.fromEntries(
        (["agentId", "claim", "outcome", "engine", "model", "device", "seconds", "finishedAt"] as const).map((key) => [
          key,
          sql.raw(`excluded."${jobAttempts[key].name}"`),
        ]),
      ),
    });
  await loseOpenAttempts(
    tx,
    rows.map((row) => row.id),
  );
  const patches = ends.map(({ row, result, runtime, output }) => ({
    id: row.id,
    attempt: result.attempt,
    claim: result.claim,
    agent: result.agentId,
    engine: runtime.engine,
    model: runtime.model ?? null,
    output,
  }));
  const stamped = await tx.execute<{ id: Id; finished_at: Date | string; started_at: Date | string }>(sql`
    update jobs set
      state = 'succeeded', finished_at = now(), eta_seconds = null, progress = 1, stage = 'done',
      attempt = p.attempt, claim = p.claim, agent_id = p.agent, engine = p.engine, model = p.model,
      started_at = coalesce(jobs.started_at, now()), output = p.output
    from jsonb_to_recordset(${JSON.stringify(patches)}::text::jsonb)
      as p(id uuid, attempt int, claim text, agent text, engine text, model text, output jsonb)
    where jobs.id = p.id
    returning jobs.id, jobs.finished_at, jobs.started_at`);
  const stamps = new Map(stamped.map((one) => [one.id, one]));
  return ends.map(({ row, result, runtime, output }) => ({
    ...row,
    state: "succeeded",
    progress: 1,
    stage: "done",
    etaSeconds: null,
    attempt: result.attempt,
    claim: result.claim,
    agentId: result.agentId,
    engine: runtime.engine,
    model: runtime.model ?? null,
    output,
    startedAt: new Date(stamps.get(row.id)!.started_at),
    finishedAt: new Date(stamps.get(row.id)!.finished_at),
  }));
}

/** Each of those that wait for some of these is as many steps nearer to its turn. */
async function unblockAll(tx: DbOrTx, ids: Id[]): Promise<void> {
  const given = sql`array(select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`;
  await tx.execute(sql`
    with nearer as (
      select id, (select count(*) from unnest(depends_on) as d where d = any(${given})) as steps
      from jobs where depends_on && ${given} and finished_at is null and blocked > 0
      order by seq for update)
    update jobs set blocked = greatest(0, blocked - nearer.steps) from nearer where jobs.id = nearer.id`);
}
