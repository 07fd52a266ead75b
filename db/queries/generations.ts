import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Db, DbOrTx } from "#db/client.ts";
import { jobs, runs } from "#db/schema/work.ts";
import { projects, workspaceMembers } from "#db/schema/workspace.ts";
import type { GivenBrief } from "#domain/generation/brief.ts";
import type { Id } from "#domain/ids.ts";
import type { GraphNode } from "#domain/jobs/graph.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { type GenerationStage, generationStages } from "#domain/jobs/stages.ts";
import { storable } from "#domain/storable-text.ts";
import { viewJobs } from "./job-views.ts";
import { wakeDirector } from "./queue-notice.ts";
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
 * @param order.heldUntil  when its planning begins at the latest: until then somebody may give it a brief
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
    heldUntil?: Date | undefined;
  },
): Promise<Id> {
  const { workspaceId, createdBy, title, params, nodes, heldUntil } = order;
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
    if (heldUntil !== undefined)
      await tx
        .update(jobs)
        .set({ notBefore: heldUntil })
        .where(and(eq(jobs.runId, runId), eq(jobs.stepKey, "planning")));
    return runId;
  });
}

/**
 * Lets the planning of a generation begin, with a brief or without one. Once it has begun nothing changes any more.
 * @param told  what of it people are told with the generation
 * @returns false when it has begun already, or was called off
 */
export async function endHold(
  db: Db,
  id: Id,
  told: { planner: string; planner_note?: string },
  given: GivenBrief | null,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const held = await tx
      .update(jobs)
      .set({
        notBefore: null,
        ...(given === null
          ? {}
          : { request: sql`${jobs.request} || ${JSON.stringify({ given: storable(given) })}::text::jsonb` }),
      })
      .where(
        and(
          eq(jobs.runId, id),
          eq(jobs.stepKey, "planning"),
          eq(jobs.state, "queued"),
          isNull(jobs.releasedAt),
          isNotNull(jobs.notBefore),
        ),
      )
      .returning();
    if (held.length === 0) return false;
    await tx
      .update(runs)
      .set({ params: sql`${runs.params} || ${JSON.stringify(storable(told))}::text::jsonb` })
      .where(eq(runs.id, id));
    await wakeDirector(tx, held);
    return true;
  });
}

/**
 * Ends the link of a generation's viewer: the next one is another.
 * @returns what was asked for, as it is kept now
 */
export async function renewViewer(db: DbOrTx, id: Id): Promise<Record<string, unknown>> {
  const [row] = await db
    .update(runs)
    .set({
      params: sql`${runs.params} || jsonb_build_object('viewEpoch', coalesce((${runs.params} ->> 'viewEpoch')::int, 0) + 1)`,
    })
    .where(and(eq(runs.id, id), eq(runs.kind, "generation")))
    .returning({ params: runs.params });
  if (row === undefined) throw new Error("a generation without its row");
  return row.params;
}

/** @returns null when there is none, or its project is deleted. @param id  a UUID */
export async function findGeneration(db: DbOrTx, id: Id): Promise<GenerationView | null> {
  const rows = await db
    .select({ run: runs })
    .from(runs)
    .innerJoin(projects, eq(projects.id, runs.projectId))
    .where(and(eq(runs.id, id), eq(runs.kind, "generation"), isNull(projects.deletedAt)));
  const found = await viewGenerations(
    db,
    rows.map(({ run }) => run),
  );
  return found[0] ?? null;
}

/** Generations of the workspaces a person is in, newest first. @param page.before  id of the last one they have seen */
export async function listGenerationsFor(
  db: DbOrTx,
  userId: Id,
  page: { workspaceId?: Id | undefined; limit: number; before?: Id | undefined },
): Promise<GenerationView[]> {
  const rows = await db
    .select({ run: runs })
    .from(projects)
    .innerJoin(
      workspaceMembers,
      and(eq(workspaceMembers.workspaceId, projects.workspaceId), eq(workspaceMembers.userId, userId)),
    )
    .innerJoin(runs, and(eq(runs.projectId, projects.id), eq(runs.kind, "generation")))
    .where(
      and(
        eq(projects.purpose, "generation"),
        isNull(projects.deletedAt),
        page.workspaceId === undefined ? undefined : eq(projects.workspaceId, page.workspaceId),
        page.before === undefined ? undefined : lt(runs.id, page.before),
      ),
    )
    .orderBy(desc(runs.id))
    .limit(page.limit);
  return viewGenerations(
    db,
    rows.map(({ run }) => run),
  );
}

async function viewGenerations(db: DbOrTx, rows: readonly (typeof runs.$inferSelect)[]): Promise<GenerationView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const steps = await db
    .select()
    .from(jobs)
    .where(and(inArray(jobs.runId, ids), isNull(jobs.supersededBy)))
    .orderBy(asc(jobs.seq));
  const views = await viewJobs(db, steps);
  return rows.map(({ id, projectId, workspaceId, params, createdAt }) => ({
    id,
    projectId,
    workspaceId,
    params,
    createdAt,
    stages: generationStages.flatMap((stage) => {
      const job = views.findLast((view) => view.runId === id && view.stepKey === stage);
      return job === undefined ? [] : [{ stage, job }];
    }),
  }));
}
