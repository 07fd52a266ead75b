/** What processes cost, from Linux's /proc: a server and everything it started count as one. */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

export interface Usage {
  /** User and system, of the living and of the children that ended; in steps of 10 ms. */
  cpuSeconds: number;
  rssMiB: number;
  /** The most that was resident at any time. */
  peakMiB: number;
}

/** USER_HZ: 100 on every Linux that Node 20 runs on. */
const ticksPerSecond = 100;

export function readUsage(pids: readonly number[]): Usage {
  const family = familyOf(pids);
  const sum = (read: (pid: number) => number) => family.reduce((total, pid) => total + read(pid), 0);
  return {
    cpuSeconds: sum((pid) => readStat(pid)?.ticks ?? 0) / ticksPerSecond,
    rssMiB: sum((pid) => readKiB(pid, "VmRSS")) / 1024,
    peakMiB: sum((pid) => readKiB(pid, "VmHWM")) / 1024,
  };
}

/** The given processes and all their descendants, parents first. */
export function familyOf(pids: readonly number[]): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = readStat(Number(name))?.parent;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const family: number[] = [];
  const waiting = [...pids];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    family.push(pid);
    waiting.push(...(children.get(pid) ?? []));
  }
  return family;
}

/** Waits until the processes use next to no CPU for two seconds. @returns whether they did within the time */
export async function waitUntilQuiet(pids: readonly number[], limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  let calm = 0;
  let last = readUsage(pids).cpuSeconds;
  while (Date.now() < deadline) {
    await sleep(500);
    const now = readUsage(pids).cpuSeconds;
    calm = now - last <= 0.02 ? calm + 1 : 0;
    last = now;
    if (calm >= 4) return true;
  }
  return false;
}

function readStat(pid: number): { parent: number; ticks: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets and may hold spaces; the first here is the third of proc(5).
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const at = (index: number) => Number(fields[index] ?? 0);
    return { parent: at(1), ticks: at(11) + at(12) + at(13) + at(14) };
  } catch {
    return null;
  }
}

function readKiB(pid: number, key: string): number {
  try {
    return Number(new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
