import { type FromEngine, type OfferedEngine, ToEngine } from "./engine-messages.ts";
import { type Engine, EngineError, type EngineStatus } from "./engines/engine.ts";

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

  const run = async (order: Extract<ToEngine, { type: "run" }>) => {
    const engine = engines.find(
      (one) => statuses.get(one)?.ready === true && statuses.get(one)?.roles.includes(order.request.role),
    );
    if (engine === undefined) {
      say({ type: "failed", kind: "capacity", message: `no engine here does ${order.request.role}` });
      return;
    }
    const calledOff = new AbortController();
    current = calledOff;
    say({ type: "started", engine: engine.id });
    let output: unknown;
    try {
      const files = await engine.run(order.request, {
        signal: calledOff.signal,
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
      if (calledOff.signal.aborted) say({ type: "failed", kind: "cancelled", message: "called off" });
      else say({ type: "done", files, output });
    } catch (error) {
      if (calledOff.signal.aborted) say({ type: "failed", kind: "cancelled", message: "called off" });
      else if (error instanceof EngineError)
        say({
          type: "failed",
          kind: error.kind,
          message: error.message.slice(0, 2000),
          detail: error.detail?.slice(0, 8000),
        });
      else
        say({
          type: "failed",
          kind: "unknown",
          message: `The engine ${engine.id} failed in a way it does not know.`,
          detail: (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 8000),
        });
    } finally {
      current = null;
      waiting.clear();
    }
  };

  process.on("message", (raw) => {
    const message = ToEngine.safeParse(raw);
    if (!message.success) {
      say({
        type: "failed",
        kind: "permanent",
        message: `the order does not parse: ${message.error.issues[0]?.message ?? ""}`,
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
        else asker?.reject(new EngineError("retryable", message.data.error ?? "the asset cannot be had"));
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
  const offered: OfferedEngine[] = [...statuses]
    .filter(([, status]) => status.ready)
    .map(([engine, status]) => ({
      id: engine.id,
      capabilities: status.roles,
      models: status.models ?? [],
      version: status.version,
      device: status.device,
      limits: status.limits ?? {},
    }));
  say({ type: "ready", engines: offered, problems, missing: engines.length - offered.length });
}
