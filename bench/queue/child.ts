import { fork, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { atExit } from "../measure/clean-up.ts";

/** One process of a contestant, which speaks the words of `words.ts`. */
export interface Child<In, Out extends { type: string }> {
  pid: number;
  say: (word: In) => void;
  /** Resolves with the next word of this type. @throws Error with what it said last when it ends before */
  next: <T extends Out["type"]>(type: T) => Promise<Extract<Out, { type: T }>>;
  onWord: (listener: (word: Out) => void) => () => void;
  stop: () => Promise<void>;
}

export interface ChildCommand {
  name: string;
  script: string;
  args?: string[];
  env: Record<string, string>;
  /** Takes its words to people. */
  folder: string;
}

export function startChild<In, Out extends { type: string }>(command: ChildCommand): Child<In, Out> {
  const logFile = join(command.folder, `${command.name}.log`);
  const log = openSync(logFile, "a");
  const child: ChildProcess = fork(command.script, command.args ?? [], {
    env: { PATH: process.env["PATH"] ?? "", NODE_ENV: "production", ...command.env },
    execArgv: [],
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  const forget = atExit(() => child.kill("SIGKILL"));
  const listeners = new Set<(word: Out) => void>();
  child.on("message", (word) => {
    for (const listener of [...listeners]) listener(word as Out);
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const onWord = (listener: (word: Out) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    pid: child.pid ?? 0,
    say: (word) => child.send(word as object),
    onWord,
    next: (type) =>
      new Promise((resolve, reject) => {
        const forgetWord = onWord((word) => {
          if (word.type !== type) return;
          forgetWord();
          resolve(word as never);
        });
        void ended.then(() =>
          reject(new Error(`${command.name} ended: ${readFileSync(logFile, "utf8").trim().slice(-1500)}`)),
        );
      }),
    stop: async () => {
      child.kill("SIGKILL");
      await ended;
      forget();
    },
  };
}
