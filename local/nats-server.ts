import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { acceptsConnections } from "./ports.ts";
import { commandLine, endProcess, isAlive } from "./processes.ts";

/** A real nats-server with JetStream on loopback, for one machine and for tests. */
export type NatsServer = {
  port: number;
  pid: number;
  /** Address with user and password, when there are some. */
  url: string;
  /** Resolves when the process has ended, however it came. */
  ended: Promise<void>;
  stop: () => Promise<void>;
};

export type NatsOptions = {
  program: string;
  /** Folder for the store, the configuration and the process id; made when absent. */
  folder: string;
  port: number;
  logFile: string;
  /** Keeps other users of the machine out. */
  login?: { user: string; password: string };
};

/** @throws Error with the end of its log when it does not come up */
export async function startNatsServer(options: NatsOptions): Promise<NatsServer> {
  fs.mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const configFile = path.join(options.folder, "nats.conf");
  // In a file that only we may read: command lines are seen by every user.
  fs.writeFileSync(configFile, configuration(options), { mode: 0o600 });
  const log = fs.openSync(options.logFile, "a");
  const child = spawn(options.program, ["-c", configFile, "-P", pidFileIn(options.folder)], {
    detached: true,
    stdio: ["ignore", log, log],
  });
  fs.closeSync(log);
  let over = false;
  const ended = new Promise<void>((resolve) => {
    const finish = () => {
      over = true;
      resolve();
    };
    child.once("error", finish).once("exit", finish);
  });
  const deadline = Date.now() + 20_000;
  while (!(await acceptsConnections(options.port))) {
    if (over || Date.now() > deadline) {
      child.kill("SIGKILL");
      const tail = fs.readFileSync(options.logFile, "utf8").trim().split("\n").slice(-6).join("\n  ");
      throw new Error(`nats-server did not come up. The end of ${options.logFile}:\n  ${tail}`);
    }
    await sleep(20);
  }
  const pid = child.pid ?? 0;
  const login = options.login === undefined ? "" : `${options.login.user}:${options.login.password}@`;
  const stop = async () => {
    if (!over)
      await endProcess(pid, [
        { signal: "SIGTERM", graceMs: 5000 },
        { signal: "SIGKILL", graceMs: 1000 },
      ]);
    await ended;
  };
  return { port: options.port, pid, url: `nats://${login}127.0.0.1:${options.port}`, ended, stop };
}

/** Ends a server that an earlier run, killed before it could, left on this folder. @returns whether there was one */
export async function endLeftoverNats(folder: string): Promise<boolean> {
  const pidFile = pidFileIn(folder);
  if (!fs.existsSync(pidFile)) return false;
  const pid = Number(fs.readFileSync(pidFile, "utf8"));
  fs.rmSync(pidFile, { force: true });
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid) || !commandLine(pid).includes(path.join(folder, "nats.conf")))
    return false;
  await endProcess(pid, [
    { signal: "SIGTERM", graceMs: 5000 },
    { signal: "SIGKILL", graceMs: 1000 },
  ]);
  return true;
}

function pidFileIn(folder: string): string {
  return path.join(folder, "nats.pid");
}

function configuration({ folder, port, login }: NatsOptions): string {
  const quoted = JSON.stringify;
  const lines = [
    `listen: "127.0.0.1:${port}"`,
    `jetstream { store_dir: ${quoted(path.join(folder, "store"))} }`,
    // A whole screenplay and its breakdown go through as one named edit.
    "max_payload: 8MB",
  ];
  if (login !== undefined)
    lines.push(`authorization { user: ${quoted(login.user)}, password: ${quoted(login.password)} }`);
  return `${lines.join("\n")}\n`;
}
