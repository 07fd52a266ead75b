import { readFileSync } from "node:fs";
import type { Sql } from "#db/client.ts";
import type { Heard } from "./editor.ts";
import type { Ground } from "./ground.ts";

/** Everything that is left of a run, as it lies in Postgres, the store and the broker. Times in ms since the epoch. */
export type Snapshot = {
  jobs: JobFact[];
  attempts: AttemptFact[];
  artifacts: ArtifactFact[];
  /** Assets of the projects that no job claims. */
  strayAssets: string[];
  takes: { jobId: string | null; shotId: string; number: number }[];
  /** What editors were told about each job, in order. */
  told: { jobId: string; state: string }[];
  /** Projects whose event positions have a hole. */
  gaps: string[];
  runTitles: string[];
  renders: Render[];
  /** What somebody who had a workspace's film open all the time came to know of its jobs. */
  editor: { workspace: number; heard: readonly Heard[] };
  /** What still lies with the broker. */
  leftInQueue: number;
  unrecorded: number;
};
export type JobFact = {
  id: string;
  workspace: number;
  lane: "interactive" | "batch";
  shotId: string | null;
  prompt: string;
  state: string;
  attempt: number;
  dependsOn: string[];
  errorCode: string | null;
  createdAt: number;
  isFinished: boolean;
  isCancelWished: boolean;
};
export type AttemptFact = {
  jobId: string;
  attempt: number;
  claim: string | null;
  agent: string;
  outcome: string | null;
  errorMessage: string | null;
  leasedAt: number;
};
export type ArtifactFact = {
  jobId: string;
  role: string;
  /** What the store holds under its key; null when there is nothing. */
  storedBytes: number | null;
  bytes: number;
  hashIsRight: boolean;
};
/** One run of an engine; `end` null when it never said. */
export type Render = { jobId: string; attempt: number; agent: string; begin: number; end: number | null };

export async function takeSnapshot(
  ground: Ground,
  workspaceOf: ReadonlyMap<string, number>,
  seen: Pick<Snapshot, "leftInQueue" | "unrecorded" | "editor">,
): Promise<Snapshot> {
  const { sql } = ground.handle;
  const jobs = await sql<(Omit<JobFact, "workspace"> & { workspaceId: string })[]>`
    select id, workspace_id as "workspaceId", lane, shot_id as "shotId", coalesce(request->>'prompt', '') as prompt, state,
      attempt, depends_on as "dependsOn", error_code as "errorCode", (extract(epoch from created_at) * 1000)::float8 as "createdAt",
      finished_at is not null as "isFinished", cancel_requested_at is not null as "isCancelWished"
    from jobs order by seq`;
  const attempts = await sql<AttemptFact[]>`
    select job_id as "jobId", attempt, claim, agent_id as agent, outcome, error_message as "errorMessage",
      (extract(epoch from coalesce(leased_at, started_at)) * 1000)::float8 as "leasedAt"
    from job_attempts order by job_id, attempt`;
  const gaps = await sql<{ id: string }[]>`
    select project_id as id from project_events group by project_id
    having count(*) <> max(position) or min(position) <> 1`;
  return {
    jobs: jobs.map(({ workspaceId, ...job }) => ({ ...job, workspace: workspaceOf.get(workspaceId) ?? -1 })),
    attempts,
    artifacts: await readArtifacts(ground),
    strayAssets: (
      await sql<{ id: string }[]>`select id from assets a
        where not exists (select 1 from job_artifacts j where j.asset_id = a.id)`
    ).map((row) => row.id),
    takes: await sql<Snapshot["takes"]>`select job_id as "jobId", shot_id as "shotId", number from takes`,
    told: await sql<Snapshot["told"]>`
      select payload->'job'->>'id' as "jobId", payload->'job'->>'state' as state
      from project_events where type = 'job' order by project_id, position`,
    gaps: gaps.map((row) => row.id),
    runTitles: await readTitles(sql),
    renders: readLedger(ground.ledgerFile),
    ...seen,
  };
}

async function readTitles(sql: Sql): Promise<string[]> {
  return (await sql<{ title: string }[]>`select title from runs where title is not null`).map((row) => row.title);
}

async function readArtifacts({ handle, store }: Ground): Promise<ArtifactFact[]> {
  const rows = await handle.sql<{ jobId: string; role: string; bytes: string; sha256: string; key: string }[]>`
    select j.job_id as "jobId", j.role, a.bytes, a.sha256, a.object_key as key
    from job_artifacts j join assets a on a.id = j.asset_id`;
  const looked = new Map<string, { bytes: number | null; hash: string }>();
  const facts: ArtifactFact[] = [];
  for (const row of rows) {
    if (!looked.has(row.key)) {
      const stored = await store.store.head(row.key);
      looked.set(row.key, {
        bytes: stored?.bytes ?? null,
        hash: stored === null ? "" : await store.store.hash(row.key),
      });
    }
    const { bytes, hash } = looked.get(row.key)!;
    facts.push({
      jobId: row.jobId,
      role: row.role,
      bytes: Number(row.bytes),
      storedBytes: bytes,
      hashIsRight: hash === row.sha256,
    });
  }
  return facts;
}

function readLedger(file: string): Render[] {
  const open = new Map<string, Render>();
  const renders: Render[] = [];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line === "") continue;
    const said = JSON.parse(line) as { what: string; jobId: string; attempt: number; at: number; agent: string };
    const key = `${said.agent} ${said.jobId} ${said.attempt}`;
    if (said.what === "begin") {
      const render = { jobId: said.jobId, attempt: said.attempt, agent: said.agent, begin: said.at, end: null };
      open.set(key, render);
      renders.push(render);
    } else {
      const render = open.get(key);
      if (render !== undefined) render.end = said.at;
    }
  }
  return renders;
}
