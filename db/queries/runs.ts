import { and, eq, inArray, isNull } from "drizzle-orm";
import { v7 } from "uuid";
import type { DbOrTx } from "#db/client.ts";
import { jobs, runs } from "#db/schema/work.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import { Capability, RunKind } from "#domain/jobs/capabilities.ts";
import { checkGraph, type GraphNode } from "#domain/jobs/graph.ts";
import { isTerminal, JobState } from "#domain/jobs/lifecycle.ts";
import { RenderRequest } from "#domain/jobs/messages/render-request.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { type RunState, runState } from "#domain/jobs/run-steps.ts";
import { storable } from "#domain/storable-text.ts";
import { insertPlainRun } from "./insert-run.ts";
import { sizeOfRequest } from "./job-sizes.ts";
import { type JobRow, viewJobs } from "./job-views.ts";
import { recordEvents } from "./project-events.ts";
import { wakeDirector } from "./queue-notice.ts";
import { needGpuSeconds, studioLimits } from "./quota.ts";

export type NewRun = {
  workspaceId: Id;
  projectId: Id;
  kind: RunKind;
  title?: string;
  /** What was asked for, JSON. */
  params?: Record<string, unknown>;
  createdBy: Id | null;
  nodes: readonly GraphNode[];
};

/** A row has 26 values, and Postgres takes 65,535 in one statement. */
const rowsAtOnce = 500;

/**
 * Queues a graph of jobs, all or none, and wakes the director. May be called inside a transaction with what the jobs
 * belong to, as its last change: it locks the project's row.
 * @returns the jobs in the order of the nodes; their places in the queue are asked for by whoever lists jobs
 * @throws StudioError request/invalid when there is nothing to queue, a request does not parse, or the graph has knots;
 *   run/wrong-state when a job of an earlier run that a node names will never succeed; quota/exceeded when the workspace
 *   has used its seconds of rendering
 */
export async function createRun(db: DbOrTx, run: NewRun): Promise<{ runId: Id; jobs: JobView[] }> {
  if (run.nodes.length === 0) throw new StudioError("request/invalid", "There is nothing to render.");
  checkGraph(run.nodes);
  const nodes = run.nodes.map((node) => {
    const request = RenderRequest.safeParse(storable(node.request));
    if (!request.success)
      throw new StudioError("request/invalid", "The render request is not valid.", { details: request.error.issues });
    return { ...node, id: v7(), request: request.data };
  });
  const ids = new Map(nodes.flatMap((node) => (node.key === undefined ? [] : [[node.key, node.id] as const])));
  const runId = v7();
  const { workspaceId, projectId, kind, createdBy } = run;
  const row = {
    id: runId,
    workspaceId,
    projectId,
    kind,
    title: run.title ?? null,
    params: storable(run.params ?? {}),
    createdBy,
  };
  const valuesWith = (open: ReadonlySet<Id>) =>
    nodes.map((node) => {
      const inRun = [...new Set(node.dependsOn)].map((key) => ids.get(key)!);
      const earlier = [...new Set(node.dependsOnJobs)];
      return {
        id: node.id,
        runId,
        workspaceId,
        projectId,
        shotId: node.shotId ?? null,
        stepKey: node.key ?? null,
        parentId: node.part === undefined ? null : ids.get(node.part.head)!,
        partIndex: node.part?.index ?? null,
        partCount: node.part?.count ?? null,
        kind: node.kind,
        capability: Capability.parse(node.request.role),
        lane: node.lane,
        priority: node.priority ?? 0,
        dependsOn: [...inRun, ...earlier],
        blocked: inRun.length + earlier.filter((id) => open.has(id)).length,
        retryOf: node.retryOf ?? null,
        engineWanted: node.engineWanted ?? null,
        modelWanted: node.modelWanted ?? null,
        expiresAt: node.expiresAt ?? null,
        request: node.request,
        madeFrom: node.madeFrom === undefined ? null : storable(node.madeFrom),
        ...sizeOfRequest(node.request),
        createdBy,
      };
    });
  const isPlain =
    nodes.every((node) => node.part === undefined && (node.dependsOnJobs ?? []).length === 0) &&
    studioLimits().gpuSecondsPerDay === undefined;
  const plain = isPlain ? await insertPlainRun(db, row, valuesWith(new Set())) : null;
  if (plain !== null) return { runId, jobs: plain };
  await needGpuSeconds(db, workspaceId);
  return db.transaction(async (tx) => {
    await tx.insert(runs).values(row);
    const open = await openAmong(tx, projectId, new Set(nodes.flatMap((node) => node.dependsOnJobs ?? [])));
    const values = valuesWith(open);
    const rows: JobRow[] = [];
    for (let from = 0; from < values.length; from += rowsAtOnce)
      rows.push(
        ...(await tx
          .insert(jobs)
          .values(values.slice(from, from + rowsAtOnce))
          .returning()),
      );
    const views = await viewJobs(tx, rows);
    await recordEvents(
      tx,
      projectId,
      views.map((job) => ({ type: "job" as const, job })),
    );
    await wakeDirector(
      tx,
      rows.filter((row) => row.blocked === 0),
    );
    return { runId, jobs: views };
  });
}

/**
 * Which of the project's jobs a new job still has to wait for. They stay as they are until the transaction ends, so that
 * none of them succeeds unheard.
 */
async function openAmong(tx: DbOrTx, projectId: Id, jobIds: ReadonlySet<Id>): Promise<Set<Id>> {
  if (jobIds.size === 0) return new Set();
  const rows = await tx
    .select({ id: jobs.id, state: jobs.state })
    .from(jobs)
    .where(and(eq(jobs.projectId, projectId), inArray(jobs.id, [...jobIds])))
    .orderBy(jobs.seq)
    .for("share");
  if (rows.length < jobIds.size) throw new StudioError("request/invalid", "There is no job to wait for by that name.");
  const lost = rows.find((row) => isTerminal(JobState.parse(row.state)) && row.state !== "succeeded");
  if (lost !== undefined)
    throw new StudioError(
      "run/wrong-state",
      `A job that is ${lost.state} will never be done; nothing can wait for it.`,
    );
  return new Set(rows.filter((row) => row.state !== "succeeded").map((row) => row.id));
}

export type RunView = {
  id: Id;
  workspaceId: Id;
  projectId: Id;
  kind: RunKind;
  title?: string;
  /** What was asked for. */
  params: Record<string, unknown>;
  state: RunState;
  /** In [0, 1]: every job counts the same; of one that is made of parts, the whole. */
  progress: number;
  createdAt: string;
  /** In order of arrival; of a step that was retried the newest. */
  jobs: JobView[];
};

/** @returns the run with the jobs that count now, or null when there is none */
export async function getRun(db: DbOrTx, runId: Id): Promise<RunView | null> {
  const [run] = await db.select().from(runs).where(eq(runs.id, runId));
  if (run === undefined) return null;
  const rows = await db
    .select()
    .from(jobs)
    .where(and(eq(jobs.runId, runId), isNull(jobs.supersededBy)))
    .orderBy(jobs.seq);
  const views = await viewJobs(db, rows);
  const whole = views.filter((job) => job.part === undefined);
  return {
    id: run.id,
    workspaceId: run.workspaceId,
    projectId: run.projectId,
    kind: RunKind.parse(run.kind),
    ...(run.title === null ? {} : { title: run.title }),
    params: run.params,
    state: runState(views.map((job) => ({ state: job.state, isPart: job.part !== undefined }))),
    progress:
      whole.reduce((sum, job) => sum + (job.state === "succeeded" ? 1 : job.progress), 0) / Math.max(1, whole.length),
    createdAt: run.createdAt.toISOString(),
    jobs: views,
  };
}
