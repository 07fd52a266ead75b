/**
 * Reads people's files in a thread of its own, one per file: a PDF may be made to take any time and any memory, and
 * everybody else's requests must not wait for it.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { StudioError, type ErrorCode } from "#domain/errors.ts";
import { readScriptFile, type ScriptFile } from "./read-script.ts";

export interface ScriptQuestion {
  bytes: Uint8Array;
  name: string;
}
export type ScriptAnswer =
  | { status: "read"; file: ScriptFile }
  /** `code` is null where it is no error that we know. */
  | { status: "failed"; code: ErrorCode | null; message: string };

export interface ScriptDesk {
  /** @throws StudioError of `readScriptFile`, "screenplay/broken-file" also when it takes too long */
  read(question: ScriptQuestion): Promise<ScriptFile>;
}

const limits = { seconds: 30, heapMiB: 768, atOnce: 2 };
/** Text this short is read before a thread would have started. */
const shortBytes = 200_000;

export function openScriptDesk(): ScriptDesk {
  const file = workerFile();
  const waiting: (() => void)[] = [];
  let busy = 0;
  return {
    async read(question) {
      const isPdf = question.bytes[0] === 0x25;
      if (file === null || (question.bytes.length <= shortBytes && !isPdf))
        return readScriptFile(question.bytes, question.name);
      if (busy >= limits.atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
      busy += 1;
      try {
        return await readInThread(file, question);
      } finally {
        busy -= 1;
        waiting.shift()?.();
      }
    },
  };
}

function readInThread(file: string, question: ScriptQuestion): Promise<ScriptFile> {
  const worker = new Worker(file, {
    workerData: question,
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMiB },
  });
  return new Promise<ScriptFile>((resolve, reject) => {
    const late = setTimeout(() => reject(tooMuch()), limits.seconds * 1000);
    const end = (settle: () => void) => {
      clearTimeout(late);
      settle();
    };
    worker.once("message", (answer: ScriptAnswer) =>
      end(() => {
        if (answer.status === "read") resolve(answer.file);
        else reject(answer.code === null ? new Error(answer.message) : new StudioError(answer.code, answer.message));
      }),
    );
    worker.once("error", (cause) => end(() => reject(tooMuch(cause))));
    worker.once("exit", () => end(() => reject(tooMuch())));
  }).finally(() => void worker.terminate());
}

function tooMuch(cause?: unknown): StudioError {
  return new StudioError(
    "screenplay/broken-file",
    "This file takes more time and memory to read than any script should. Export it again, as Final Draft or plain text, and bring that.",
    { cause },
  );
}

/** Beside the process's bundle. From the sources, which a thread cannot read, there is none: files are read here then. */
function workerFile(): string | null {
  if (import.meta.url.endsWith(".ts")) return null;
  const file = fileURLToPath(new URL("./read-script.worker.js", import.meta.url));
  return existsSync(file) ? file : null;
}
