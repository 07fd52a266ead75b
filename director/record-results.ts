import { setTimeout as sleep } from "node:timers/promises";
import { NoSuchConsumer } from "#bus/pulling.ts";
import { takeResult } from "#bus/results.ts";
import { recordResult } from "#db/queries/results.ts";
import { extensionFor } from "#domain/assets/content-types.ts";
import { objectKey } from "#domain/assets/object-key.ts";
import { getJobRow } from "#db/queries/jobs.ts";
import type { ResultMessage } from "#domain/jobs/messages.ts";
import { decideRetry } from "#domain/jobs/retry.ts";
import type { Parts } from "./parts.ts";
import { placeSound } from "./place-sound.ts";

const waitMs = 25_000;

/** Takes results from the durable stream until `signal` aborts, one after the other, and records each once. */
export async function recordResults(parts: Parts, signal: AbortSignal, changed: () => void): Promise<void> {
  while (!signal.aborted) {
    try {
      await takeResult(parts.bus, (result) => record(parts, result, changed), {
        expiresMs: waitMs,
        signal,
        onProblem: (reason) => parts.log.error({ reason }, "a result that does not parse was dropped"),
      });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof NoSuchConsumer))
        parts.log.warn({ err: error }, "a result could not be recorded; it comes again");
      await sleep(500, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function record(parts: Parts, result: ResultMessage, changed: () => void): Promise<void> {
  const checked = await checkArtifacts(parts, result);
  const held = await parts.leases.read(result.jobId);
  const recorded = await recordResult(parts.db, checked, held?.lease.claim ?? null, (kind, failures, attempts) =>
    decideRetry(kind, failures, attempts, Math.random()),
  );
  const log = parts.log.child({ jobId: result.jobId, attempt: result.attempt });
  if (recorded.status === "ignored") {
    log.info({ reason: recorded.reason }, "a result was ignored");
    return;
  }
  log.info(
    { status: recorded.status, engine: result.runtime.engine, seconds: result.runtime.seconds },
    "result recorded",
  );
  changed();
  if (recorded.status === "succeeded" && recorded.job.kind === "score") void placeSound(parts, recorded.job);
}

/** A success whose files are not in the store is none. */
async function checkArtifacts(parts: Parts, result: ResultMessage): Promise<ResultMessage> {
  if (result.outcome.status !== "succeeded") return result;
  const job = await getJobRow(parts.db, result.jobId);
  if (job === null || job.finishedAt !== null) return result;
  for (const artifact of result.outcome.artifacts) {
    const key = objectKey(job.workspaceId, artifact.sha256, extensionFor(artifact.contentType));
    const stored = await parts.store.head(key);
    if (stored?.bytes === artifact.bytes) continue;
    return {
      ...result,
      outcome: {
        status: "failed",
        kind: "infrastructure",
        message: `The ${artifact.role} file did not arrive in the store.`,
      },
    };
  }
  return result;
}
