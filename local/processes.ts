import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether a process with this id exists; one that belongs to another user counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Waits until the id of a dead process is free again. @returns whether it is, within the time */
export async function isForgotten(pid: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (sendSignal(pid, 0)) {
    if (Date.now() > deadline) return false;
    await sleep(25);
  }
  return true;
}

/** The command line of a process, arguments parted by spaces; "" when there is none or it may not be read. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ").trim();
  } catch {
    return process.platform === "linux" ? "" : askPs(pid, "command=");
  }
}

/**
 * What stays the same for the life of a process and differs when its id is used again, even after a reboot.
 * @returns an opaque string, "" when the process does not exist
 */
export function birthMark(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets and may hold spaces; the start time is the 20th after it.
    const startTicks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${startTicks}`;
  } catch {
    return process.platform === "linux" ? "" : askPs(pid, "lstart=");
  }
}

/** Sends the signals one after the other, each with its time to work, until the process is gone. */
export async function endProcess(pid: number, steps: { signal: NodeJS.Signals; graceMs: number }[]): Promise<boolean> {
  for (const { signal, graceMs } of steps) {
    if (!isAlive(pid)) return true;
    sendSignal(pid, signal);
    const deadline = Date.now() + graceMs;
    while (Date.now() < deadline) {
      if (!isAlive(pid)) return true;
      await sleep(25);
    }
  }
  return !isAlive(pid);
}

/** Signals a process, or with a negative id its group; one that is already gone is no error. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** A dead process whose parent has not asked for its exit code yet: a container without an init keeps such for ever. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.charAt(stat.lastIndexOf(")") + 2) === "Z";
  } catch {
    return false;
  }
}

function askPs(pid: number, column: string): string {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "";
  }
}
