import { sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import { type Spent, whenBelow } from "#domain/jobs/quota.ts";

/** What a workspace may have unless its own row says otherwise; absent: no limit. */
export type StudioLimits = { maxRunning?: number | undefined; gpuSecondsPerDay?: number | undefined };

let limits: StudioLimits = {};

/** Tells this process the studio's limits, once, when it starts. */
export function setStudioLimits(given: StudioLimits): void {
  limits = given;
}

export function studioLimits(): StudioLimits {
  return limits;
}

/**
 * Checks that the workspace has work on agents left within 24 hours.
 * @throws StudioError quota/exceeded, which says when there is some again
 */
export async function needGpuSeconds(db: DbOrTx, workspaceId: Id): Promise<void> {
  const [own] = await db.execute<{ seconds: number | null }>(
    sql`select gpu_seconds_per_day as seconds from workspaces where id = ${workspaceId}`,
  );
  const limit = own?.seconds ?? limits.gpuSecondsPerDay;
  if (limit === undefined) return;
  const spent = await db.execute<{ seconds: number; at: number }>(sql`
    select ${secondsSoFar} as seconds, (extract(epoch from coalesce(a.finished_at, now())) * 1000)::float8 as at
    from job_attempts a join jobs j on j.id = a.job_id where ${isRecent} and j.workspace_id = ${workspaceId}`);
  const free = whenBelow(limit, [...spent] satisfies Spent[], Date.now());
  if (free === null) return;
  const usedSeconds = Math.round([...spent].reduce((sum, { seconds }) => sum + seconds, 0));
  const freesAt = free.at === null ? null : new Date(free.at).toISOString();
  throw new StudioError(
    "quota/exceeded",
    `The workspace has used ${usedSeconds} of its ${limit} seconds of rendering in 24 hours. ${
      freesAt === null ? "It may not render." : `It can render again at ${freesAt.slice(0, 16).replace("T", " ")} UTC.`
    }`,
    {
      details: {
        limitSeconds: limit,
        usedSeconds,
        freesAt,
        ...(free.at === null ? {} : { retryAfterSeconds: Math.max(1, Math.ceil((free.at - Date.now()) / 1000)) }),
      },
    },
  );
}

/** @returns seconds of work on agents within 24 hours, what is at work now with them, of those workspaces that had any */
export async function gpuSecondsSpent(db: DbOrTx, workspaceIds: readonly Id[]): Promise<Map<Id, number>> {
  if (workspaceIds.length === 0) return new Map();
  const rows = await db.execute<{ id: Id; seconds: number }>(sql`
    select j.workspace_id as id, sum(${secondsSoFar}) as seconds
    from job_attempts a join jobs j on j.id = a.job_id
    where ${isRecent}
      and j.workspace_id in (select jsonb_array_elements_text(${JSON.stringify(workspaceIds)}::text::jsonb)::uuid)
    group by j.workspace_id`);
  return new Map([...rows].map(({ id, seconds }) => [id, seconds]));
}

/** Of one attempt: what it took, or has taken by now. */
const secondsSoFar = sql.raw(`coalesce(a.seconds, extract(epoch from now() - a.started_at))::float8`);

/**
 * By the index `jobs_spent`. A job that is still open may have attempts that have ended. What is at work counts too:
 * otherwise a workspace with nothing left could go on handing out long jobs until the first of them ends.
 */
const isRecent = sql.raw(`j.started_at is not null
  and (j.finished_at > now() - interval '1 day' or j.finished_at is null)
  and (a.finished_at > now() - interval '1 day' and a.seconds > 0
    or a.finished_at is null and a.outcome is null and a.attempt = j.attempt
      and j.state in ('leased', 'running', 'uploading', 'cancelling'))`);
