import { setTimeout as sleep } from "node:timers/promises";
import { NoSuchConsumer } from "#bus/pulling.ts";
import { takeResults, type TakenResult } from "#bus/results.ts";
import { endAsDead, keepDeadLetter } from "#db/queries/dead-letters.ts";
import { getJobRow } from "#db/queries/jobs.ts";
import type { JobRow } from "#db/queries/job-views.ts";
import { wakeDirector } from "#db/queries/queue-notice.ts";
import { type Recorded, recordResult } from "#db/queries/results.ts";
import { readRetryRules } from "#db/queries/retry-rules.ts";
import { isPlainSuccess, recordPlainSuccesses } from "#db/queries/success-batch.ts";
import { extensionFor, mayMake } from "#domain/assets/content-types.ts";
import { objectKey } from "#domain/assets/object-key.ts";
import type { ResultMessage } from "#domain/jobs/messages/result-message.ts";
import { decideRetry, type RetryRules } from "#domain/jobs/retry.ts";
import type { Parts } from "./parts.ts";
import { placeSound } from "./place-sound.ts";

const waitMs = 25_000;
const mostAtOnce = 100;
/** Batches under way: one is written while the next is read. */
const batches = 2;
/** Results of a batch that are written one by one, beside each other. */
const besideEachOther = 4;
const firstPauseMs = 250;
const longestPauseMs = 30_000;
/** A result that cannot be recorded this often, while other things can be, never will be. */
const mostDeliveries = 6;
const rulesKeptMs = 5000;

type Recorder = { rules: () => Promise<RetryRules>; changed: () => void };
type Readable = TakenResult & { result: ResultMessage };

/** Takes results from the durable stream until `signal` aborts, and records each once. */
export async function recordResults(parts: Parts, signal: AbortSignal, changed: () => void): Promise<void> {
  const recorder = { rules: keepRules(parts), changed };
  await Promise.all(Array.from({ length: batches }, () => takeForEver(parts, recorder, signal)));
}

async function takeForEver(parts: Parts, recorder: Recorder, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const taken = await takeResults(parts.bus, { most: mostAtOnce, expiresMs: waitMs, signal });
      if (taken.length > 0) await recordBatch(parts, recorder, taken);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof NoSuchConsumer))
        parts.log.warn({ err: error }, "results could not be taken; trying again");
      await sleep(500, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Jobs that ended without files are written together; the others one by one, so that one that fails stops no other. */
async function recordBatch(parts: Parts, recorder: Recorder, taken: readonly TakenResult[]): Promise<void> {
  const readable: Readable[] = [];
  for (const one of taken) {
    if (one.result !== null) readable.push({ ...one, result: one.result });
    else await drop(parts, one);
  }
  const { plain, rest } = await recordTogether(parts, recorder, readable);
  for (const one of plain) one.done();
  const queue = [...rest];
  const takeOne = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await recordOne(parts, recorder, one);
  };
  await Promise.all(Array.from({ length: besideEachOther }, takeOne));
}

async function recordTogether(
  parts: Parts,
  recorder: Recorder,
  taken: readonly Readable[],
): Promise<{ plain: Readable[]; rest: Readable[] }> {
  // Of two results of one job the order matters.
  const counts = new Map<string, number>();
  for (const { result } of taken) counts.set(result.jobId, (counts.get(result.jobId) ?? 0) + 1);
  const plain = taken.filter(({ result }) => isPlainSuccess(result) && counts.get(result.jobId) === 1);
  if (plain.length < 2) return { plain: [], rest: [...taken] };
  try {
    const given = await Promise.all(
      plain.map(async ({ result }) => ({ result, heldClaim: await heldClaimOf(parts, result.jobId) })),
    );
    const recorded = await recordPlainSuccesses(parts.db, given);
    parts.log.debug({ count: recorded.length }, "results recorded together");
    if (recorded.length > 0) recorder.changed();
    return { plain, rest: taken.filter((one) => !plain.includes(one)) };
  } catch (error) {
    parts.log.warn({ err: error }, "results could not be recorded together; one by one then");
    return { plain: [], rest: [...taken] };
  }
}

async function recordOne(parts: Parts, recorder: Recorder, taken: Readable): Promise<void> {
  const { result } = taken;
  const log = parts.log.child({ jobId: result.jobId, attempt: result.attempt });
  try {
    const recorded = await record(parts, recorder, result);
    if (recorded.status === "ignored") log.info({ reason: recorded.reason }, "a result was ignored");
    else {
      log.info(
        { status: recorded.status, engine: result.runtime.engine, seconds: result.runtime.seconds },
        "result recorded",
      );
      recorder.changed();
      if (recorded.status === "retrying") wakeThen(parts, recorded.job);
      if (recorded.status === "succeeded" && recorded.job.kind === "score") placeSoon(parts, recorded.job);
    }
    taken.done();
  } catch (error) {
    if (taken.deliveries >= mostDeliveries && (await giveUp(parts, recorder, taken, error))) return;
    log.warn({ err: error, deliveries: taken.deliveries }, "a result could not be recorded; it comes again");
    taken.handBack(Math.min(longestPauseMs, firstPauseMs * 2 ** (taken.deliveries - 1)));
  }
}

/** When its pause is over it joins its line again; if we are gone by then, the next look through the queue finds it. */
function wakeThen(parts: Parts, job: JobRow): void {
  const pauseMs = (job.notBefore?.getTime() ?? 0) - Date.now();
  if (pauseMs <= 0) return;
  setTimeout(() => void wakeDirector(parts.db, [job]).catch(() => undefined), pauseMs + 10).unref();
}

async function record(parts: Parts, recorder: Recorder, result: ResultMessage): Promise<Recorded> {
  const checked = await checkArtifacts(parts, result);
  const [heldClaim, rules] = await Promise.all([heldClaimOf(parts, result.jobId), recorder.rules()]);
  return recordResult(parts.db, checked, heldClaim, (kind, failures) =>
    decideRetry(kind, failures, Math.random(), rules),
  );
}

async function heldClaimOf(parts: Parts, jobId: string): Promise<string | null> {
  return (await parts.leases.read(jobId))?.lease.claim ?? null;
}

/** @returns false when even that could not be written: then it is not this result's fault */
async function giveUp(parts: Parts, recorder: Recorder, taken: Readable, why: unknown): Promise<boolean> {
  const { jobId } = taken.result;
  const reason = `the result cannot be recorded: ${why instanceof Error ? (why.stack ?? why.message) : String(why)}`;
  try {
    await keep(parts, taken, jobId, reason);
    await endAsDead(parts.db, jobId, "What was rendered could not be written down.", reason.slice(0, 8000));
  } catch {
    return false;
  }
  parts.log.error({ jobId, err: why }, "a result was given up: it cannot be recorded");
  taken.done();
  recorder.changed();
  return true;
}

async function drop(parts: Parts, taken: TakenResult): Promise<void> {
  parts.log.error({ problem: taken.problem }, "a result that does not parse was dropped");
  try {
    await keep(parts, taken, null, `does not parse: ${taken.problem}`);
    taken.done();
  } catch {
    taken.handBack(longestPauseMs);
  }
}

function keep(parts: Parts, taken: TakenResult, jobId: string | null, reason: string): Promise<void> {
  return keepDeadLetter(parts.db, {
    stream: "GPU_RESULTS",
    consumer: "director",
    streamSeq: taken.seq,
    jobId,
    deliveries: taken.deliveries,
    payload: taken.data,
    reason,
  });
}

/** Nobody waits for it, and its failure is nobody else's. */
function placeSoon(parts: Parts, job: Parameters<typeof placeSound>[1]): void {
  placeSound(parts, job).catch((error: unknown) =>
    parts.log.warn({ err: error, jobId: job.id }, "a sound could not be placed"),
  );
}

function keepRules(parts: Parts): () => Promise<RetryRules> {
  let known: RetryRules = {};
  let readAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - readAt >= rulesKeptMs) {
      known = await readRetryRules(parts.db);
      readAt = performance.now();
    }
    return known;
  };
}

/** A success whose files are not in the store, or are of no kind that its job makes, is none. */
async function checkArtifacts(parts: Parts, result: ResultMessage): Promise<ResultMessage> {
  if (result.outcome.status !== "succeeded" || result.outcome.artifacts.length === 0) return result;
  const job = await getJobRow(parts.db, result.jobId);
  if (job === null || job.finishedAt !== null) return result;
  for (const artifact of result.outcome.artifacts) {
    // The links were signed for such files only; what is said of them afterwards is looked at again.
    if (!mayMake(artifact.role, artifact.contentType))
      return unusable(result, `What the agent calls a ${artifact.role} file is none.`);
    const key = objectKey(job.workspaceId, artifact.sha256, extensionFor(artifact.contentType));
    const stored = await parts.store.head(key);
    if (stored?.bytes !== artifact.bytes)
      return unusable(result, `The ${artifact.role} file did not arrive in the store.`);
  }
  return result;
}

function unusable(result: ResultMessage, message: string): ResultMessage {
  return { ...result, outcome: { status: "failed", kind: "infrastructure", message } };
}
