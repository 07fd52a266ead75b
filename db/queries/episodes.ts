import { and, desc, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { episodes } from "#db/schema/episodes.ts";
import { jobAttempts, jobs } from "#db/schema/work.ts";
import { projectMembers, projects, workspaceMembers } from "#db/schema/workspace.ts";
import { Budget } from "#domain/episode/budget.ts";
import { KeptPlan } from "#domain/episode/plan.ts";
import { EpisodeState } from "#domain/episode/states.ts";
import type { Id } from "#domain/ids.ts";
import { viewJobs, type JobRow } from "./job-views.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";

export interface EpisodeRow {
  id: Id;
  workspaceId: Id;
  projectId: Id;
  worldKey: string;
  intent: string;
  /** As stored; how far its beats are is derived from their jobs. */
  state: EpisodeState;
  runId: Id | null;
  kept: KeptPlan | null;
  createdAt: Date;
  updatedAt: Date;
  /** Why it was terminated, or abandoned. */
  terminatedReason: string | null;
  budget: Budget | null;
}

export async function insertEpisode(
  tx: DbOrTx,
  episode: { workspaceId: Id; projectId: Id; worldKey: string; intent: string; createdBy: Id },
): Promise<EpisodeRow> {
  const { worldKey, ...values } = episode;
  const [row] = await tx
    .insert(episodes)
    .values({ ...values, worldId: worldKey })
    .returning();
  return readRow(row!);
}

/** @param episodeId  a UUID. @returns null when there is none, or its film was deleted */
export async function findEpisode(db: DbOrTx, episodeId: Id): Promise<EpisodeRow | null> {
  const [row] = await db
    .select({ episode: episodes })
    .from(episodes)
    .innerJoin(projects, eq(projects.id, episodes.projectId))
    .where(and(eq(episodes.id, episodeId), isNull(projects.deletedAt)));
  return row === undefined ? null : readRow(row.episode);
}

/** Holds the episode until the transaction ends: calls on one episode come one after the other. */
export async function lockEpisode(tx: DbOrTx, episodeId: Id): Promise<EpisodeRow> {
  const [row] = await tx.select().from(episodes).where(eq(episodes.id, episodeId)).for("update");
  if (row === undefined) throw new Error(`episode ${episodeId} is gone`);
  return readRow(row);
}

export async function changeEpisode(
  tx: DbOrTx,
  episodeId: Id,
  patch: {
    state: EpisodeState;
    kept?: KeptPlan;
    runId?: Id;
    terminatedReason?: string | null;
    budget?: Budget | null;
  },
): Promise<EpisodeRow> {
  const { kept, ...rest } = patch;
  const [row] = await tx
    .update(episodes)
    .set({
      ...rest,
      ...(kept === undefined ? {} : { plan: kept, planner: kept.by.planner }),
      updatedAt: sql`now()`,
    })
    .where(eq(episodes.id, episodeId))
    .returning();
  return readRow(row!);
}

export interface EpisodePage {
  workspaceId?: Id | undefined;
  limit: number;
  /** Only what began before this. */
  before?: { createdAt: string; id: string } | undefined;
}

/** To the millisecond, as a cursor has it: Postgres keeps more digits than it gives us. */
const began = sql`date_trunc('milliseconds', ${episodes.createdAt})`;

/** Episodes whose films a person may open, newest first. */
export async function listEpisodesFor(db: DbOrTx, userId: string, page: EpisodePage): Promise<EpisodeRow[]> {
  const rows = await db
    .select({ episode: episodes })
    .from(episodes)
    .innerJoin(projects, eq(projects.id, episodes.projectId))
    .leftJoin(
      workspaceMembers,
      and(eq(workspaceMembers.workspaceId, episodes.workspaceId), eq(workspaceMembers.userId, userId)),
    )
    .leftJoin(projectMembers, and(eq(projectMembers.projectId, episodes.projectId), eq(projectMembers.userId, userId)))
    .where(
      and(
        isNull(projects.deletedAt),
        or(isNotNull(workspaceMembers.role), isNotNull(projectMembers.role)),
        page.workspaceId === undefined ? undefined : eq(episodes.workspaceId, page.workspaceId),
        page.before === undefined
          ? undefined
          : sql`(${began}, ${episodes.id}) < (${page.before.createdAt}::timestamptz, ${page.before.id}::uuid)`,
      ),
    )
    .orderBy(desc(began), desc(episodes.id))
    .limit(page.limit);
  return rows.map((row) => readRow(row.episode));
}

/** The jobs that stand for beats now, by run and step: of a beat that was retried the one that took its place. */
export async function beatJobs(db: DbOrTx, runIds: readonly Id[]): Promise<JobView[]> {
  if (runIds.length === 0) return [];
  const rows: JobRow[] = await db
    .select()
    .from(jobs)
    .where(
      and(
        inArray(jobs.runId, [...runIds]),
        isNull(jobs.supersededBy),
        isNull(jobs.parentId),
        sql`${jobs.stepKey} ~ '^beat:[0-9]+$'`,
      ),
    )
    .orderBy(jobs.seq);
  return viewJobs(db, rows);
}

export interface AttemptRow {
  jobId: Id;
  /** `beat:1`, or `beat:1/chunk:0` of one that is made of parts. */
  stepKey: string;
  attempt: number;
  outcome: string | null;
  errorKind: string | null;
  errorMessage: string | null;
  engine: string | null;
  model: string | null;
  seconds: number | null;
  startedAt: Date;
  finishedAt: Date | null;
}

/** Everything that was tried in a run, retried steps included, in order; what only operators may see is left out. */
export async function attemptsOf(db: DbOrTx, runId: Id): Promise<AttemptRow[]> {
  const { jobId, attempt, outcome, errorKind, errorMessage, engine, model, seconds, startedAt, finishedAt } =
    jobAttempts;
  const rows = await db
    .select({
      ...{ jobId, stepKey: jobs.stepKey, attempt, outcome, errorKind, errorMessage },
      ...{ engine, model, seconds, startedAt, finishedAt },
    })
    .from(jobAttempts)
    .innerJoin(jobs, eq(jobs.id, jobId))
    .where(eq(jobs.runId, runId))
    .orderBy(jobs.seq, attempt);
  return rows.map((row) => ({ ...row, stepKey: row.stepKey ?? "" }));
}

function readRow(row: typeof episodes.$inferSelect): EpisodeRow {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    projectId: row.projectId,
    worldKey: row.worldId,
    intent: row.intent,
    state: EpisodeState.parse(row.state),
    runId: row.runId,
    kept: row.plan === null ? null : KeptPlan.parse(row.plan),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    terminatedReason: row.terminatedReason,
    budget: row.budget === null ? null : Budget.parse(row.budget),
  };
}
