/**
 * Asks a thread, one task after the other. The thread ends when it had nothing to do for a while: its heap is the size of
 * the largest document it saw. When it dies (a document too large for it), what was asked fails and the process lives.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { errorFrom, TaskDesk, type Answers, type Task } from "./tasks.ts";
import { pack, unpack, type TaskAnswer, type TaskRequest } from "./thread-messages.ts";

export interface DocumentDesk {
  /** @throws UnreadableDocument, StudioError of an edit, Error when the thread is lost */
  ask<K extends Task["kind"]>(task: Extract<Task, { kind: K }>): Promise<Answers[K]>;
  close(): Promise<void>;
}

interface Waiting {
  resolve: (answer: never) => void;
  reject: (error: Error) => void;
}

const idleMs = 10_000;
const mostHeapMiB = 1536;

class ThreadDesk implements DocumentDesk {
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #nextId = 1;
  #idleTimer: NodeJS.Timeout | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  ask<K extends Task["kind"]>(task: Extract<Task, { kind: K }>): Promise<Answers[K]> {
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      if (this.#idleTimer !== null) clearTimeout(this.#idleTimer);
      this.#worker ??= this.#start();
      const { message, transfer } = pack(task);
      this.#worker.postMessage({ id, task: message } satisfies TaskRequest, transfer);
    });
  }

  async close(): Promise<void> {
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer);
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#file, { resourceLimits: { maxOldGenerationSizeMb: mostHeapMiB } });
    worker.unref();
    worker.on("message", (answer: TaskAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.status === "done") waiting?.resolve(unpack<never>(answer.answer));
      else waiting?.reject(errorFrom(answer.failure));
      if (this.#waiting.size === 0) {
        this.#idleTimer = setTimeout(() => this.#dismiss(), idleMs);
        this.#idleTimer.unref();
      }
    });
    worker.on("error", (error) => this.#fail(worker, error));
    worker.on("exit", () => this.#fail(worker, new Error("the documents' thread ended")));
    return worker;
  }

  #dismiss(): void {
    const worker = this.#worker;
    // Whoever asks from now on gets a new one.
    this.#worker = null;
    void worker?.terminate();
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
export function inlineDesk(): DocumentDesk {
  const desk = new TaskDesk();
  return {
    ask: async <K extends Task["kind"]>(task: Extract<Task, { kind: K }>) => desk.do(task) as Answers[K],
    close: async () => {},
  };
}

/**
 * The thread's bundle stands beside that of the process, or in a folder of its own below it. From the sources, which a
 * thread cannot read, there is none.
 */
export function openDocumentDesk(): DocumentDesk {
  if (import.meta.url.endsWith(".ts")) return inlineDesk();
  const file = ["./document.worker.js", "./documents/document.worker.js"]
    .map((name) => fileURLToPath(new URL(name, import.meta.url)))
    .find((name) => existsSync(name));
  if (file === undefined) throw new Error("document.worker.js is missing beside the collab server: build it anew");
  return new ThreadDesk(file);
}
