import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#db/client.ts";
import { jobs } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import { Capability, Lane } from "#domain/jobs/capabilities.ts";
import type { Demand, Offer } from "#domain/jobs/room.ts";
import type { JobRow } from "./job-views.ts";

/**
 * The queue as the director reads it. What a round of releasing costs follows what is out and what there is room for,
 * never how much waits: jobs are read line by line from the front of the index `jobs_ready`.
 */

/** Waiting jobs of one capability, lane and project. */
export type Line = { capability: Capability; lane: Lane; projectId: Id };

/** A workspace as the queue knows it; null limits are the studio's own. */
export type WorkspaceTurns = {
  workspaceId: Id;
  weight: number;
  maxRunning: number | null;
  gpuSecondsPerDay: number | null;
  servedAt: number;
  turns: number;
};

/** A condition of `jobs_ready`, word for word: the planner compares it with the index. */
const isReady = sql`state = 'queued' and released_at is null and blocked = 0`;

const LineRow = z.object({ capability: Capability, lane: Lane, projectId: z.string(), workspaceId: z.string() });

/** Every line that has a job, of projects that are neither paused nor deleted: one step in the index for each. */
export async function listLines(db: DbOrTx): Promise<(Line & { workspaceId: Id })[]> {
  const rows = await db.execute(sql`
    with recursive line as (
      (select capability, lane, project_id from jobs where ${isReady} order by capability, lane, project_id limit 1)
      union all
      select following.* from line cross join lateral (
        select j.capability, j.lane, j.project_id from jobs j
        where ${isReady} and (j.capability, j.lane, j.project_id) > (line.capability, line.lane, line.project_id)
        order by j.capability, j.lane, j.project_id limit 1) following)
    select l.capability, l.lane, l.project_id as "projectId", p.workspace_id as "workspaceId"
    from line l join projects p on p.id = l.project_id
    where p.queue_paused_at is null and p.deleted_at is null`);
  // A capability that this version does not know is for another one to release.
  return [...rows].flatMap((row) => {
    const parsed = LineRow.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
}

/** @returns what the queue knows of these workspaces */
export async function readTurns(db: DbOrTx, workspaceIds: readonly Id[]): Promise<WorkspaceTurns[]> {
  if (workspaceIds.length === 0) return [];
  const rows = await db.execute<{
    id: Id;
    weight: number;
    max_running: number | null;
    gpu: number | null;
    served: number | null;
    turns: string | number | null;
  }>(sql`
    select w.id, w.weight, w.max_running, w.gpu_seconds_per_day as gpu,
      (extract(epoch from t.served_at) * 1000)::float8 as served, t.turns
    from workspaces w left join workspace_turns t on t.workspace_id = w.id
    where w.id in (select jsonb_array_elements_text(${JSON.stringify(workspaceIds)}::text::jsonb)::uuid)`);
  return [...rows].map((row) => ({
    workspaceId: row.id,
    weight: row.weight,
    maxRunning: row.max_running,
    gpuSecondsPerDay: row.gpu,
    servedAt: row.served ?? 0,
    turns: Number(row.turns ?? 0),
  }));
}

const demandColumns = {
  capability: jobs.capability,
  engineWanted: jobs.engineWanted,
  modelWanted: jobs.modelWanted,
  enginesTried: jobs.enginesTried,
  avoidAgents: jobs.avoidAgents,
  frames: jobs.frames,
  width: jobs.width,
  height: jobs.height,
  units: jobs.units,
};

/** A job that is with the work queue or an agent, or that is being called off. */
export type OutJob = Demand & {
  id: Id;
  workspaceId: Id;
  projectId: Id;
  lane: Lane;
  state: string;
  agentId: Id | null;
  isOut: boolean;
  isRecalled: boolean;
};

const outColumns = {
  ...demandColumns,
  id: jobs.id,
  workspaceId: jobs.workspaceId,
  projectId: jobs.projectId,
  lane: jobs.lane,
  state: jobs.state,
  agentId: jobs.agentId,
  isOut: sql<boolean>`${jobs.releasedAt} is not null`,
  isRecalled: sql<boolean>`${jobs.recallRequestedAt} is not null`,
};

/** Everything that is out of our hands, and what is being called off; a few jobs per slot of the fleet. */
export async function listOutJobs(db: DbOrTx): Promise<OutJob[]> {
  const rows = await db
    .select(outColumns)
    .from(jobs)
    .where(sql`finished_at is null and released_at is not null`)
    .unionAll(
      db
        .select(outColumns)
        .from(jobs)
        .where(
          sql`finished_at is null and released_at is null and state in ('leased', 'running', 'uploading', 'cancelling')`,
        ),
    );
  return rows.flatMap((row) => {
    const known = Capability.safeParse(row.capability);
    return known.success ? [{ ...row, capability: known.data, lane: row.lane as Lane }] : [];
  });
}

/** A job that may be released now. */
export type ReadyJob = Demand & {
  id: Id;
  workspaceId: Id;
  projectId: Id;
  lane: Lane;
  priority: number;
  place: number;
  seq: number;
};

/** How many jobs to read from the front of a line, and whether its oldest job too. */
export type LineWish = Line & { take: number; withOldest: boolean };

/**
 * The first jobs of each line whose pause is over and that an engine of these can do.
 * @returns each job once, in no order
 */
export async function readLines(
  db: DbOrTx,
  wishes: readonly LineWish[],
  offers: readonly Offer[],
): Promise<ReadyJob[]> {
  if (wishes.length === 0 || offers.length === 0) return [];
  const rows = await db.execute<Record<string, unknown>>(sql`
    with line as materialized (
      select l.* from jsonb_to_recordset(${JSON.stringify(wishes)}::text::jsonb)
        as l(capability text, lane text, "projectId" uuid, take int, "withOldest" boolean)
      join projects p on p.id = l."projectId" and p.queue_paused_at is null and p.deleted_at is null),
    offer as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(offers)}::text::jsonb)
        as o(capability text, engine text, models jsonb, "maxFrames" int, "maxPixels" bigint, "maxSeconds" real))
    select ${readyColumns} from line cross join lateral (
      select j.* from jobs j
      where ${isReady} and j.capability = line.capability and j.lane = line.lane and j.project_id = line."projectId"
        and ${isDue} and ${isOffered}
      order by j.priority desc nulls first, coalesce(j.place, j.seq::double precision) limit line.take) f
    ${wishes.some((wish) => wish.withOldest) ? theOldest : sql``}`);
  return [...rows].map((row) => ({ ...(row as unknown as ReadyJob), seq: Number(row["seq"]) }));
}

const readyColumns = sql.raw(
  `f.id, f.workspace_id as "workspaceId", f.project_id as "projectId", f.capability, f.lane, f.priority,
   coalesce(f.place, f.seq::double precision) as place, f.seq, f.engine_wanted as "engineWanted",
   f.model_wanted as "modelWanted", f.engines_tried as "enginesTried", f.avoid_agents as "avoidAgents",
   f.frames, f.width, f.height, f.units`,
);

const isDue = sql.raw(`(j.not_before is null or j.not_before <= now())`);

/** What no agent here can do must not hold up what lies behind it. The same question as `Room.take` asks. */
const isOffered = sql.raw(`exists (
  select 1 from offer o where o.capability = j.capability
    and (j.engine_wanted is null or j.engine_wanted = o.engine)
    and (j.model_wanted is null or o.models ? j.model_wanted)
    and (o."maxFrames" is null or j.frames is null or j.frames <= o."maxFrames")
    and (o."maxPixels" is null or j.width is null or j.height is null or j.width::bigint * j.height <= o."maxPixels")
    and (o."maxSeconds" is null or j.units is null or j.capability not like 'audio.%' or j.units <= o."maxSeconds"))`);

/** The oldest job of a line: that of each priority, from the highest down, without reading what lies between. */
const theOldest = sql`
    union
    select ${readyColumns} from line cross join lateral (
      with recursive step as (
        (select j.priority from jobs j
          where ${isReady} and j.capability = line.capability and j.lane = line.lane and j.project_id = line."projectId"
          order by j.priority desc nulls first limit 1)
        union all
        select lower.priority from step cross join lateral (
          select j.priority from jobs j
          where ${isReady} and j.capability = line.capability and j.lane = line.lane and j.project_id = line."projectId"
            and j.priority < step.priority
          order by j.priority desc nulls first limit 1) lower)
      select j.* from step cross join lateral (
        select j.* from jobs j
        where ${isReady} and j.capability = line.capability and j.lane = line.lane and j.project_id = line."projectId"
          and j.priority = step.priority and ${isDue} and ${isOffered}
        order by j.priority desc nulls first, coalesce(j.place, j.seq::double precision) limit 1) j
      order by j.seq limit 1) f
    where line."withOldest"`;

/**
 * Takes the right to release until the transaction ends, so that room and limits are counted once. A director that is
 * held up in its transaction loses it after two seconds. Nothing waits for the disk: a release that a crash takes back is
 * done again, and a job is claimed once however often its message comes. Plans are kept, for once: these statements name the
 * conditions of their indexes word for word, and to plan them takes longer than to run them.
 * @returns whether it is ours; else another director has it
 */
export async function takeReleasing(tx: DbOrTx): Promise<boolean> {
  const [row] = await tx.execute<{ mine: boolean }>(sql`
    select set_config('idle_in_transaction_session_timeout', '2s', true), set_config('synchronous_commit', 'off', true),
      set_config('plan_cache_mode', 'force_generic_plan', true),
      pg_try_advisory_xact_lock(hashtextextended('backlot release', 0)) as mine`);
  return row!.mine;
}

/**
 * Takes jobs out of the queue, for their messages to be published next. One that another director takes at this moment,
 * or that has changed since it was read, is left out; should the message not arrive, the sweep brings the job back.
 * @returns the rows in the order of `ids`
 */
export async function markReleased(db: DbOrTx, ids: readonly Id[]): Promise<JobRow[]> {
  if (ids.length === 0) return [];
  const given = sql`array(select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb)::uuid)`;
  const taken = sql`${jobs.id} = any(array(
    select id from jobs where id = any(${given}) and ${isReady} for update skip locked))`;
  const rows = await db
    .update(jobs)
    .set({ releasedAt: sql`now()`, recallRequestedAt: sql`null` })
    .where(taken)
    .returning();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Remembers turns. @param turns  how many each workspace had just now */
export async function recordTurns(db: DbOrTx, turns: ReadonlyMap<Id, number>): Promise<void> {
  if (turns.size === 0) return;
  const given = [...turns].map(([id, count]) => ({ id, count }));
  // In one order everywhere, so that two directors take the rows one after the other.
  await db.execute(sql`
    insert into workspace_turns (workspace_id, served_at, turns)
    select g.id, now(), g.count from jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb) as g(id uuid, count bigint)
    where exists (select 1 from workspaces w where w.id = g.id) order by g.id
    on conflict (workspace_id) do update
      set served_at = excluded.served_at, turns = workspace_turns.turns + excluded.turns`);
}

/**
 * A job whose message was taken out of the work queue before anybody had it waits again; one that somebody has begun
 * meanwhile goes on, and only the wish is over.
 */
export async function endRecall(db: DbOrTx, jobId: Id, isOut: boolean): Promise<void> {
  const released = isOut ? sql`released_at` : sql`case when state = 'queued' then null else released_at end`;
  await db
    .update(jobs)
    .set({ recallRequestedAt: null, releasedAt: released })
    .where(and(eq(jobs.id, jobId), sql`${jobs.recallRequestedAt} is not null`));
}
