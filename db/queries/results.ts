import { and, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { assets, jobArtifacts, jobAttempts, jobs, takes } from "#db/schema/work.ts";
import { projects } from "#db/schema/workspace.ts";
import { extensionFor } from "#domain/assets/content-types.ts";
import { objectKey } from "#domain/assets/object-key.ts";
import type { Id } from "#domain/ids.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import type { Artifact } from "#domain/jobs/messages/artifact.ts";
import type { ProjectEvent } from "#domain/jobs/messages/project-event.ts";
import { RenderRequest } from "#domain/jobs/messages/render-request.ts";
import type { ResultMessage } from "#domain/jobs/messages/result-message.ts";
import { tellFailure } from "#domain/jobs/failure-sentence.ts";
import { avoidsAgent, type RetryDecision } from "#domain/jobs/retry.ts";
import { storable } from "#domain/storable-text.ts";
import { toAssetView } from "./assets.ts";
import { isEndRecorded } from "./job-lease.ts";
import { type JobPatch, lockRow, moveJob } from "./job-moves.ts";
import { sizeOf } from "./job-sizes.ts";
import type { JobRow, ShownRow } from "./job-views.ts";
import { loseOpenAttempts } from "./open-attempts.ts";
import { recordEvent } from "./project-events.ts";
import { wakeDirector } from "./queue-notice.ts";
import { viewTake } from "./takes.ts";

export type Recorded =
  | { status: "ignored"; reason: "unknown" | "ended" | "stale" | "repeated" }
  | { status: "succeeded" | "failed" | "cancelled" | "retrying"; job: JobRow };

type Failure = Extract<ResultMessage["outcome"], { status: "failed" }>;

export type Verdict = (kind: Failure["kind"], failures: number) => RetryDecision;

/**
 * Records how an attempt ended. Only the claim in force decides, and only once; repeats and results of claims that have
 * been given up change nothing. A job that somebody called off ends as cancelled unless it had succeeded.
 * @param heldClaim  the claim that the job's lease names now; null when there is no lease
 */
export async function recordResult(
  db: DbOrTx,
  result: ResultMessage,
  heldClaim: string | null,
  decide: Verdict,
): Promise<Recorded> {
  return db.transaction(async (tx) => {
    const row = await lockRow(tx, result.jobId);
    if (row === null) return { status: "ignored", reason: "unknown" };
    if (isTerminal(row.state)) return { status: "ignored", reason: "ended" };
    if (!isInForce(row, result, heldClaim)) return { status: "ignored", reason: "stale" };
    // A claim that was given up for lost may still end well; every other end stands.
    if (await isEndRecorded(tx, result.jobId, result.claim)) return { status: "ignored", reason: "repeated" };
    await recordAttempt(tx, row, result);
    const calledOff = row.state === "cancelling";
    const { outcome } = result;
    if (outcome.status === "succeeded") return { status: "succeeded", job: await succeed(tx, row, result, outcome) };
    if (calledOff) return { status: "cancelled", job: await finish(tx, row, result, "cancelled") };
    switch (outcome.status) {
      case "cancelled":
        // The agent was told by a flag that is no longer meant: the job goes on elsewhere.
        return { status: "retrying", job: await requeue(tx, row, result, 0) };
      case "handed_back":
        return { status: "retrying", job: await requeue(tx, row, result, 0, { handovers: row.handovers + 1 }) };
      case "failed":
        return fail(tx, row, result, outcome, decide);
    }
  });
}

/** Whether this claim is the one that has the job. The lease says so; without one, the row. */
export function isInForce(row: ShownRow, result: ResultMessage, heldClaim: string | null): boolean {
  if (heldClaim !== null) return heldClaim === result.claim;
  // The broker has lost its leases. Of a claim that nobody has heard of yet the number must at least be new.
  return row.claim === null ? result.attempt > row.attempt : row.claim === result.claim;
}

async function recordAttempt(tx: DbOrTx, row: JobRow, result: ResultMessage): Promise<void> {
  const { outcome, runtime } = result;
  const failure = outcome.status === "failed" ? outcome : null;
  const told = failure === null ? null : tellFailure(failure);
  const ended = {
    agentId: result.agentId,
    claim: result.claim,
    outcome: outcome.status,
    errorKind: failure?.kind ?? null,
    errorMessage: told?.message ?? null,
    errorDetail: told?.detail ?? null,
    engine: runtime.engine,
    model: runtime.model ?? null,
    device: runtime.device,
    seconds: runtime.seconds,
    finishedAt: sql`now()`,
  };
  await tx
    .insert(jobAttempts)
    .values({ jobId: result.jobId, attempt: result.attempt, ...ended, ...sizeOf(row) })
    .onConflictDoUpdate({ target: [jobAttempts.jobId, jobAttempts.attempt], set: ended });
  await loseOpenAttempts(tx, [result.jobId]);
}

async function fail(
  tx: DbOrTx,
  row: JobRow,
  result: ResultMessage,
  failure: Failure,
  decide: Verdict,
): Promise<Recorded> {
  const failures = row.failures + 1;
  const verdict = decide(failure.kind, failures);
  const told = tellFailure(failure);
  const tried = {
    failures,
    ...(avoidsAgent(failure.kind) ? { avoidAgents: withNewest(row.avoidAgents, result.agentId) } : {}),
    ...(failure.kind === "capacity" ? { enginesTried: withNewest(row.enginesTried, result.runtime.engine) } : {}),
  };
  if (verdict.retry) {
    const message = `Trying again: ${told.message}`.slice(0, 300);
    return { status: "retrying", job: await requeue(tx, row, result, verdict.delaySeconds, { ...tried, message }) };
  }
  const why = {
    ...tried,
    errorCode: `job/${failure.kind}`,
    errorMessage: told.message,
    errorDetail: told.detail,
  };
  return { status: "failed", job: await finish(tx, row, result, "failed", why) };
}

const mostRemembered = 20;

function withNewest(known: readonly string[], one: string): string[] {
  return [...known.filter((other) => other !== one), one].slice(-mostRemembered);
}

async function finish(
  tx: DbOrTx,
  row: JobRow,
  result: ResultMessage,
  state: "succeeded" | "failed" | "cancelled",
  patch: JobPatch = {},
  toldBefore: ProjectEvent[] = [],
): Promise<JobRow> {
  const ran = {
    attempt: result.attempt,
    claim: result.claim,
    agentId: result.agentId,
    engine: result.runtime.engine,
    model: result.runtime.model ?? null,
    startedAt: row.startedAt ?? sql`now()`,
  };
  const moved = await moveJob(tx, row, state, { ...ran, ...patch }, { toldBefore });
  if (moved === null) throw new Error(`job ${row.id} cannot go from ${row.state} to ${state}`);
  return moved;
}

async function requeue(
  tx: DbOrTx,
  row: JobRow,
  result: ResultMessage,
  delaySeconds: number,
  patch: JobPatch = {},
): Promise<JobRow> {
  const moved = await moveJob(tx, row, "queued", {
    attempt: result.attempt,
    releasedAt: null,
    notBefore: sql`now() + make_interval(secs => ${delaySeconds})`,
    ...patch,
  });
  if (moved === null) throw new Error(`job ${row.id} cannot go back to the queue from ${row.state}`);
  await wakeDirector(tx, [moved]);
  return moved;
}

async function succeed(
  tx: DbOrTx,
  row: JobRow,
  result: ResultMessage,
  outcome: Extract<ResultMessage["outcome"], { status: "succeeded" }>,
): Promise<JobRow> {
  const request = RenderRequest.parse(row.request);
  const film = request.role === "video" || request.role === "join" ? request : null;
  const isTake = row.kind === "shot" && row.shotId !== null && film !== null;
  // Two jobs of one shot that end together must not get the same number.
  if (isTake)
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`take:${row.projectId}:${row.shotId}`}, 0))`);
  const number = isTake ? await nextTakeNumber(tx, row.projectId, row.shotId!) : 0;
  const made: { role: Artifact["role"]; assetId: Id }[] = [];
  const news: ProjectEvent[] = [];
  for (const artifact of withOwnNames(outcome.artifacts)) {
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
        source: makerOf(request, result, artifact),
        meta: { ...artifact.meta, ...partOf(row) },
        createdBy: row.createdBy,
      })
      .returning();
    const { role, name } = artifact;
    made.push({ role, assetId: asset!.id });
    await tx.insert(jobArtifacts).values({ jobId: row.id, role, name, assetId: asset!.id, attempt: result.attempt });
    // Parts of a film are no film of the library.
    if (row.kind !== "chunk") news.push({ type: "asset", asset: toAssetView(asset!) });
  }
  const madeAs = (role: Artifact["role"]) => made.find((one) => one.role === role)?.assetId ?? null;
  const output = outcome.output === undefined ? null : storable(outcome.output);
  const engine = makerOf(
    request,
    result,
    outcome.artifacts.find((artifact) => artifact.role === "video"),
  );
  const done = await finish(
    tx,
    row,
    result,
    "succeeded",
    { progress: 1, stage: "done", output, engine, ...begunAt(request) },
    news,
  );
  const video = madeAs("video");
  if (isTake && video !== null) {
    const poster = madeAs("poster");
    const [take] = await tx
      .insert(takes)
      .values({
        projectId: row.projectId,
        shotId: row.shotId!,
        number,
        jobId: row.id,
        engine,
        model: result.runtime.model ?? null,
        params: film,
        madeFrom: row.madeFrom,
        width: film.width,
        height: film.height,
        frames: film.frames,
        fpsNum: film.fps.num,
        fpsDen: film.fps.den,
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

/** A second file of one name is kept under another. */
function withOwnNames(artifacts: readonly Artifact[]): Artifact[] {
  const taken = new Set<string>();
  return artifacts.map((artifact) => {
    let { name } = artifact;
    for (let count = 2; taken.has(name); count++) name = `${artifact.name}-${count}`;
    taken.add(name);
    return { ...artifact, name };
  });
}

/** Which engine made the pictures: of a film that was joined of parts, the one that made these. */
function makerOf(request: RenderRequest, result: ResultMessage, artifact: Artifact | undefined): string {
  const said = request.role === "join" ? artifact?.meta["engine"] : undefined;
  return typeof said === "string" ? said.slice(0, 60) : result.runtime.engine;
}

/** The work on a film of parts began with the first of them. */
function begunAt(request: RenderRequest): JobPatch {
  if (request.role !== "join") return {};
  return {
    startedAt: sql`coalesce(
      (select min(part.started_at) from jobs part where part.parent_id = ${jobs.id} and part.superseded_by is null),
      ${jobs.startedAt}, now())`,
  };
}

/** What tells the file of a chunk from a film. */
function partOf(row: JobRow): Record<string, number> {
  return row.kind === "chunk" ? { part: (row.partIndex ?? 0) + 1, parts: row.partCount ?? 1 } : {};
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
  const part = partNameOf(artifact);
  switch (row.kind) {
    case "shot":
      return `Take ${takeNumber}${part}.${ending}`;
    case "thumbnail":
      return `Thumbnail.${ending}`;
    case "score":
      return `Score and ambience.${ending}`;
    case "stage":
      // A stage names its files, ending and all.
      return artifact.name;
    case "export":
      return `${request.role === "export" && request.title.trim() !== "" ? request.title.replaceAll(/[/\\]/g, "-") : "Film"}.${ending}`;
    default:
      return `${row.kind}${part}.${ending}`;
  }
}

/** What lies beside a picture or a film is called after it. */
function partNameOf({ role, name }: Artifact): string {
  if (role === "poster") return ", poster";
  return role === "pass" || role === "camera" ? `, ${name}` : "";
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
