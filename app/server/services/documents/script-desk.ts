/**
 * Reads people's files in a process of its own, one per file: a PDF may be made to take any time and any memory, and
 * everybody else's requests must not wait for it or go down with it. A thread would not do: what a PDF unpacks to lies
 * outside of the heap, the only memory that a thread can be kept from taking.
 */
import { fork, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { StudioError, type ErrorCode } from "#domain/errors.ts";
import { isPdf, readScriptFile, type ScriptFile } from "./read-script.ts";

export interface ScriptQuestion {
  bytes: Uint8Array;
  name: string;
}
export type ScriptAnswer =
  | { status: "read"; file: ScriptFile }
  /** `code` is null where it is no error that we know. */
  | { status: "failed"; code: ErrorCode | null; message: string };

export interface ScriptDesk {
  /** @throws StudioError of `readScriptFile`, "screenplay/broken-file" also when it takes too long or too much memory */
  read(question: ScriptQuestion): Promise<ScriptFile>;
}

export interface ReadingLimits {
  seconds: number;
  heapMiB: number;
  /** Of the whole process, heap and all, as the system counts it. */
  memoryMiB: number;
  atOnce: number;
}

const usualLimits: ReadingLimits = { seconds: 30, heapMiB: 768, memoryMiB: 1024, atOnce: 2 };
/** Text this short is read before a process would have started. */
const shortBytes = 200_000;

/** @param file  what runs in the process; null: files are read here */
export function openScriptDesk(file: string | null = readerFile(), limits: ReadingLimits = usualLimits): ScriptDesk {
  const waiting: (() => void)[] = [];
  let busy = 0;
  return {
    async read(question) {
      if (file === null || (question.bytes.length <= shortBytes && !isPdf(question.bytes)))
        return readScriptFile(question.bytes, question.name);
      if (busy >= limits.atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
      busy += 1;
      try {
        return await readInProcess(file, question, limits);
      } finally {
        busy -= 1;
        waiting.shift()?.();
      }
    },
  };
}

async function readInProcess(file: string, question: ScriptQuestion, limits: ReadingLimits): Promise<ScriptFile> {
  const child = fork(file, [], {
    execArgv: [`--max-old-space-size=${limits.heapMiB}`],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    // It reads what strangers made, and has no use for our secrets.
    env: { PATH: "", NODE_ENV: "production" },
  });
  try {
    return await answerOf(child, question, limits);
  } finally {
    child.kill("SIGKILL");
  }
}

function answerOf(child: ChildProcess, question: ScriptQuestion, limits: ReadingLimits): Promise<ScriptFile> {
  return new Promise<ScriptFile>((resolve, reject) => {
    const late = setTimeout(() => end(() => reject(tooMuch())), limits.seconds * 1000);
    const watch = setInterval(() => {
      void memoryOf(child.pid).then((bytes) => {
        if (bytes > limits.memoryMiB * 2 ** 20) end(() => reject(tooMuch()));
      });
    }, 50);
    const end = (settle: () => void) => {
      clearTimeout(late);
      clearInterval(watch);
      settle();
    };
    child.once("message", (answer: ScriptAnswer) =>
      end(() => {
        if (answer.status === "read") resolve(answer.file);
        else reject(answer.code === null ? new Error(answer.message) : new StudioError(answer.code, answer.message));
      }),
    );
    child.once("error", (cause) => end(() => reject(tooMuch(cause))));
    child.once("exit", () => end(() => reject(tooMuch())));
    child.send(question, (error) => {
      if (error) end(() => reject(tooMuch(error)));
    });
  });
}

const pageBytes = 4096;

/** Bytes that a process holds; 0 where the system does not tell: there only heap and time are bounded. */
async function memoryOf(pid: number | undefined): Promise<number> {
  try {
    const [, resident = "0"] = (await readFile(`/proc/${pid}/statm`, "utf8")).split(" ");
    return Number(resident) * pageBytes;
  } catch {
    return 0;
  }
}

function tooMuch(cause?: unknown): StudioError {
  return new StudioError(
    "screenplay/broken-file",
    "This file takes more time and memory to read than any script should. Export it again, as Final Draft or plain text, and bring that.",
    { cause },
  );
}

/** Beside the process's bundle. Run from the sources, there is none: files are read here then. */
function readerFile(): string | null {
  if (import.meta.url.endsWith(".ts")) return null;
  const file = fileURLToPath(new URL("./read-script.worker.js", import.meta.url));
  return existsSync(file) ? file : null;
}
