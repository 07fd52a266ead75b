/** An agent as it is, with engines that do nothing, in this process: `node backlot-worker.js`. */
import { pino } from "pino";
import { connectBus } from "#bus/connection.ts";
import { startAgent } from "../../gpu-agent/agent.ts";
import { loadEnv } from "../../gpu-agent/env.ts";
import { openInProcessEngine } from "../../gpu-agent/testing/in-process-engine.ts";
import { type FromWorker, now, type ToWorker } from "./words.ts";

const say = (word: FromWorker) => process.send?.(word);
process.once("disconnect", () => process.exit(0));

let count = 0;
let firstAt: number | null = null;
process.once("message", (word: ToWorker) => {
  if (word.type === "begin") void begin(word.slots, word.tells);
});

async function begin(slots: number, tells: boolean): Promise<void> {
  const env = loadEnv();
  const render = (id: string) => {
    firstAt ??= now();
    count += 1;
    if (tells) say({ type: "started", id, at: now() });
  };
  await startAgent({
    ...env,
    bus: await connectBus({ url: env.natsUrl, name: "bench agent" }),
    agentId: "bench",
    slots,
    openEngine: () => openInProcessEngine(render),
    log: pino({ level: env.logLevel }),
  });
  process.on("message", (word: ToWorker) => {
    if (word.type !== "count") return;
    say({ type: "counted", count, firstAt });
    count = 0;
    firstAt = null;
  });
  say({ type: "ready" });
}
