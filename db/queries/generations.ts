import { and, asc, eq, isNull } from "drizzle-orm";
import type { Db, DbOrTx } from "#db/client.ts";
import { jobs, runs } from "#db/schema/work.ts";
import { projects } from "#db/schema/workspace.ts";
import type { Id } from "#domain/ids.ts";
import type { GraphNode } from "#domain/jobs/graph.ts";
import type { JobView } from "#domain/jobs/messages.ts";
import { type GenerationStage, GenerationStage as AnyStage } from "#domain/jobs/stages.ts";
import { viewJobs } from "./job-views.ts";
import { createRun } from "./runs.ts";

export type StageView = { stage: GenerationStage; job: JobView };

/** A generation is a run; its id is the run's. */
export type GenerationView = {
  id: Id;
  projectId: Id;
  workspaceId: Id;
  /** What was asked for, as the route parsed it. */
  params: Record<string, unknown>;
  createdAt: Date;
  /** In the order of the stages; of one that was done anew the newest. */
  stages: StageView[];
};

/**
 * Queues a generation, in a project of its own that no list shows.
 * @returns its id
 */
export async function insertGeneration(
  db: Db,
  order: {
    workspaceId: Id;
    createdBy: Id;
    title: string;
    params: Record<string, unknown>;
    nodes: readonly GraphNode[];
  },
): Promise<Id> {
  const { workspaceId, createdBy, title, params, nodes } = order;
  return db.transaction(async (tx) => {
    const [project] = await tx
      .insert(projects)
      .values({ workspaceId, title, createdBy, purpose: "generation" })
      .returning({ id: projects.id });
    if (project === undefined) throw new Error("insert without a row");
    const { runId } = await createRun(tx, {
      workspaceId,
      projectId: project.id,
      kind: "generation",
      title,
      params,
      createdBy,
      nodes,
    });
    return runId;
  });
}

/** @returns null when there is none. @param id  a UUID */
export async function findGeneration(db: DbOrTx, id: Id): Promise<GenerationView | null> {
  const [run] = await db
    .select()
    .from(runs)
    .where(and(eq(runs.id, id), eq(runs.kind, "generation")));
  if (run === undefined) return null;
  const rows = await db
    .select()
    .from(jobs)
    .where(and(eq(jobs.runId, id), isNull(jobs.supersededBy)))
    .orderBy(asc(jobs.seq));
  const views = await viewJobs(db, rows);
  return {
    id: run.id,
    projectId: run.projectId,
    workspaceId: run.workspaceId,
    params: run.params,
    createdAt: run.createdAt,
    stages: AnyStage.options.flatMap((stage) => {
      const job = views.findLast((view) => view.stepKey === stage);
      return job === undefined ? [] : [{ stage, job }];
    }),
  };
}
