import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { acceptsConnections, findFreePort } from "#local/ports.ts";
import { sendSignal } from "#local/processes.ts";
import { atExit } from "../../measure/clean-up.ts";
import type { Server } from "./ground.ts";

export interface ServerCommand {
  name: string;
  /** For node. */
  args: readonly string[];
  /** Everything it needs besides PATH; `port` is the one to listen on. */
  env: (port: number) => Record<string, string>;
  cwd: string;
  /** Takes its log. */
  folder: string;
  countRooms?: (port: number) => Promise<number>;
}

/** Starts a server in a process of its own and waits until it listens on a free port. */
export async function startServerProcess(command: ServerCommand): Promise<Server> {
  const { name, folder, countRooms } = command;
  const port = await findFreePort();
  const logFile = join(folder, `${name}.log`);
  const log = openSync(logFile, "a");
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, command.args, {
    cwd: command.cwd,
    env: { PATH, NODE_ENV: "production", ...command.env(port) },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let isGone = false;
  const ended = new Promise<void>((resolve) => {
    const finish = () => {
      isGone = true;
      resolve();
    };
    child.once("exit", finish).once("error", finish);
  });
  const forget = atExit(() => child.kill("SIGKILL"));
  const deadline = Date.now() + 30_000;
  while (!(await acceptsConnections(port))) {
    if (isGone || Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`${name} did not come up: ${readFileSync(logFile, "utf8").slice(-1500)}`);
    }
    await sleep(20);
  }
  const pid = child.pid ?? 0;
  return {
    url: `ws://127.0.0.1:${port}`,
    pids: [pid],
    isGone: () => isGone,
    stop: async (signal) => {
      if (!isGone) sendSignal(pid, signal);
      const impatience = setTimeout(() => child.kill("SIGKILL"), 20_000);
      await ended;
      clearTimeout(impatience);
      forget();
    },
    countRooms: countRooms === undefined ? null : () => countRooms(port),
  };
}
