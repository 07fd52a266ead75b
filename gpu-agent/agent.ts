import os from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { onAgentControl, openAgentControls } from "#bus/agent-control.ts";
import { openAgents } from "#bus/agents.ts";
import { onCancel, openCancels } from "#bus/cancels.ts";
import type { Bus } from "#bus/connection.ts";
import { type Delivery, type Line, openJobTaker, type Unreadable } from "#bus/job-queue.ts";
import { openLeases } from "#bus/leases.ts";
import { NoSuchConsumer } from "#bus/pulling.ts";
import { ensureTopology } from "#bus/topology.ts";
import { type Capability, Lane } from "#domain/jobs/capabilities.ts";
import type { AgentInfo } from "#domain/jobs/messages/agent-info.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import { openBreaker } from "./breaker.ts";
import { chooseEngines } from "./choose-engines.ts";
import type { OfferedEngine } from "./engine-messages.ts";
import type { EngineProcess } from "./engine-process.ts";
import { type JobRun, startJobRun } from "./job-run.ts";
import type { Log } from "./log.ts";
import { openSpeed } from "./speed.ts";
import { refuseUnreadable } from "./unreadable.ts";

export type AgentOptions = {
  bus: Bus;
  agentId: string;
  slots: number;
  leaseSeconds: number;
  /** How long jobs under way may go on once it is asked to stop; what takes longer is handed back. 10 unless said. */
  drainSeconds?: number;
  scratchFolder: string;
  openEngine: () => EngineProcess;
  log: Log;
};

export type Agent = {
  /** Takes no more jobs, finishes what fits into the grace, hands back the rest, and ends the engines. */
  stop: () => Promise<void>;
  /** Of an agent that stops: hands back at once whatever is still under way. */
  hurry: () => void;
};

type Slot = { engine: EngineProcess; run: JobRun | null };

const reportEveryMs = 3000;
const soonMs = 250;
/** A full agent asks again this long after a slot has come free: in a flood of tiny jobs others are free by then, too. */
const gatherMs = 3;
const waitMs = 20_000;
const lookAgainMs = 30_000;
const defaultDrainSeconds = 10;
/** What follows the engine's part of a job: the upload, the result. */
const afterRenderMs = 1000;
/** A job that others should have first is left to them so often; then it is better done here than by nobody. */
const leftToOthers = 4;
const leaveMs = 300;
/** So often it may come to an agent that has no engine for it; then it fails with what is missing. */
const passedOn = 20;

/** One job per slot: registers, pulls when a slot is free, and keeps every job's lease alive while it runs. */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  const { bus, agentId, log } = options;
  const registry = openAgents(bus);
  /** What the broker's clock says beyond `performance.now()`: leases are stamped by it, and ours may be wrong. */
  let clockAhead: number | null = null;
  const parts = {
    bus,
    leases: openLeases(bus),
    cancels: openCancels(bus),
    agentId,
    leaseSeconds: options.leaseSeconds,
    brokerNow: () => (clockAhead === null ? null : performance.now() + clockAhead),
    scratchFolder: options.scratchFolder,
  };
  const speed = openSpeed();
  const breaker = openBreaker();
  const justDone = new Set<string>();
  const taker = openJobTaker(bus);
  const controls = openAgentControls(bus);
  const slots: Slot[] = Array.from({ length: options.slots }, () => ({ engine: options.openEngine(), run: null }));
  const stopping = new AbortController();
  let offered: OfferedEngine[] = [];
  let starting = true;
  /** An operator wants it to take no more. */
  let drained = false;
  /** Calls off the present wait for jobs, when what it takes has changed. */
  let waiting = new AbortController();
  /** Which capability is asked for first: each has its turn. */
  let turn = 0;
  let reportTimer: NodeJS.Timeout | null = null;
  let drainUntil = Number.POSITIVE_INFINITY;

  const info = (): AgentInfo => {
    const running = slots.flatMap(({ run }) =>
      run === null ? [] : [{ jobId: run.jobId, kind: run.kind, startedAt: run.startedAt }],
    );
    return {
      v: protocolVersion,
      id: agentId,
      engines: offered.map(({ device: _, ...engine }) => engine),
      device: [...new Set(offered.map((engine) => engine.device))].join(" · ") || os.cpus()[0]?.model || "unknown",
      memory: { ramBytes: os.totalmem() },
      slots: options.slots,
      state: stateNow(running.length),
      running,
      speed: speed.values(),
      at: new Date().toISOString(),
    };
  };
  const stateNow = (running: number): AgentInfo["state"] => {
    if (stopping.signal.aborted || drained) return "draining";
    if (starting || breaker.pauseMs() > 0) return "starting";
    return running > 0 ? "busy" : "idle";
  };
  const report = async (): Promise<void> => {
    try {
      clockAhead = (await registry.report(info())) ?? clockAhead;
    } catch (error) {
      log.debug({ err: error }, "the agent could not report");
    }
  };
  const obey = (drain: boolean) => {
    if (drain === drained) return;
    drained = drain;
    log.info(drain ? "drained by an operator: no more jobs are taken" : "taking jobs again");
    waiting.abort();
    void report();
  };
  const readControl = async (): Promise<void> => {
    try {
      obey((await controls.read(agentId))?.drain === true);
    } catch (error) {
      log.debug({ err: error }, "it could not be read whether the agent is drained");
    }
  };

  await ensureTopologyPatiently();
  bus.onReconnect(() => void ensureTopologyPatiently().then(readControl).then(report));
  const controlling = onAgentControl(bus, agentId, ({ drain }) => obey(drain));
  await readControl();
  const cancelling = onCancel(bus, (jobId) => {
    for (const slot of slots) if (slot.run?.jobId === jobId) slot.run.stop("cancelled");
  });
  await report();
  const reporting = setInterval(() => void readControl().then(report), reportEveryMs);
  const working = warmUp().then(ensureTopologyPatiently).then(pullForEver);

  return {
    stop: async () => {
      drainUntil = Math.min(drainUntil, performance.now() + (options.drainSeconds ?? defaultDrainSeconds) * 1000);
      stopping.abort();
      waiting.abort();
      await report();
      const handingBack = setInterval(handBackWhatTakesLonger, 100);
      await working.catch(() => undefined);
      await Promise.all(slots.flatMap((slot) => slot.run?.done ?? []));
      clearInterval(handingBack);
      clearInterval(reporting);
      await Promise.all(slots.map((slot) => slot.engine.stop()));
      if (bus.connected()) await registry.leave(agentId).catch(() => undefined);
      await Promise.all([cancelling.stop(), controlling.stop()]);
    },
    hurry: () => {
      drainUntil = 0;
    },
  };

  function handBackWhatTakesLonger(): void {
    const left = drainUntil - performance.now();
    for (const { run } of slots) {
      const remaining = run?.remainingMs() ?? 0;
      if (left <= 0 || remaining + afterRenderMs > left) run?.stop("draining");
    }
  }

  /** Engines may need a while (a browser, a model); the agent is seen as starting meanwhile. */
  async function warmUp(): Promise<void> {
    for (let pause = 500; !stopping.signal.aborted; pause = Math.min(pause * 2, 30_000)) {
      if (await lookAtEngines(slots)) break;
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    starting = false;
    await report();
    log.info(
      { engines: offered.map((engine) => `${engine.id} (${engine.capabilities.join(", ")})`), slots: options.slots },
      "agent ready",
    );
  }

  /** @returns whether there is at least one engine to work with; the missing ones are looked at again later */
  async function lookAtEngines(some: Slot[]): Promise<boolean> {
    try {
      const all = await Promise.all(some.map((slot) => slot.engine.ready()));
      offered = all[0]?.engines ?? [];
      for (const problem of new Set(all.flatMap((one) => one.problems))) log.warn(problem);
      if (all.some((one) => one.missing > 0)) lookAgain();
    } catch (error) {
      offered = [];
      if (!stopping.signal.aborted) log.warn({ err: error }, "the engines did not start; trying again");
      if (!starting) lookAgain();
    }
    if (offered.length === 0) await Promise.all(some.map((slot) => slot.engine.stop()));
    return offered.length > 0;
  }

  /** A browser that did not start now may start later: idle engine processes are started anew. */
  function lookAgain(): void {
    const timer = setTimeout(async () => {
      const idle = slots.filter((slot) => slot.run === null);
      if (stopping.signal.aborted) return;
      if (idle.length < slots.length) return lookAgain();
      await Promise.all(idle.map((slot) => slot.engine.stop()));
      await lookAtEngines(idle);
      await report();
    }, lookAgainMs);
    timer.unref();
  }

  async function pullForEver(): Promise<void> {
    while (!stopping.signal.aborted) {
      const free = slots.filter((one) => one.run === null);
      if (free.length === 0) {
        await Promise.race(slots.flatMap((one) => one.run?.done ?? []));
        await sleep(gatherMs);
        continue;
      }
      const standsBack = !drained && breaker.pauseMs() > 0;
      const pause = drained ? waitMs : breaker.pauseMs();
      waiting = new AbortController();
      const signal = AbortSignal.any([stopping.signal, waiting.signal]);
      if (pause > 0) {
        await sleep(pause, undefined, { signal }).catch(() => undefined);
        if (standsBack && !stopping.signal.aborted) await standUpAgain();
        continue;
      }
      try {
        const taken = await taker.take(lines(), { most: free.length, expiresMs: waitMs, signal });
        for (const one of taken) takeUp(one);
      } catch (error) {
        if (error instanceof NoSuchConsumer) await ensureTopologyPatiently();
        else log.warn({ err: error }, "no job could be asked for");
        await sleep(500, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  function capabilitiesNow(): Capability[] {
    return [...new Set(offered.flatMap((engine) => engine.capabilities))];
  }

  /** What a person waits for comes first; the capabilities take turns. */
  function lines(): Line[] {
    const can = capabilitiesNow();
    const rotated = can.map((_, index) => can[(index + turn) % can.length]!);
    turn += 1;
    return Lane.options.flatMap((lane) => rotated.map((capability) => ({ capability, lane })));
  }

  /** After it stood back: engines that no longer start are a reason to go on doing so. */
  async function standUpAgain(): Promise<void> {
    const idle = slots.filter((slot) => slot.run === null);
    await Promise.all(idle.map((slot) => slot.engine.stop()));
    await lookAtEngines(idle);
    await report();
  }

  function takeUp(job: Delivery | Unreadable): void {
    const slot = slots.find((one) => one.run === null);
    if (slot === undefined || stopping.signal.aborted || drained) return job.handBack(100);
    if (job.avoidAgents.includes(agentId) && job.deliveries <= leftToOthers) return job.handBack(leaveMs);
    if (job.message === null) {
      log.error({ jobId: job.jobId, problem: job.problem }, "a job that does not parse was refused");
      void refuseUnreadable(parts, job).catch((error: unknown) => {
        log.warn({ err: error }, "it could not be said that a job does not parse");
        job.handBack(2000);
      });
      return;
    }
    const { jobId } = job.message;
    // A second message of a job that is well under way here, or that was done a moment ago and is not recorded yet.
    if (slots.some(({ run }) => run?.jobId === jobId) || justDone.has(jobId))
      return job.handBack((options.leaseSeconds * 1000) / 3);
    if (chooseEngines(offered, job.message).length === 0 && job.deliveries <= passedOn) return job.handBack(leaveMs);
    occupy(slot, job);
  }

  function occupy(slot: Slot, delivery: Delivery): void {
    const run = startJobRun(
      {
        ...parts,
        engine: slot.engine,
        deviceOf: (engineId) => offered.find((engine) => engine.id === engineId)?.device ?? "unknown",
        measured: (engineId, done, seconds) => {
          speed.add(engineId, done.message.request, seconds);
          justDone.add(done.message.jobId);
          setTimeout(() => justDone.delete(done.message.jobId), options.leaseSeconds * 1000).unref();
        },
        judged: (jobId, verdict) => {
          breaker.note(jobId, verdict);
          const pauseMs = breaker.pauseMs();
          if (pauseMs === 0) return;
          log.warn({ pauseMs }, "jobs keep failing here: none is taken for a while");
          waiting.abort();
        },
        log,
      },
      delivery,
    );
    slot.run = run;
    reportSoon();
    void run.done.then(() => {
      slot.run = null;
      reportSoon();
    });
  }

  /** Not for every job of a flood of them. */
  function reportSoon(): void {
    if (reportTimer !== null) return;
    reportTimer = setTimeout(() => {
      reportTimer = null;
      void report();
    }, soonMs);
    reportTimer.unref();
  }

  async function ensureTopologyPatiently(): Promise<void> {
    for (let pause = 250; !stopping.signal.aborted; pause = Math.min(pause * 2, 5000)) {
      try {
        return await ensureTopology(bus, options.leaseSeconds, "keep", capabilitiesNow());
      } catch (error) {
        log.warn({ err: error }, "the broker is not ready for work yet");
        await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }
}
