import { and, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { assets, jobArtifacts, jobAttempts, jobs, takes } from "#db/schema/work.ts";
import { projects } from "#db/schema/workspace.ts";
import { extensionFor, objectKey } from "#domain/assets/object-key.ts";
import type { Id } from "#domain/ids.ts";
import { canMove, isTerminal, JobState } from "#domain/jobs/lifecycle.ts";
import { type Artifact, RenderRequest, type ResultMessage } from "#domain/jobs/messages.ts";
import type { RetryDecision } from "#domain/jobs/retry.ts";
import { toAssetView } from "./assets.ts";
import { type JobRow, viewJob } from "./jobs.ts";
import { recordEvent } from "./project-events.ts";
import { viewTake } from "./takes.ts";

export type Recorded =
  | { status: "ignored"; reason: "unknown" | "ended" | "stale" }
  | { status: "succeeded" | "failed" | "cancelled" | "retrying"; job: JobRow };

export type Verdict = (
  kind: Extract<ResultMessage["outcome"], { status: "failed" }>["kind"],
  failures: number,
  attempts: number,
) => RetryDecision;

/**
 * Records how an attempt ended. The first valid result of the current attempt decides; repeats and those of attempts
 * that have been given up change nothing. A job that somebody called off ends as cancelled unless it had succeeded.
 */
export async function recordResult(db: DbOrTx, result: ResultMessage, decide: Verdict): Promise<Recorded> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(jobs).where(eq(jobs.id, result.jobId)).for("update");
    if (row === undefined) return { status: "ignored", reason: "unknown" };
    const state = JobState.parse(row.state);
    if (isTerminal(state)) return { status: "ignored", reason: "ended" };
    if (result.attempt < row.attempt) return { status: "ignored", reason: "stale" };
    await recordAttempt(tx, result);
    const calledOff = state === "cancelling";
    switch (result.outcome.status) {
      case "succeeded":
        return { status: "succeeded", job: await succeed(tx, row, result, result.outcome.artifacts) };
      case "cancelled":
        if (calledOff) return { status: "cancelled", job: await finish(tx, row, result, { state: "cancelled" }) };
        // The agent was told by a flag that is no longer meant: the job goes on elsewhere.
        return { status: "retrying", job: await requeue(tx, row, result, 0, row.failures) };
      case "failed": {
        if (calledOff) return { status: "cancelled", job: await finish(tx, row, result, { state: "cancelled" }) };
        const { kind, message } = result.outcome;
        const verdict = decide(kind, row.failures + 1, result.attempt);
        if (verdict.retry)
          return { status: "retrying", job: await requeue(tx, row, result, verdict.delaySeconds, row.failures + 1) };
        const end = {
          state: "failed" as const,
          failures: row.failures + 1,
          errorCode: `job/${kind}`,
          errorMessage: message,
        };
        return { status: "failed", job: await finish(tx, row, result, end) };
      }
    }
  });
}

async function recordAttempt(tx: DbOrTx, result: ResultMessage): Promise<void> {
  const { outcome, runtime } = result;
  const ended = {
    outcome: outcome.status,
    errorKind: outcome.status === "failed" ? outcome.kind : null,
    errorMessage: outcome.status === "failed" ? outcome.message : null,
    engine: runtime.engine,
    device: runtime.device,
    seconds: runtime.seconds,
    finishedAt: sql`now()`,
  };
  await tx
    .insert(jobAttempts)
    .values({ jobId: result.jobId, attempt: result.attempt, agentId: result.agentId, ...ended })
    .onConflictDoUpdate({ target: [jobAttempts.jobId, jobAttempts.attempt], set: ended });
}

type End = {
  state: "succeeded" | "failed" | "cancelled";
  failures?: number;
  errorCode?: string;
  errorMessage?: string;
  progress?: number;
};

async function finish(tx: DbOrTx, row: JobRow, result: ResultMessage, end: End): Promise<JobRow> {
  const from = JobState.parse(row.state);
  if (!canMove(from, end.state)) throw new Error(`job ${row.id} cannot go from ${from} to ${end.state}`);
  const [changed] = await tx
    .update(jobs)
    .set({
      ...end,
      attempt: result.attempt,
      agentId: result.agentId,
      engine: result.runtime.engine,
      model: result.runtime.model ?? null,
      stage: end.state === "succeeded" ? "done" : row.stage,
      etaSeconds: null,
      startedAt: row.startedAt ?? sql`now()`,
      finishedAt: sql`now()`,
    })
    .where(eq(jobs.id, row.id))
    .returning();
  await recordEvent(tx, row.projectId, { type: "job", job: await viewJob(tx, changed!) });
  return changed!;
}

async function requeue(
  tx: DbOrTx,
  row: JobRow,
  result: ResultMessage,
  delaySeconds: number,
  failures: number,
): Promise<JobRow> {
  const [changed] = await tx
    .update(jobs)
    .set({
      state: "queued",
      attempt: result.attempt,
      failures,
      releasedAt: null,
      notBefore: sql`now() + make_interval(secs => ${delaySeconds})`,
      stage: null,
      step: null,
      total: null,
      progress: 0,
      etaSeconds: null,
      message: result.outcome.status === "failed" ? `Trying again: ${result.outcome.message}`.slice(0, 300) : null,
    })
    .where(eq(jobs.id, row.id))
    .returning();
  await recordEvent(tx, row.projectId, { type: "job", job: await viewJob(tx, changed!) });
  return changed!;
}

async function succeed(tx: DbOrTx, row: JobRow, result: ResultMessage, artifacts: Artifact[]): Promise<JobRow> {
  const request = RenderRequest.parse(row.request);
  const isTake = row.kind === "shot" && row.shotId !== null && request.role === "video";
  // Two jobs of one shot that end together must not get the same number.
  if (isTake)
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`take:${row.projectId}:${row.shotId}`}, 0))`);
  const number = isTake ? await nextTakeNumber(tx, row.projectId, row.shotId!) : 0;
  const made = new Map<Artifact["role"], Id>();
  for (const artifact of artifacts) {
    if (made.has(artifact.role)) continue;
    const [asset] = await tx
      .insert(assets)
      .values({
        workspaceId: row.workspaceId,
        projectId: row.projectId,
        kind: kindOf(artifact.contentType),
        name: nameOf(row, artifact, number, request),
        contentType: artifact.contentType,
        bytes: artifact.bytes,
        sha256: artifact.sha256,
        objectKey: objectKey(row.workspaceId, artifact.sha256, extensionFor(artifact.contentType)),
        state: "ready",
        source: result.runtime.engine,
        meta: artifact.meta,
        createdBy: row.createdBy,
      })
      .returning();
    made.set(artifact.role, asset!.id);
    await tx
      .insert(jobArtifacts)
      .values({ jobId: row.id, role: artifact.role, assetId: asset!.id, attempt: result.attempt });
    await recordEvent(tx, row.projectId, { type: "asset", asset: toAssetView(asset!) });
  }
  const done = await finish(tx, row, result, { state: "succeeded", progress: 1 });
  const video = made.get("video");
  if (isTake && video !== undefined && request.role === "video") {
    const poster = made.get("poster") ?? null;
    const [take] = await tx
      .insert(takes)
      .values({
        projectId: row.projectId,
        shotId: row.shotId!,
        number,
        jobId: row.id,
        engine: result.runtime.engine,
        model: result.runtime.model ?? null,
        params: request,
        width: request.width,
        height: request.height,
        frames: request.frames,
        fpsNum: request.fps.num,
        fpsDen: request.fps.den,
        videoAssetId: video,
        posterAssetId: poster,
        createdBy: row.createdBy,
      })
      .returning();
    if (poster !== null) await tx.update(projects).set({ posterAssetId: poster }).where(eq(projects.id, row.projectId));
    await recordEvent(tx, row.projectId, { type: "take", take: viewTake(take!) });
  }
  return done;
}

async function nextTakeNumber(tx: DbOrTx, projectId: Id, shotId: Id): Promise<number> {
  const [row] = await tx
    .select({ last: sql<number | null>`max(${takes.number})` })
    .from(takes)
    .where(and(eq(takes.projectId, projectId), eq(takes.shotId, shotId)));
  return (row?.last ?? 0) + 1;
}

function kindOf(contentType: string): "video" | "image" | "audio" | "other" {
  const family = contentType.split("/")[0];
  return family === "video" || family === "image" || family === "audio" ? family : "other";
}

/** What a person sees in the library and as the name of a download. */
function nameOf(row: JobRow, artifact: Artifact, takeNumber: number, request: RenderRequest): string {
  const ending = extensionFor(artifact.contentType);
  switch (row.kind) {
    case "shot":
      return artifact.role === "poster" ? `Take ${takeNumber}, poster.${ending}` : `Take ${takeNumber}.${ending}`;
    case "thumbnail":
      return `Thumbnail.${ending}`;
    case "score":
      return `Score and ambience.${ending}`;
    case "export":
      return `${request.role === "export" && request.title.trim() !== "" ? request.title.replaceAll(/[/\\]/g, "-") : "Film"}.${ending}`;
    default:
      return `${row.kind}.${ending}`;
  }
}

/** Jobs that made a sound lately: their sound may still have to be placed. */
export async function recentScores(db: DbOrTx, seconds: number): Promise<JobRow[]> {
  return db
    .select()
    .from(jobs)
    .where(
      and(
        eq(jobs.kind, "score"),
        eq(jobs.state, "succeeded"),
        sql`${jobs.finishedAt} > now() - make_interval(secs => ${seconds})`,
      ),
    );
}

/** The sound a job made, null when it made none. */
export async function soundOf(
  db: DbOrTx,
  jobId: Id,
): Promise<{ assetId: Id; name: string; meta: Record<string, number | string> } | null> {
  const [row] = await db
    .select({ assetId: assets.id, name: assets.name, meta: assets.meta })
    .from(jobArtifacts)
    .innerJoin(assets, eq(assets.id, jobArtifacts.assetId))
    .where(and(eq(jobArtifacts.jobId, jobId), eq(jobArtifacts.role, "audio")));
  return row ?? null;
}

/** The rate of the project's newest picture; null when there is none yet. */
export async function newestRate(db: DbOrTx, projectId: Id): Promise<{ num: number; den: number } | null> {
  const [row] = await db.execute<{ num: number; den: number }>(sql`
    select (request->'fps'->>'num')::int as num, (request->'fps'->>'den')::int as den
    from jobs where project_id = ${projectId} and request->'fps' is not null order by seq desc limit 1`);
  return row ?? null;
}
