import { type ChildProcess, fork } from "node:child_process";
import type { EngineWish, JobInput, PartOf } from "#domain/jobs/messages/job-message.ts";
import type { RenderRequest } from "#domain/jobs/messages/render-request.ts";
import type { FailureKind } from "#domain/jobs/messages/result-message.ts";
import { FromEngine, type OfferedEngine, type Progress, type RenderedFile, type ToEngine } from "./engine-messages.ts";
import type { Log } from "./log.ts";

export type RunOrder = {
  jobId: string;
  attempt: number;
  request: RenderRequest;
  inputs: JobInput[];
  part?: PartOf | undefined;
  want?: EngineWish | undefined;
  scratch: string;
};

export type RunListener = {
  /** Told again when another engine takes over. */
  started: (engine: string, model?: string) => void;
  progress: (progress: Progress) => void;
  preview: (jpeg: Uint8Array) => void;
  /** @returns the file's path; @throws when it cannot be had */
  asset: (assetId: string) => Promise<string>;
};

export type RunEnd =
  | { status: "done"; files: RenderedFile[]; output?: unknown }
  | { status: "failed"; kind: FailureKind | "cancelled"; message: string; detail?: string | undefined };

/** One child with warm engines, for one slot. After it dies it is started again at the next use. */
export type EngineProcess = {
  /** Starts it when it isn't running. @returns what its engines offer */
  ready: () => Promise<Offered>;
  /**
   * Runs one job; one at a time. When `signal` aborts the engine is asked to stop, and killed with all it started
   * when it has not stopped after the reason's grace.
   */
  run: (order: RunOrder, listener: RunListener, signal: AbortSignal, graceMs: () => number) => Promise<RunEnd>;
  stop: () => Promise<void>;
};

/** The child gets our own environment. */
export type EngineProcessOptions = { entry: string; log: Log };

/** `missing`: how many of the engines asked for are not ready. */
export type Offered = { engines: OfferedEngine[]; problems: string[]; missing: number };

type Running = { child: ChildProcess; offered: Promise<Offered>; ended: Promise<string> };

const gone = "The engine stopped in the middle of the work.";

export function openEngineProcess(options: EngineProcessOptions): EngineProcess {
  let running: Running | null = null;
  let onMessage: ((message: FromEngine) => void) | null = null;
  let stopping = false;

  const start = (): Running => {
    const child = fork(options.entry, [], {
      serialization: "advanced",
      // A group of its own, so that an encoder it started dies with it.
      detached: true,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const ended = new Promise<string>((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    const offered = new Promise<Offered>((resolve, reject) => {
      child.on("message", (raw) => {
        const message = FromEngine.safeParse(raw);
        if (!message.success)
          return options.log.warn({ issues: message.error.issues }, "the engine process said something odd");
        if (message.data.type === "ready") resolve(message.data);
        else onMessage?.(message.data);
      });
      void ended.then((how) => reject(new Error(`the engine process ended (${how})`)));
    });
    offered.catch(() => undefined);
    const self = { child, offered, ended };
    void ended.then((how) => {
      killGroup(child);
      if (running === self) running = null;
      if (!stopping) options.log.warn({ how }, "the engine process ended");
    });
    return self;
  };

  const current = () => (running ??= start());

  return {
    ready: () => current().offered,
    run: async (order, listener, signal, graceMs) => {
      const { child, offered, ended } = current();
      try {
        await offered;
      } catch (error) {
        return { status: "failed", kind: "infrastructure", message: gone, detail: (error as Error).message };
      }
      const say = (message: ToEngine) => {
        if (child.connected) child.send(message, () => undefined);
      };
      let killer: NodeJS.Timeout | undefined;
      const callOff = () => {
        say({ type: "cancel" });
        killer = setTimeout(() => killGroup(child), graceMs());
      };
      try {
        const finished = new Promise<RunEnd>((resolve) => {
          onMessage = (message) => {
            switch (message.type) {
              case "ready":
                return;
              case "started":
                return listener.started(message.engine, message.model);
              case "progress":
                return listener.progress(message.progress);
              case "preview":
                return listener.preview(message.jpeg);
              case "need-asset":
                listener.asset(message.assetId).then(
                  (path) => say({ type: "asset", assetId: message.assetId, path }),
                  (error: unknown) => say({ type: "asset", assetId: message.assetId, error: String(error) }),
                );
                return;
              case "done":
                return resolve({ status: "done", files: message.files, output: message.output });
              case "failed":
                return resolve({
                  status: "failed",
                  kind: message.kind,
                  message: message.message,
                  detail: message.detail,
                });
            }
          };
          void ended.then((how) =>
            resolve(
              signal.aborted
                ? { status: "failed", kind: "cancelled", message: "stopped by force" }
                : {
                    status: "failed",
                    kind: "infrastructure",
                    message: gone,
                    detail: `the engine process ended (${how})`,
                  },
            ),
          );
        });
        say({ type: "run", ...order });
        if (signal.aborted) callOff();
        else signal.addEventListener("abort", callOff, { once: true });
        return await finished;
      } finally {
        signal.removeEventListener("abort", callOff);
        clearTimeout(killer);
        onMessage = null;
      }
    },
    stop: async () => {
      stopping = true;
      if (running === null) return;
      const { child, ended } = running;
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => killGroup(child), 2000);
      await ended;
      clearTimeout(timer);
    },
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}
