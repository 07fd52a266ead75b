import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { v7 } from "uuid";
import type { DbOrTx } from "#db/client.ts";
import { jobs, runs } from "#db/schema/work.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import { JobKind, Lane } from "#domain/jobs/capabilities.ts";
import { isTerminal, JobState } from "#domain/jobs/lifecycle.ts";
import { RenderRequest } from "#domain/jobs/messages/render-request.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { stepsToRedo } from "#domain/jobs/run-steps.ts";
import { lockRow } from "./job-moves.ts";
import { type JobRow, viewJob, viewJobs } from "./job-views.ts";
import { recordEvents } from "./project-events.ts";
import { wakeDirector } from "./queue-notice.ts";
import { needGpuSeconds } from "./quota.ts";
import { createRun, getRun, type RunView } from "./runs.ts";

/**
 * Does the steps of a run again that ended without success, as new jobs in the same run; what succeeded is used as it
 * is. Asked again while they are under way, it answers with the run as it stands.
 * @param steps  keys of steps to do again even if they succeeded, with everything that waits for them
 * @returns null when there is no such run
 * @throws StudioError run/wrong-state, thing/not-found as `stepsToRedo`; quota/exceeded as for any new work
 */
export async function retryRun(
  db: DbOrTx,
  runId: Id,
  createdBy: Id | null,
  { steps }: { steps?: readonly string[] } = {},
): Promise<RunView | null> {
  return db.transaction(async (tx) => {
    if (!(await lockRun(tx, runId))) return null;
    const rows = await lockSteps(tx, runId);
    await redo(tx, rows, stepsToRedo(rows, steps), createdBy);
    await tx.update(runs).set({ cancelRequestedAt: null }).where(eq(runs.id, runId));
    return getRun(tx, runId);
  });
}

/**
 * A person's retry: a new job that names the one it repeats. Of a job by itself it is in a run of its own; a step of a
 * run is done again in its run, with what else is needed for it and what waits for it. While the new one is open,
 * asking again answers with it.
 * @throws StudioError thing/not-found; job/wrong-state while it has not ended, when it succeeded, or when another has its
 *   place already; run/wrong-state while a step next to it is under way
 */
export async function retryJob(db: DbOrTx, jobId: Id, createdBy: Id | null): Promise<JobView> {
  return db.transaction(async (tx) => {
    // The run first, as everything that changes its steps does: two clicks are two turns.
    const [found] = await tx.select({ runId: jobs.runId }).from(jobs).where(eq(jobs.id, jobId));
    if (found !== undefined) await lockRun(tx, found.runId);
    const row = found === undefined ? null : await lockRow(tx, jobId);
    if (row === null) throw new StudioError("thing/not-found", "There is no such job.");
    if (!isTerminal(row.state) || row.state === "succeeded") {
      throw new StudioError(
        "job/wrong-state",
        `The job is ${row.state}; only a failed, cancelled or expired job can be retried.`,
      );
    }
    const [open] = await tx
      .select()
      .from(jobs)
      .where(and(eq(jobs.retryOf, row.id), isNull(jobs.finishedAt)));
    if (open !== undefined) return viewJob(tx, open);
    if (row.supersededBy !== null)
      throw new StudioError(
        "job/wrong-state",
        "The job was retried already, and that has ended, too: retry the newer.",
      );
    return row.stepKey === null && row.dependsOn.length === 0
      ? retryAlone(tx, row, createdBy)
      : retryStep(tx, row, createdBy);
  });
}

/** @returns the job that has its place now */
async function retryStep(tx: DbOrTx, row: JobRow, createdBy: Id | null): Promise<JobView> {
  const rows = await lockSteps(tx, row.runId);
  // A step without a key is named by its job here, and only here.
  const steps = rows.map((one) => ({ ...one, stepKey: one.stepKey ?? one.id }));
  const chosen = new Set(stepsToRedo(steps, [row.stepKey ?? row.id]).map((one) => one.id));
  const made = await redo(
    tx,
    rows,
    rows.filter((one) => chosen.has(one.id)),
    createdBy,
  );
  await tx.update(runs).set({ cancelRequestedAt: null }).where(eq(runs.id, row.runId));
  return made.find((job) => job.retryOf === row.id)!;
}

async function retryAlone(tx: DbOrTx, row: JobRow, createdBy: Id | null): Promise<JobView> {
  const { jobs: made } = await createRun(tx, {
    workspaceId: row.workspaceId,
    projectId: row.projectId,
    kind: "retry",
    createdBy,
    nodes: [
      {
        kind: JobKind.parse(row.kind),
        lane: Lane.parse(row.lane),
        ...(row.shotId === null ? {} : { shotId: row.shotId }),
        ...(row.engineWanted === null ? {} : { engineWanted: row.engineWanted }),
        ...(row.modelWanted === null ? {} : { modelWanted: row.modelWanted }),
        priority: row.priority,
        retryOf: row.id,
        request: RenderRequest.parse(row.request),
        ...(row.madeFrom === null ? {} : { madeFrom: row.madeFrom }),
      },
    ],
  });
  return made[0]!;
}

/** Whoever changes the steps of a run waits here for whoever does so now. @returns whether there is such a run */
async function lockRun(tx: DbOrTx, runId: Id): Promise<boolean> {
  return (await tx.select({ id: runs.id }).from(runs).where(eq(runs.id, runId)).for("update")).length > 0;
}

/** The run's jobs that count now, in order of arrival, locked. */
async function lockSteps(tx: DbOrTx, runId: Id): Promise<(JobRow & { state: JobState })[]> {
  const rows = await tx
    .select()
    .from(jobs)
    .where(and(eq(jobs.runId, runId), isNull(jobs.supersededBy)))
    .orderBy(jobs.seq)
    .for("update");
  return rows.map((row) => ({ ...row, state: JobState.parse(row.state) }));
}

/** Puts new jobs in the place of these, waiting for each other as they did. @returns them, in the same order */
async function redo(
  tx: DbOrTx,
  all: readonly (JobRow & { state: JobState })[],
  chosen: readonly JobRow[],
  createdBy: Id | null,
): Promise<JobView[]> {
  const [first] = chosen;
  if (first === undefined) return [];
  await needGpuSeconds(tx, first.workspaceId);
  const newIds = new Map(chosen.map((row) => [row.id, v7()]));
  const now = (id: Id) => newIds.get(id) ?? id;
  const succeeded = await succeededAmong(tx, all, chosen);
  const superseded: JobRow[] = [];
  for (const [oldId, newId] of newIds)
    superseded.push(...(await tx.update(jobs).set({ supersededBy: newId }).where(eq(jobs.id, oldId)).returning()));
  const made = await tx
    .insert(jobs)
    .values(
      chosen.map((row) => ({
        id: now(row.id),
        runId: row.runId,
        workspaceId: row.workspaceId,
        projectId: row.projectId,
        shotId: row.shotId,
        stepKey: row.stepKey,
        parentId: row.parentId === null ? null : now(row.parentId),
        partIndex: row.partIndex,
        partCount: row.partCount,
        kind: row.kind,
        capability: row.capability,
        lane: row.lane,
        priority: row.priority,
        dependsOn: row.dependsOn.map(now),
        blocked: row.dependsOn.filter((id) => newIds.has(id) || !succeeded.has(id)).length,
        retryOf: row.id,
        engineWanted: row.engineWanted,
        modelWanted: row.modelWanted,
        request: row.request,
        madeFrom: row.madeFrom,
        frames: row.frames,
        width: row.width,
        height: row.height,
        units: row.units,
        createdBy,
      })),
    )
    .returning();
  // Parts that are kept belong to the new head.
  for (const row of chosen) {
    await tx
      .update(jobs)
      .set({ parentId: now(row.id) })
      .where(and(eq(jobs.parentId, row.id), isNull(jobs.supersededBy)));
  }
  const views = await viewJobs(tx, [...superseded, ...made]);
  await recordEvents(
    tx,
    first.projectId,
    views.map((job) => ({ type: "job" as const, job })),
  );
  await wakeDirector(
    tx,
    made.filter((row) => row.blocked === 0),
  );
  return views.slice(superseded.length);
}

/**
 * Which of the jobs that these wait for have succeeded; of other runs, too.
 * @throws StudioError run/wrong-state when one of another run never will
 */
async function succeededAmong(
  tx: DbOrTx,
  all: readonly (JobRow & { state: JobState })[],
  chosen: readonly JobRow[],
): Promise<Set<Id>> {
  const known = new Map(all.map((row) => [row.id, row.state]));
  const elsewhere = [...new Set(chosen.flatMap((row) => row.dependsOn))].filter((id) => !known.has(id));
  if (elsewhere.length > 0) {
    const rows = await tx
      .select({ id: jobs.id, state: jobs.state })
      .from(jobs)
      .where(inArray(jobs.id, elsewhere))
      .orderBy(sql`${jobs.seq}`)
      .for("share");
    for (const row of rows) {
      const state = JobState.parse(row.state);
      if (isTerminal(state) && state !== "succeeded")
        throw new StudioError(
          "run/wrong-state",
          `A job of an earlier run that this waits for is ${state}; retry that.`,
        );
      known.set(row.id, state);
    }
  }
  return new Set([...known].flatMap(([id, state]) => (state === "succeeded" ? [id] : [])));
}
