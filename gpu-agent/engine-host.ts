import { mkdir } from "node:fs/promises";
import { chooseEngines } from "./choose-engines.ts";
import { type FromEngine, type OfferedEngine, ToEngine } from "./engine-messages.ts";
import { type Engine, EngineError, type EngineStatus } from "./engines/engine.ts";
import { diskFull, isDiskFull } from "./failures.ts";

const probeMs = 90_000;
const mostOutput = 64 * 1024;

/**
 * The engine process's whole life: probe the engines, run what the agent sends, end with the agent. Engines stay warm
 * between jobs.
 */
export async function serveEngines(engines: Engine[]): Promise<void> {
  const say = (message: FromEngine) => {
    if (process.connected) process.send?.(message);
  };
  const waiting = new Map<string, { resolve: (path: string) => void; reject: (error: Error) => void }>();
  let current: AbortController | null = null;
  const statuses = new Map<Engine, EngineStatus>();
  let candidates: (OfferedEngine & { engine: Engine })[] = [];

  const run = async (order: Extract<ToEngine, { type: "run" }>) => {
    const calledOff = new AbortController();
    current = calledOff;
    try {
      say(await runOnSome(order, calledOff.signal));
    } finally {
      current = null;
      waiting.clear();
    }
  };

  /** Engines that have no room for the job are passed over for the next that can do it; the last to try is what ran. */
  const runOnSome = async (order: Extract<ToEngine, { type: "run" }>, signal: AbortSignal): Promise<FromEngine> => {
    const chosen = chooseEngines(candidates, order);
    const passed: string[] = [];
    for (const [index, candidate] of chosen.entries()) {
      const model = order.want?.model ?? candidate.models[0];
      say({ type: "started", engine: candidate.id, ...(model === undefined ? {} : { model }) });
      const end = await runOn(candidate.engine, order, signal);
      const hasNoRoom = end.type === "failed" && end.kind === "capacity" && !signal.aborted;
      if (!hasNoRoom) return end;
      passed.push(`${candidate.id}: ${end.detail ?? end.message}`);
      if (index === chosen.length - 1) return { ...end, detail: passed.join("\n").slice(0, 8000) };
    }
    const wanted = order.want?.model ?? order.want?.engine;
    return wanted === undefined
      ? { type: "failed", kind: "capacity", message: `No engine here does ${order.request.role} of this size.` }
      : { type: "failed", kind: "missing-model", message: `No machine that renders has ${wanted} for this.` };
  };

  const runOn = async (
    engine: Engine,
    order: Extract<ToEngine, { type: "run" }>,
    signal: AbortSignal,
  ): Promise<Extract<FromEngine, { type: "done" | "failed" }>> => {
    let output: unknown;
    try {
      await mkdir(order.scratch, { recursive: true, mode: 0o700 });
      const files = await engine.run(order.request, {
        signal,
        jobId: order.jobId,
        attempt: order.attempt,
        scratch: order.scratch,
        inputs: order.inputs,
        part: order.part,
        assetPath: (assetId) =>
          new Promise((resolve, reject) => {
            waiting.set(assetId, { resolve, reject });
            say({ type: "need-asset", assetId });
          }),
        progress: (progress) => say({ type: "progress", progress }),
        preview: (jpeg) => say({ type: "preview", jpeg }),
        answer: (value) => {
          if (JSON.stringify(value).length > mostOutput)
            throw new EngineError("permanent", "An engine answers at most 64 KiB beside its files.");
          output = value;
        },
      });
      return signal.aborted ? calledOffAnswer : { type: "done", files, output };
    } catch (error) {
      return signal.aborted ? calledOffAnswer : failed(engine.id, error);
    }
  };

  process.on("message", (raw) => {
    const message = ToEngine.safeParse(raw);
    if (!message.success) {
      say({
        type: "failed",
        kind: "permanent",
        message: "The engine could not read the job.",
        detail: JSON.stringify(message.error.issues).slice(0, 8000),
      });
      return;
    }
    switch (message.data.type) {
      case "run":
        void run(message.data);
        return;
      case "cancel":
        current?.abort();
        return;
      case "asset": {
        const asker = waiting.get(message.data.assetId);
        waiting.delete(message.data.assetId);
        if (message.data.path !== undefined) asker?.resolve(message.data.path);
        else {
          const detail = message.data.error ?? "";
          asker?.reject(
            isDiskFull(detail)
              ? new EngineError("infrastructure", diskFull, { detail })
              : new EngineError("retryable", "A file that the job needs cannot be had.", { detail }),
          );
        }
      }
    }
  });
  // The agent is gone or has asked us to go: nothing of ours may stay, encoders and browsers included.
  const leave = () => {
    current?.abort();
    const end = () => {
      try {
        process.kill(-process.pid, "SIGKILL");
      } catch {
        process.exit(0);
      }
    };
    setTimeout(end, 1500);
    void Promise.allSettled(engines.map((engine) => engine.dispose())).then(end);
  };
  process.once("disconnect", leave);
  // The group's SIGINT from a terminal is the agent's to answer.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => undefined);

  const problems: string[] = [];
  for (const engine of engines) {
    try {
      const status = await engine.probe(AbortSignal.timeout(probeMs));
      statuses.set(engine, status);
      if (status.warning !== null) problems.push(`${engine.id}: ${status.warning}`);
    } catch (error) {
      problems.push(`${engine.id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  candidates = [...statuses]
    .filter(([, status]) => status.ready)
    .map(([engine, status]) => ({
      engine,
      id: engine.id,
      capabilities: status.roles,
      models: status.models ?? [],
      version: status.version,
      device: status.device,
      limits: status.limits ?? {},
    }));
  const offered = candidates.map(({ engine: _, ...offer }): OfferedEngine => offer);
  say({ type: "ready", engines: offered, problems, missing: engines.length - offered.length });
}

const calledOffAnswer = { type: "failed", kind: "cancelled", message: "called off" } as const;

function failed(engineId: string, error: unknown): Extract<FromEngine, { type: "failed" }> {
  const detail = (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 8000);
  const said = error instanceof EngineError ? (error.detail ?? "") : "";
  if (isDiskFull(error) || isDiskFull(said))
    return { type: "failed", kind: "infrastructure", message: diskFull, detail: `${said}\n${detail}`.slice(0, 8000) };
  if (!(error instanceof EngineError))
    return {
      type: "failed",
      kind: "unknown",
      message: `The engine ${engineId} failed in a way it does not know.`,
      detail,
    };
  return {
    type: "failed",
    kind: error.kind,
    message: error.message.slice(0, 2000),
    detail: error.detail?.slice(0, 8000),
  };
}
