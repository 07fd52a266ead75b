/**
 * Loads documents in a worker thread, one after the other, so that nobody's edits wait for it. The thread ends when it
 * had nothing to do for a while: its heap is the size of the largest document it saw.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { condense, type Condensed } from "./condense.ts";

export interface CondenseRequest {
  id: number;
  parts: readonly Uint8Array[];
  wantBytes: boolean;
}
export type CondenseAnswer =
  | ({ id: number; status: "done" } & Condensed)
  | { id: number; status: "failed"; message: string };

export interface Condenser {
  condense(parts: readonly Uint8Array[], wantBytes: boolean): Promise<Condensed>;
  close(): Promise<void>;
}

interface Waiting {
  resolve: (condensed: Condensed) => void;
  reject: (error: Error) => void;
}

const idleMs = 30_000;

class WorkerCondenser implements Condenser {
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #nextId = 1;
  #idleTimer: NodeJS.Timeout | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  condense(parts: readonly Uint8Array[], wantBytes: boolean): Promise<Condensed> {
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      if (this.#idleTimer !== null) clearTimeout(this.#idleTimer);
      this.#worker ??= this.#start();
      this.#worker.postMessage({ id, parts, wantBytes } satisfies CondenseRequest);
    });
  }

  async close(): Promise<void> {
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer);
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#file);
    worker.unref();
    worker.on("message", (answer: CondenseAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.status === "done") waiting?.resolve({ bytes: answer.bytes, title: answer.title });
      else waiting?.reject(new Error(answer.message));
      if (this.#waiting.size === 0) {
        this.#idleTimer = setTimeout(() => void worker.terminate(), idleMs);
        this.#idleTimer.unref();
      }
    });
    worker.on("error", (error) => this.#fail(worker, error));
    worker.on("exit", () => this.#fail(worker, new Error("the compaction thread ended")));
    return worker;
  }

  #fail(worker: Worker, error: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const reason = error instanceof Error ? error : new Error(String(error));
    for (const waiting of this.#waiting.values()) waiting.reject(reason);
    this.#waiting.clear();
  }
}

/** On this thread: for tests, and when the process runs from its sources, which a thread cannot read. */
export const inlineCondenser: Condenser = {
  condense: async (parts, wantBytes) => condense(parts, wantBytes),
  close: async () => {},
};

/** The worker's bundle stands beside that of the process. */
export function openCondenser(): Condenser {
  const file = fileURLToPath(new URL("./compact.worker.js", import.meta.url));
  return existsSync(file) ? new WorkerCondenser(file) : inlineCondenser;
}
