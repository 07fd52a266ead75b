import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Running } from "./keep-running.ts";
import { oncePer, readLines, rotate, summarise } from "./log-files.ts";
import { sendSignal } from "./processes.ts";

/** How one of our own processes is started. */
export type Command = {
  /** Name in the log and the terminal: `app`, `agent-1`. */
  name: string;
  /** Arguments for node. The last one is what the process calls itself: `app`, `collab`, `director`, `agent`. */
  args: string[];
  env: NodeJS.ProcessEnv;
  /** How long it may take to stop by itself. */
  graceMs: number;
  /** Lets everyone else have the processor first: rendering must not make typing slow on the same machine. */
  yields?: boolean;
};

export type RunningChild = Running & { process: ChildProcess };

export type ChildOptions = {
  logFile: string;
  /** The repository's folder: where children run. */
  cwd: string;
  /** File of `leash.mjs`, which ends the child when we are gone. */
  leash: string;
  /** Warnings, errors, and the last words of one that died. */
  tell: (name: string, text: string, tone: "warn" | "bad") => void;
};

/**
 * Starts a process of ours: in a group of its own, on an IPC channel, its output in a log file.
 *
 * What the child may count on and must do: `process.send` is there; SIGTERM asks it to finish, and it has `graceMs`
 * for that; after its end everything left in its group is killed, so helpers it starts should not leave the group.
 */
export function startChild(command: Command, options: ChildOptions): Promise<RunningChild> {
  rotate(options.logFile);
  fs.mkdirSync(path.dirname(options.logFile), { recursive: true });
  const log = fs.createWriteStream(options.logFile, { flags: "a" });
  log.on("error", (error) => options.tell(command.name, `its log cannot be written: ${error.message}`, "warn"));
  const child = spawn(process.execPath, ["--import", options.leash, "--enable-source-maps", ...command.args], {
    cwd: options.cwd,
    env: command.env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  if (command.yields === true && child.pid !== undefined)
    os.setPriority(child.pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  const lastWords: string[] = [];
  const isNew = oncePer(10_000);
  const take = (line: string) => {
    log.write(`${line}\n`);
    const summary = summarise(line);
    if (summary !== null && isNew(summary.text)) options.tell(command.name, summary.text, summary.tone);
  };
  if (child.stdout === null || child.stderr === null) throw new Error("a process without pipes");
  readLines(child.stdout, take);
  readLines(child.stderr, (line) => {
    take(line);
    lastWords.push(line);
    if (lastWords.length > 40) lastWords.shift();
  });
  // A send to a child that just died fails; its end is told elsewhere.
  child.on("error", () => undefined);
  let stopping = false;
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => {
      if (child.pid !== undefined) sendSignal(-child.pid, "SIGKILL");
      log.end();
      if (!stopping && code !== 0) {
        for (const line of essence(lastWords)) if (isNew(line)) options.tell(command.name, line, "bad");
      }
      resolve(signal ?? `exit code ${code}`);
    });
  });
  const stop = async () => {
    stopping = true;
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const pid = child.pid;
    child.kill("SIGTERM");
    const timer = setTimeout(() => sendSignal(-pid, "SIGKILL"), command.graceMs);
    await ended;
    clearTimeout(timer);
  };
  return new Promise((resolve, reject) => {
    child.once("spawn", () => resolve({ process: child, ended, stop }));
    child.once("error", reject);
  });
}

/** What a dying process wrote, without the stack and node's own remarks: the log has all of it. */
function essence(lines: string[]): string[] {
  return lines
    .filter((line) => summarise(line) === null && !/^\s|^[{}]|^node:|^Node\.js v|^throw /.test(line))
    .slice(-3);
}
