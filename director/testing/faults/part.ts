import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { sendSignal } from "#local/processes.ts";

/** One process of a studio under test: a director, an agent or a collab server. It can be killed and begun anew. */
export type Part = {
  readonly name: string;
  isRunning: () => boolean;
  isStopped: () => boolean;
  /** Starts it when it does not run. */
  start: (disk?: Disk) => void;
  /** Ends it and waits. */
  kill: (signal: "SIGKILL" | "SIGTERM") => Promise<void>;
  /** SIGSTOP and SIGCONT, to it and, where asked, to what it started. */
  freeze: (withChildren: boolean) => void;
  thaw: () => void;
  /** Ends that nobody asked for: what it said last. */
  readonly ownEnds: string[];
};

/** A disk that is soon full: no file may be larger, or the part's own folder is a file system of this size. */
export type Disk = { fileKiB: number } | { folderKiB: number };

export type PartOptions = {
  name: string;
  /** Where it keeps its files. */
  folder?: string;
  script: string;
  env: Record<string, string>;
  /** Takes all it says. */
  logFile: string;
};

let mounts: boolean | null = null;

/** Whether this machine lets anybody mount a file system of their own, in a namespace of their own. */
export function canMountOwn(): boolean {
  mounts ??= spawnSync("unshare", [...ownMounts, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
  return mounts;
}
const ownMounts = ["--user", "--map-root-user", "--mount"];

/** @returns the same command on such a disk; the process keeps its id */
function onDisk(command: string[], disk: Disk, folder: string): string[] {
  if ("fileKiB" in disk) return ["bash", "-c", `ulimit -f ${disk.fileKiB} && exec "$@"`, "bash", ...command];
  const mount = `mount -t tmpfs -o size=${disk.folderKiB}k tmpfs "$0" && exec "$@"`;
  return ["unshare", ...ownMounts, "bash", "-c", mount, folder, ...command];
}

export function openPart({ name, script, folder = "", env, logFile }: PartOptions): Part {
  const ownEnds: string[] = [];
  let child: ChildProcess | null = null;
  let ended: Promise<void> = Promise.resolve();
  let isAsked = false;
  let frozen: number[] = [];

  const start = (disk?: Disk): void => {
    if (child !== null) return;
    const node = [process.execPath, "--enable-source-maps", script];
    const command = disk === undefined ? node : onDisk(node, disk, folder);
    const started = spawn(command[0]!, command.slice(1), {
      env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "/tmp", NODE_ENV: "production", ...env },
      // Through us and not into the file itself: a limit on the size of files is not meant for its log.
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const keep = (chunk: Buffer) => appendFileSync(logFile, chunk);
    started.stdout?.on("data", keep);
    started.stderr?.on("data", keep);
    child = started;
    isAsked = false;
    ended = new Promise((resolve) => {
      const finish = (code: number | null, signal: NodeJS.Signals | null) => {
        if (child === started) child = null;
        frozen = [];
        if (!isAsked) ownEnds.push(`${name} ended by itself (${signal ?? `exit code ${code}`}): ${tail(logFile)}`);
        resolve();
      };
      started.once("exit", finish).once("error", () => finish(null, null));
    });
  };
  const thaw = (): void => {
    for (const pid of frozen) sendSignal(pid, "SIGCONT");
    frozen = [];
  };
  return {
    name,
    ownEnds,
    isRunning: () => child !== null,
    isStopped: () => frozen.length > 0,
    start,
    kill: async (signal) => {
      if (child === null) return;
      isAsked = true;
      child.kill(signal);
      thaw();
      const impatience = setTimeout(() => child?.kill("SIGKILL"), 12_000);
      await ended;
      clearTimeout(impatience);
    },
    freeze: (withChildren) => {
      const pid = child?.pid;
      if (pid === undefined) return;
      frozen = withChildren ? [pid, ...descendants(pid)] : [pid];
      for (const one of frozen) sendSignal(one, "SIGSTOP");
    },
    thaw,
  };
}

function descendants(pid: number): number[] {
  let children: number[];
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function tail(file: string): string {
  try {
    return readFileSync(file, "utf8").trim().split("\n").slice(-30).join("\n    ").slice(-6000);
  } catch {
    return "it said nothing";
  }
}
