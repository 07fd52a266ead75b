import os from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { openAgents } from "#bus/agents.ts";
import { onCancel, openCancels } from "#bus/cancels.ts";
import type { Bus } from "#bus/connection.ts";
import { type Delivery, takeJob } from "#bus/job-queue.ts";
import { openLeases } from "#bus/leases.ts";
import { NoSuchConsumer } from "#bus/pulling.ts";
import { ensureTopology } from "#bus/topology.ts";
import { type Capability, Lane } from "#domain/jobs/capabilities.ts";
import { type AgentInfo, protocolVersion } from "#domain/jobs/messages.ts";
import type { OfferedEngine } from "./engine-messages.ts";
import type { EngineProcess } from "./engine-process.ts";
import { type JobRun, startJobRun } from "./job-run.ts";
import type { Log } from "./log.ts";
import { openSpeed } from "./speed.ts";

export type AgentOptions = {
  bus: Bus;
  agentId: string;
  slots: number;
  leaseSeconds: number;
  scratchFolder: string;
  openEngine: () => EngineProcess;
  log: Log;
};

export type Agent = {
  /** Takes no more jobs, calls off or hands back those under way, and ends the engines. */
  stop: () => Promise<void>;
};

type Slot = { engine: EngineProcess; run: JobRun | null };

const reportEveryMs = 3000;
const waitMs = 20_000;
const lookAgainMs = 30_000;

/** One job per slot: registers, pulls when a slot is free, and keeps every job's lease alive while it runs. */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  const { bus, agentId, log } = options;
  const registry = openAgents(bus);
  const parts = {
    bus,
    leases: openLeases(bus),
    cancels: openCancels(bus),
    agentId,
    leaseSeconds: options.leaseSeconds,
    scratchFolder: options.scratchFolder,
  };
  const speed = openSpeed();
  const slots: Slot[] = Array.from({ length: options.slots }, () => ({ engine: options.openEngine(), run: null }));
  const stopping = new AbortController();
  let offered: OfferedEngine[] = [];
  let starting = true;

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
      state: stopping.signal.aborted ? "draining" : starting ? "starting" : running.length > 0 ? "busy" : "idle",
      running,
      speed: speed.values(),
      at: new Date().toISOString(),
    };
  };
  const report = () =>
    registry.report(info()).catch((error: unknown) => log.debug({ err: error }, "the agent could not report"));

  await ensureTopologyPatiently();
  bus.onReconnect(() => void ensureTopologyPatiently().then(report));
  const cancelling = onCancel(bus, (jobId) => {
    for (const slot of slots) if (slot.run?.jobId === jobId) slot.run.stop("cancelled");
  });
  await report();
  const reporting = setInterval(() => void report(), reportEveryMs);
  const working = warmUp().then(pullForEver);

  return {
    stop: async () => {
      stopping.abort();
      await report();
      for (const slot of slots) slot.run?.stop("draining");
      await Promise.all(slots.flatMap((slot) => slot.run?.done ?? []));
      await working.catch(() => undefined);
      clearInterval(reporting);
      await Promise.all(slots.map((slot) => slot.engine.stop()));
      if (bus.connected()) await registry.leave(agentId).catch(() => undefined);
      await cancelling.stop();
    },
  };

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
      const can = new Set<Capability>(offered.flatMap((engine) => engine.capabilities));
      const lines = [...can].flatMap((capability) => Lane.options.map((lane) => ({ capability, lane })));
      const slot = slots.find((one) => one.run === null);
      if (slot === undefined) {
        await Promise.race(slots.flatMap((one) => one.run?.done ?? []));
        continue;
      }
      try {
        const onProblem = (reason: unknown) => log.error({ reason }, "a job that does not parse was dropped");
        const delivery = await takeJob(bus, lines, { expiresMs: waitMs, signal: stopping.signal, onProblem });
        if (delivery !== null) occupy(slot, delivery);
      } catch (error) {
        if (error instanceof NoSuchConsumer) await ensureTopologyPatiently();
        else log.warn({ err: error }, "no job could be asked for");
        await sleep(500, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  function occupy(slot: Slot, delivery: Delivery): void {
    if (stopping.signal.aborted) return delivery.handBack(100);
    const run = startJobRun(
      {
        ...parts,
        engine: slot.engine,
        deviceOf: (engineId) => offered.find((engine) => engine.id === engineId)?.device ?? "unknown",
        measured: (engineId, done, seconds) => speed.add(engineId, done.message.request, seconds),
        log,
      },
      delivery,
    );
    slot.run = run;
    void report();
    void run.done.then(() => {
      slot.run = null;
      void report();
    });
  }

  async function ensureTopologyPatiently(): Promise<void> {
    for (let pause = 250; !stopping.signal.aborted; pause = Math.min(pause * 2, 5000)) {
      try {
        return await ensureTopology(bus, options.leaseSeconds, "keep");
      } catch (error) {
        log.warn({ err: error }, "the broker is not ready for work yet");
        await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }
}
