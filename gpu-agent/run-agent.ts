import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { connectBus } from "#bus/connection.ts";
import { startAgent } from "./agent.ts";
import type { AgentEnv } from "./env.ts";
import { openEngineProcess } from "./engine-process.ts";
import { openLog } from "./log.ts";
import { openScratch } from "./scratch.ts";

/** Beyond the drain: an engine that does not listen is killed, and what is left is handed back. */
const forcedAfterMs = 7000;

/** Builds the agent from its environment, starts it, and stops it in order when it is asked to. */
export async function runAgent(env: AgentEnv, engineEntry: string): Promise<void> {
  const log = openLog(env.logLevel);
  const agentId = env.agentId ?? `agent-${randomUUID().slice(0, 8)}`;
  const scratchFolder = await openScratch(env.scratchFolder, process.pid);
  const bus = await connectBus({ url: env.natsUrl, credsFile: env.natsCreds, name: `backlot ${agentId}`, log });
  const agent = await startAgent({
    bus,
    agentId,
    slots: env.slots,
    leaseSeconds: env.leaseSeconds,
    drainSeconds: env.drainSeconds,
    scratchFolder,
    openEngine: () => openEngineProcess({ entry: engineEntry, log }),
    log,
  });
  let stopping = false;
  /** Asked twice, or left alone by the studio, it does not wait for what is under way. */
  const stop = async (why: string, isUrgent = false) => {
    if (stopping || isUrgent) agent.hurry();
    if (stopping) return;
    stopping = true;
    log.info({ why }, "agent stopping");
    setTimeout(() => process.exit(1), (isUrgent ? 0 : env.drainSeconds) * 1000 + forcedAfterMs).unref();
    await agent.stop();
    await bus.close();
    await rm(scratchFolder, { recursive: true, force: true });
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop("SIGTERM"));
  process.on("SIGINT", () => void stop("SIGINT"));
  process.once("disconnect", () => void stop("the studio is gone", true));
}
