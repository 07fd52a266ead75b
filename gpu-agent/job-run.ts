import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Cancels } from "#bus/cancels.ts";
import type { Bus } from "#bus/connection.ts";
import type { Delivery } from "#bus/job-queue.ts";
import type { Leases } from "#bus/leases.ts";
import { publishResult } from "#bus/results.ts";
import type { JobKind } from "#domain/jobs/capabilities.ts";
import type { Artifact } from "#domain/jobs/messages/artifact.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import type { ResultMessage } from "#domain/jobs/messages/result-message.ts";
import type { AgentVerdict } from "./breaker.ts";
import type { RenderedFile } from "./engine-messages.ts";
import type { EngineProcess, RunEnd } from "./engine-process.ts";
import { type Failure, failureOf, isDiskFull } from "./failures.ts";
import { withPatience } from "./first-words.ts";
import { downloadAsset, Refused, uploadFile } from "./io/transfer.ts";
import { type Claim, claimLease } from "./lease.ts";
import type { Log } from "./log.ts";
import { openProgressReport, type ProgressReport } from "./progress-report.ts";

/** Why an attempt ends before its time: a person's wish, another holder, or the agent going away. */
export type StopReason = "cancelled" | "lost" | "draining";

const graceMs: Record<StopReason, number> = { cancelled: 5000, lost: 2000, draining: 3000 };
/** A shout that somebody is called off may be lost: the flag is seen with the next beat, within the five seconds promised. */
const mostBetweenBeatsMs = 4000;
/** What is over by then is told by its result alone; sooner when the engine has something to show. */
const firstWordMs = 150;
/** Pace is believed after this long and this share of the work. */
const paceAfterMs = 500;
const paceAfterFraction = 0.02;

export type JobRunParts = {
  bus: Bus;
  leases: Leases;
  cancels: Cancels;
  engine: EngineProcess;
  agentId: string;
  /** Where the job's message does not say. */
  leaseSeconds: number;
  brokerNow: () => number | null;
  scratchFolder: string;
  /** What runs where, by engine id. */
  deviceOf: (engineId: string) => string;
  /** Told how long a success took. */
  measured: (engineId: string, delivery: Delivery, seconds: number) => void;
  /** Told what an end says about the agent. */
  judged: (jobId: string, verdict: AgentVerdict) => void;
  log: Log;
};

export type JobRun = {
  jobId: string;
  kind: JobKind;
  /** When it was delivered. */
  startedAt: string;
  stop: (reason: StopReason) => void;
  /** How much longer it will take at its own pace; null when that cannot be said yet. */
  remainingMs: () => number | null;
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
  let pace: { beganAt: number; fraction: number } | null = null;
  const done = run().catch((error: unknown) => {
    // The broker is away: whoever gets the job next starts anew.
    log.error({ err: error }, "the job was left");
    delivery.handBack(2000);
  });
  return {
    jobId: job.jobId,
    kind: job.kind,
    startedAt: new Date().toISOString(),
    stop,
    remainingMs: () => {
      if (pace === null || pace.fraction < paceAfterFraction) return null;
      const elapsed = performance.now() - pace.beganAt;
      return elapsed < paceAfterMs ? null : (elapsed / pace.fraction) * (1 - pace.fraction);
    },
    done,
  };

  async function run(): Promise<void> {
    // Asked together. A director that sets the flag just now looks for a lease then, and shouts: one of us sees the other,
    // or else the next beat does.
    const [outcome, isCalledOff] = await Promise.all([
      claimLease(
        parts.leases,
        { ...job, isFirst: job.attemptsSoFar === 0 && delivery.deliveries === 1 },
        { agentId: parts.agentId, id: randomUUID(), leaseSeconds, brokerNow: parts.brokerNow },
      ),
      parts.cancels.isSet(job.jobId),
    ]);
    if (outcome.status === "held") {
      log.info({ by: outcome.byAgentId }, "another agent has the job");
      delivery.handBack((leaseSeconds * 1000) / 3);
      return;
    }
    const { claim } = outcome;
    const report = withPatience(openProgressReport(parts.bus, job, claim, parts.agentId));
    const heart = beat(claim);
    const begin = performance.now();
    try {
      if (isCalledOff) {
        await claim.release();
        log.info("job dropped: it was called off before it began");
        return await delivery.finish();
      }
      report.enterSoon("leased", { stage: "starting", fraction: 0 }, firstWordMs);
      log.info({ attempt: claim.attempt, deliveries: delivery.deliveries, kind: job.kind }, "job taken");
      const { outcome: result, engine, model } = await work(claim, report);
      const seconds = (performance.now() - begin) / 1000;
      report.stop();
      if (result === null) {
        // Another has it: neither the lease nor the delivery is ours any more.
        log.info("job left to who holds it now");
        return;
      }
      await sendResult({
        v: protocolVersion,
        jobId: job.jobId,
        projectId: job.projectId,
        attempt: claim.attempt,
        claim: claim.id,
        agentId: parts.agentId,
        outcome: result,
        runtime: {
          engine,
          ...(model === undefined ? {} : { model }),
          device: parts.deviceOf(engine).slice(0, 200),
          seconds,
        },
      });
      if (result.status === "succeeded") parts.measured(engine, delivery, seconds);
      const verdict = verdictOf(result);
      if (verdict !== null) parts.judged(job.jobId, verdict);
      log.info({ attempt: claim.attempt, status: result.status, seconds: Math.round(seconds * 10) / 10 }, "job ended");
      heart.stop();
      // A retry is the director's to release: this message is done whatever came of it.
      delivery.done();
      if (result.status !== "succeeded") await claim.release().catch(() => undefined);
    } finally {
      heart.stop();
      report.stop();
    }
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
    const timer = setInterval(() => void once(), Math.min((leaseSeconds * 1000) / 3, mostBetweenBeatsMs));
    return { stop: () => clearInterval(timer) };
  }

  type Worked = { outcome: ResultMessage["outcome"] | null; engine: string; model?: string | undefined };

  /** @returns outcome null when this attempt is not ours to end */
  async function work(claim: Claim, report: ReturnType<typeof withPatience>): Promise<Worked> {
    let engine = "none";
    let model: string | undefined;
    const scratch = path.join(parts.scratchFolder, `${job.jobId}-${claim.attempt}`);
    const holder = { jobId: job.jobId, attempt: claim.attempt, claim: claim.id, agentId: parts.agentId };
    const ended = (outcome: Worked["outcome"]): Worked => ({ outcome, engine, model });
    const failed = ({ kind, message, detail }: Failure): Worked => ended({ status: "failed", kind, message, detail });
    const stopped = (): Worked => {
      switch (stopping.signal.reason as StopReason) {
        case "cancelled":
          return ended({ status: "cancelled" });
        case "draining":
          return ended({ status: "handed_back" });
        case "lost":
          return ended(null);
      }
    };
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
          started: (id, withModel) => {
            engine = id;
            model = withModel;
            pace = { beganAt: performance.now(), fraction: 0 };
            report.enterSoon("running", { stage: "starting", fraction: 0 }, firstWordMs);
          },
          progress: (progress) => {
            if (pace !== null) pace.fraction = progress.fraction;
            // The engine's part is most of the way; the upload is the rest.
            report.update({ ...progress, fraction: progress.fraction * 0.97 });
          },
          preview: report.preview,
          asset: (assetId) => downloadAsset(parts.bus, holder, assetId, scratch, stopping.signal),
        },
        stopping.signal,
        () => graceMs[stopping.signal.reason as StopReason] ?? 5000,
      );
      if (stopping.signal.aborted) return stopped();
      if (end.status === "failed") return failed({ ...end, kind: end.kind === "cancelled" ? "retryable" : end.kind });
      return ended({ status: "succeeded", artifacts: await upload(end.files, report), output: end.output });
    } catch (error) {
      if (error instanceof Refused) stop("lost");
      if (stopping.signal.aborted) return stopped();
      log.warn({ err: error }, "the attempt failed");
      return failed(failureOf(error));
    } finally {
      // The engine makes it; one that had nothing to write may not have.
      if (existsSync(scratch)) await rm(scratch, { recursive: true, force: true });
    }

    async function upload(files: RenderedFile[], toReport: ProgressReport): Promise<Artifact[]> {
      if (files.length > 0) toReport.enter("uploading", { stage: "uploading", fraction: 0.97 });
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

/** Only what the agent's own part may be to blame for is held against it. */
function verdictOf(outcome: ResultMessage["outcome"]): AgentVerdict | null {
  if (outcome.status === "succeeded") return "good";
  if (outcome.status !== "failed") return null;
  if (isDiskFull(outcome.detail ?? outcome.message)) return "full";
  return ["infrastructure", "unknown", "retryable"].includes(outcome.kind) ? "bad" : null;
}
