import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Cancels } from "#bus/cancels.ts";
import type { Bus } from "#bus/connection.ts";
import type { Delivery } from "#bus/job-queue.ts";
import type { Leases } from "#bus/leases.ts";
import { publishResult } from "#bus/results.ts";
import type { JobKind } from "#domain/jobs/capabilities.ts";
import { type Artifact, protocolVersion, type ResultMessage } from "#domain/jobs/messages.ts";
import type { RenderedFile } from "./engine-messages.ts";
import type { EngineProcess, RunEnd } from "./engine-process.ts";
import { downloadAsset, Refused, uploadFile } from "./io/transfer.ts";
import { type Claim, claimLease } from "./lease.ts";
import type { Log } from "./log.ts";
import { openProgressReport, type ProgressReport } from "./progress-report.ts";

/** Why an attempt ends before its time: a person's wish, another holder, or the agent going away. */
export type StopReason = "cancelled" | "lost" | "draining";

const graceMs: Record<StopReason, number> = { cancelled: 5000, lost: 2000, draining: 3000 };

export type JobRunParts = {
  bus: Bus;
  leases: Leases;
  cancels: Cancels;
  engine: EngineProcess;
  agentId: string;
  /** Where the job's message does not say. */
  leaseSeconds: number;
  scratchFolder: string;
  /** What runs where, by engine id. */
  deviceOf: (engineId: string) => string;
  /** Told how long a success took. */
  measured: (engineId: string, delivery: Delivery, seconds: number) => void;
  log: Log;
};

export type JobRun = {
  jobId: string;
  kind: JobKind;
  /** When it was delivered. */
  startedAt: string;
  stop: (reason: StopReason) => void;
  /** Resolves when the job is finished, handed back or left to another; never rejects. */
  done: Promise<void>;
};

/** Takes one delivered job from claim to acknowledgement. */
export function startJobRun(parts: JobRunParts, delivery: Delivery): JobRun {
  const { message: job } = delivery;
  const leaseSeconds = job.leaseSeconds ?? parts.leaseSeconds;
  const log = parts.log.child({ jobId: job.jobId });
  const stopping = new AbortController();
  const stop = (reason: StopReason) => {
    if (!stopping.signal.aborted) stopping.abort(reason);
  };
  const done = run().catch((error: unknown) => {
    // The broker is away or the disk is full: whoever gets the job next starts anew.
    log.error({ err: error }, "the job was left");
    delivery.handBack(2000);
  });
  return { jobId: job.jobId, kind: job.kind, startedAt: new Date().toISOString(), stop, done };

  async function run(): Promise<void> {
    if (await parts.cancels.isSet(job.jobId)) return drop();
    const outcome = await claimLease(parts.leases, job, parts.agentId, leaseSeconds, randomUUID());
    if (outcome.status === "held") {
      log.info({ by: outcome.byAgentId }, "another agent has the job");
      delivery.handBack((leaseSeconds * 1000) / 3);
      return;
    }
    const { claim } = outcome;
    const report = openProgressReport(parts.bus, job, claim, parts.agentId);
    const heart = beat(claim);
    const begin = performance.now();
    try {
      // After the claim, not before: the director sets the flag, then looks for a lease. One of us sees the other.
      if (await parts.cancels.isSet(job.jobId)) stop("cancelled");
      report.enter("leased", { stage: "starting", fraction: 0 });
      log.info({ attempt: claim.attempt, deliveries: delivery.deliveries, kind: job.kind }, "job taken");
      const end = await work(claim, report);
      const seconds = (performance.now() - begin) / 1000;
      if (end.outcome === null) {
        report.stop();
        if (stopping.signal.reason !== "lost") {
          await claim.release();
          delivery.handBack(100);
        }
        log.info({ reason: stopping.signal.reason as unknown }, "job handed back");
        return;
      }
      const { outcome: result, engine } = end;
      await sendResult({
        v: protocolVersion,
        jobId: job.jobId,
        projectId: job.projectId,
        attempt: claim.attempt,
        claim: claim.id,
        agentId: parts.agentId,
        outcome: result,
        runtime: { engine, device: parts.deviceOf(engine), seconds },
      });
      if (result.status === "succeeded") parts.measured(engine, delivery, seconds);
      log.info({ attempt: claim.attempt, status: result.status, seconds: Math.round(seconds * 10) / 10 }, "job ended");
      heart.stop();
      // A retry is the director's to release: this message is done whatever came of it.
      await delivery
        .finish()
        .catch((error: unknown) => log.warn({ err: error }, "the end of the job was not confirmed"));
      if (result.status !== "succeeded") await claim.release().catch(() => undefined);
    } finally {
      heart.stop();
      report.stop();
    }
  }

  async function drop(): Promise<void> {
    log.info("job dropped: it was called off before it began");
    await delivery.finish();
  }

  /** Renews lease and delivery from the agent's own loop, which never renders. */
  function beat(claim: Claim): { stop: () => void } {
    const once = async () => {
      delivery.working();
      try {
        if (!(await claim.renew())) stop("lost");
        else if (await parts.cancels.isSet(job.jobId)) stop("cancelled");
      } catch (error) {
        // Not reachable is not lost: the compare-and-set tells when the broker is back.
        log.warn({ err: error }, "the lease could not be renewed");
      }
    };
    const timer = setInterval(() => void once(), (leaseSeconds * 1000) / 3);
    return { stop: () => clearInterval(timer) };
  }

  type Worked = { outcome: ResultMessage["outcome"] | null; engine: string };

  /** @returns outcome null when this attempt is not ours to end */
  async function work(claim: Claim, report: ProgressReport): Promise<Worked> {
    let engine = "none";
    const scratch = path.join(parts.scratchFolder, `${job.jobId}-${claim.attempt}`);
    const holder = { jobId: job.jobId, attempt: claim.attempt, claim: claim.id, agentId: parts.agentId };
    const ended = (outcome: Worked["outcome"]): Worked => ({ outcome, engine });
    const stopped = (): Worked => ended(stopping.signal.reason === "cancelled" ? { status: "cancelled" } : null);
    await mkdir(scratch, { recursive: true, mode: 0o700 });
    try {
      if (stopping.signal.aborted) return stopped();
      const end: RunEnd = await parts.engine.run(
        {
          jobId: job.jobId,
          attempt: claim.attempt,
          request: job.request,
          inputs: job.inputs,
          part: job.part,
          want: job.want,
          scratch,
        },
        {
          started: (id) => {
            engine = id;
            report.enter("running", { stage: "starting", fraction: 0 });
          },
          // The engine's part is most of the way; the upload is the rest.
          progress: (progress) => report.update({ ...progress, fraction: progress.fraction * 0.97 }),
          preview: report.preview,
          asset: (assetId) => downloadAsset(parts.bus, holder, assetId, scratch, stopping.signal),
        },
        stopping.signal,
        () => graceMs[stopping.signal.reason as StopReason] ?? 5000,
      );
      if (stopping.signal.aborted) return stopped();
      if (end.status === "failed") {
        const kind = end.kind === "cancelled" ? "retryable" : end.kind;
        return ended({ status: "failed", kind, message: end.message, detail: end.detail });
      }
      report.enter("uploading", { stage: "uploading", fraction: 0.97 });
      return ended({ status: "succeeded", artifacts: await upload(end.files), output: end.output });
    } catch (error) {
      if (error instanceof Refused) stop("lost");
      if (stopping.signal.aborted) return stopped();
      log.warn({ err: error }, "the attempt failed");
      return ended({
        status: "failed",
        kind: "infrastructure",
        message: error instanceof Error ? error.message : String(error),
      });
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }

    async function upload(files: RenderedFile[]): Promise<Artifact[]> {
      const artifacts: Artifact[] = [];
      for (const file of files) artifacts.push(await uploadFile(parts.bus, holder, file, stopping.signal));
      return artifacts;
    }
  }

  /** The result must be safe with the broker before the job is acknowledged; it tries until it is. */
  async function sendResult(result: ResultMessage): Promise<void> {
    for (let count = 0; ; count++) {
      try {
        return await publishResult(parts.bus, result);
      } catch (error) {
        if (stopping.signal.reason === "lost" || stopping.signal.reason === "draining" || count > 100) throw error;
        log.warn({ err: error }, "the result could not be sent; trying again");
        await sleep(Math.min(5000, 250 * 2 ** count));
      }
    }
  }
}
