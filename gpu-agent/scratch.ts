import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";

/** A folder of this agent's own; those of agents that no longer live are removed. */
export async function openScratch(folder: string, pid: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  await sweepFolders(folder, /^agent-(\d+)$/);
  const own = path.join(folder, `agent-${pid}`);
  await rm(own, { recursive: true, force: true });
  await mkdir(own);
  return own;
}

/** Removes the folders whose name, by its first group, says a process that is no more. */
export async function sweepFolders(folder: string, ofProcess: RegExp): Promise<void> {
  for (const name of await readdir(folder)) {
    const owner = ofProcess.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner)))
      await rm(path.join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
