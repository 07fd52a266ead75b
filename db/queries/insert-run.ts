import { sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import type { MadeFrom } from "#domain/film/made-from.ts";
import type { Id } from "#domain/ids.ts";
import type { Capability, JobKind, Lane, RunKind } from "#domain/jobs/capabilities.ts";
import type { RenderRequest } from "#domain/jobs/messages/render-request.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import type { JobSize } from "./job-sizes.ts";
import { eventsChannel } from "./project-events.ts";
import { noticeOf, jobsChannel } from "./queue-notice.ts";

/** A run whose jobs are no parts of each other and wait for nothing outside of it. */
export type PlainRun = {
  id: Id;
  workspaceId: Id;
  projectId: Id;
  kind: RunKind;
  title: string | null;
  params: Record<string, unknown>;
  createdBy: Id | null;
};

/** A new row of `jobs`, by the names of the table's columns in camel case. */
export type NewJob = JobSize & {
  id: Id;
  runId: Id;
  workspaceId: Id;
  projectId: Id;
  shotId: Id | null;
  stepKey: string | null;
  kind: JobKind;
  capability: Capability;
  lane: Lane;
  priority: number;
  dependsOn: Id[];
  blocked: number;
  retryOf: Id | null;
  engineWanted: string | null;
  modelWanted: string | null;
  expiresAt: Date | null;
  request: RenderRequest;
  madeFrom: MadeFrom | null;
  createdBy: Id | null;
};

/**
 * Queues a plain run in one statement, and so in one round trip: run, jobs, what the editors are told, and the notices
 * that wake the directors. Enqueuing is what people wait for, and each round trip costs as much as all the rest of it.
 * @returns the jobs as everybody sees them; null, and nothing is queued, when the workspace has a limit of its own on
 *   seconds of rendering, which has to be looked at first
 */
export async function insertPlainRun(db: DbOrTx, run: PlainRun, jobs: readonly NewJob[]): Promise<JobView[] | null> {
  const views = jobs.map(viewNew);
  const events = views.map((job) => ({ type: "job", job }));
  const [queued] = await db.execute<{ at: string; places: Record<Id, number> }>(sql`
    with allowed as (
      select id from workspaces where id = ${run.workspaceId} and gpu_seconds_per_day is null),
    begun as (
      insert into runs (id, workspace_id, project_id, kind, title, params, created_by)
      select ${run.id}::uuid, allowed.id, ${run.projectId}::uuid, ${run.kind}::text, ${run.title}::text,
        ${JSON.stringify(run.params)}::text::jsonb, ${run.createdBy}::text
      from allowed returning id, workspace_id, project_id, created_by),
    made as (
      insert into jobs (id, run_id, workspace_id, project_id, shot_id, step_key, kind, capability, lane, priority,
        depends_on, blocked, retry_of, engine_wanted, model_wanted, expires_at, request, made_from, frames, width, height,
        units, created_by)
      select n.id, begun.id, begun.workspace_id, begun.project_id, n."shotId", n."stepKey", n.kind, n.capability, n.lane,
        n.priority, n."dependsOn", n.blocked, n."retryOf", n."engineWanted", n."modelWanted", n."expiresAt", n.request,
        n."madeFrom", n.frames, n.width, n.height, n.units, begun.created_by
      from begun, rows from (jsonb_to_recordset(${JSON.stringify(jobs)}::text::jsonb) as (
        id uuid, "shotId" text, "stepKey" text, kind text, capability text, lane text, priority int, "dependsOn" uuid[],
        blocked int, "retryOf" uuid, "engineWanted" text, "modelWanted" text, "expiresAt" timestamptz, request jsonb,
        "madeFrom" jsonb, frames int, width int, height int, units real)) with ordinality as n
      order by n.ordinality returning id, seq),
    given as (
      update projects set event_position = event_position + ${events.length}::int from begun
      where projects.id = begun.project_id
      returning event_position - ${events.length}::int as before, event_position as last,
        to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at),
    kept as (
      insert into project_events (project_id, position, type, payload)
      select ${run.projectId}::uuid, given.before + e.ord, 'job',
        jsonb_set(jsonb_set(e.event, '{job,createdAt}', to_jsonb(given.at)), '{job,place}', to_jsonb(made.seq))
      from given, jsonb_array_elements(${JSON.stringify(events)}::text::jsonb) with ordinality as e (event, ord)
        join made on made.id = (e.event -> 'job' ->> 'id')::uuid
      order by e.ord)
    select at, (select jsonb_object_agg(id, seq) from made) as places, pg_notify(${eventsChannel}, concat_ws(' ', ${run.projectId}::text, before + 1, last)),
      pg_notify(${jobsChannel}, ${noticeOf(jobs.filter((job) => job.blocked === 0))})
    from given`);
  if (queued === undefined) return null;
  return views.map((job) => ({ ...job, createdAt: queued.at, place: queued.places[job.id] ?? 0 }));
}

/** What `viewJobs` says of the row, without reading it back. */
function viewNew(job: NewJob): JobView {
  return {
    id: job.id,
    runId: job.runId,
    projectId: job.projectId,
    ...(job.shotId === null ? {} : { shotId: job.shotId }),
    ...(job.stepKey === null ? {} : { stepKey: job.stepKey }),
    kind: job.kind,
    capability: job.capability,
    state: "queued",
    progress: 0,
    attempt: 0,
    priority: job.priority,
    ...(job.retryOf === null ? {} : { retryOf: job.retryOf }),
    createdAt: "",
    ...(job.createdBy === null ? {} : { createdBy: job.createdBy }),
    artifacts: [],
  };
}
