import { eq } from "drizzle-orm";
import { v7 } from "uuid";
import type { DbOrTx } from "#db/client.ts";
import { jobs, runs } from "#db/schema/work.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import { Capability, JobKind, Lane } from "#domain/jobs/capabilities.ts";
import { isTerminal, JobState } from "#domain/jobs/lifecycle.ts";
import { type JobView, RenderRequest } from "#domain/jobs/messages.ts";
import { storable } from "#domain/storable-text.ts";
import { getJobRow, viewJobs, wakeDirector } from "./jobs.ts";
import { recordEvent } from "./project-events.ts";

/** A job to be queued. `id` (a UUID) is only needed where another one depends on it. */
export type NewJob = {
  id?: Id;
  kind: JobKind;
  lane: Lane;
  shotId?: Id;
  /** Higher goes first within its workspace; 0 unless said. */
  priority?: number;
  /** Jobs that must have succeeded first. */
  dependsOn?: Id[];
  retryOf?: Id;
  /** Its role is the capability asked for. */
  request: RenderRequest;
};

export type NewRun = { workspaceId: Id; projectId: Id; kind: string; createdBy: Id | null; jobs: NewJob[] };

/**
 * Queues jobs, all or none, and wakes the director. May be called inside a transaction with what the jobs belong to.
 * @throws StudioError request/invalid when there is nothing to queue or a request does not parse
 */
export async function createRun(db: DbOrTx, run: NewRun): Promise<{ runId: Id; jobs: JobView[] }> {
  if (run.jobs.length === 0) throw new StudioError("request/invalid", "There is nothing to render.");
  const values = run.jobs.map((job) => {
    const request = RenderRequest.safeParse(storable(job.request));
    if (!request.success)
      throw new StudioError("request/invalid", "The render request is not valid.", { details: request.error.issues });
    return { ...job, request: request.data, capability: Capability.parse(request.data.role) };
  });
  return db.transaction(async (tx) => {
    const runId = v7();
    await tx.insert(runs).values({
      id: runId,
      workspaceId: run.workspaceId,
      projectId: run.projectId,
      kind: run.kind,
      createdBy: run.createdBy,
    });
    const rows = await tx
      .insert(jobs)
      .values(
        values.map((job) => ({
          ...(job.id === undefined ? {} : { id: job.id }),
          runId,
          workspaceId: run.workspaceId,
          projectId: run.projectId,
          shotId: job.shotId ?? null,
          kind: job.kind,
          capability: job.capability,
          lane: job.lane,
          priority: job.priority ?? 0,
          dependsOn: job.dependsOn ?? [],
          retryOf: job.retryOf ?? null,
          request: job.request,
          createdBy: run.createdBy,
        })),
      )
      .returning();
    const views = await viewJobs(tx, rows);
    for (const view of views) await recordEvent(tx, run.projectId, { type: "job", job: view });
    await wakeDirector(tx);
    return { runId, jobs: views };
  });
}

export type RunState = "queued" | "running" | "succeeded" | "partial" | "failed" | "cancelled";
export type RunView = { id: Id; projectId: Id; kind: string; state: RunState; createdAt: string; jobs: JobView[] };

/** @returns the run with its jobs, or null when there is none */
export async function getRun(db: DbOrTx, runId: Id): Promise<RunView | null> {
  const [run] = await db.select().from(runs).where(eq(runs.id, runId));
  if (run === undefined) return null;
  const views = await viewJobs(db, await db.select().from(jobs).where(eq(jobs.runId, runId)).orderBy(jobs.seq));
  return {
    id: run.id,
    projectId: run.projectId,
    kind: run.kind,
    state: runState(views.map((job) => job.state)),
    createdAt: run.createdAt.toISOString(),
    jobs: views,
  };
}

/** A run has no state of its own: it is what its jobs are. */
export function runState(states: JobState[]): RunState {
  if (states.every((state) => state === "queued")) return "queued";
  if (!states.every(isTerminal)) return "running";
  if (states.every((state) => state === "succeeded")) return "succeeded";
  if (states.some((state) => state === "succeeded")) return "partial";
  return states.some((state) => state === "failed" || state === "expired") ? "failed" : "cancelled";
}

/**
 * A person's retry: a new job, in a run of its own, that names the one it repeats.
 * @throws StudioError thing/not-found; job/wrong-state while it has not ended, or when it succeeded
 */
export async function retryJob(db: DbOrTx, jobId: Id, createdBy: Id | null): Promise<JobView> {
  const row = await getJobRow(db, jobId);
  if (row === null) throw new StudioError("thing/not-found", "There is no such job.");
  const state = JobState.parse(row.state);
  if (!isTerminal(state) || state === "succeeded") {
    throw new StudioError(
      "job/wrong-state",
      `The job is ${state}; only a failed, cancelled or expired job can be retried.`,
    );
  }
  const { jobs: made } = await createRun(db, {
    workspaceId: row.workspaceId,
    projectId: row.projectId,
    kind: "retry",
    createdBy,
    jobs: [
      {
        kind: JobKind.parse(row.kind),
        lane: Lane.parse(row.lane),
        ...(row.shotId === null ? {} : { shotId: row.shotId }),
        priority: row.priority,
        retryOf: row.id,
        request: RenderRequest.parse(row.request),
      },
    ],
  });
  return made[0]!;
}
