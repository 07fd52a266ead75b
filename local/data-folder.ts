import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { birthMark, commandLine, isAlive } from "./processes.ts";

/** The folder where one studio keeps all it has. One studio at a time: a lock file says whose it is. */
export type DataFolder = {
  path: string;
  /** A file or folder inside, as an absolute path. */
  inside: (...parts: string[]) => string;
  /** A random secret made once and kept, readable by its owner alone. */
  secret: (name: string) => string;
  release: () => void;
};

/** Another studio that still runs has this folder. */
export class FolderInUse extends Error {}

const Lock = z.object({ pid: z.number().int(), birth: z.string() });

/** @throws FolderInUse */
export function openDataFolder(folder: string): DataFolder {
  // Others may pass through, because Postgres may run as another user, but not look around.
  fs.mkdirSync(folder, { recursive: true, mode: 0o711 });
  for (const name of ["logs", "assets", "nats"])
    fs.mkdirSync(path.join(folder, name), { recursive: true, mode: 0o700 });
  const lockFile = path.join(folder, "studio.lock");
  takeLock(lockFile, folder);
  return {
    path: folder,
    inside: (...parts) => path.join(folder, ...parts),
    secret: (name) => keepSecret(path.join(folder, name)),
    release: () => fs.rmSync(lockFile, { force: true }),
  };
}

function takeLock(lockFile: string, folder: string): void {
  const mine = JSON.stringify({ pid: process.pid, birth: birthMark(process.pid) });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      fs.writeFileSync(lockFile, mine, { flag: "wx", mode: 0o600 });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = readLock(lockFile);
    if (
      holder !== null &&
      holder.pid !== process.pid &&
      isAlive(holder.pid) &&
      birthMark(holder.pid) === holder.birth
    ) {
      throw new FolderInUse(
        `Another studio (process ${holder.pid}: ${commandLine(holder.pid).slice(0, 80)}) uses ${folder}. ` +
          "Stop it first, or set BACKLOT_DATA to another folder.",
      );
    }
    // Its holder was killed before it could clean up.
    fs.rmSync(lockFile, { force: true });
  }
  throw new FolderInUse(`Another studio is starting on ${folder} right now.`);
}

function readLock(lockFile: string): z.infer<typeof Lock> | null {
  try {
    return Lock.parse(JSON.parse(fs.readFileSync(lockFile, "utf8")));
  } catch {
    return null;
  }
}

function keepSecret(file: string): string {
  try {
    fs.writeFileSync(file, randomBytes(32).toString("hex"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const secret = fs.readFileSync(file, "utf8").trim();
  if (secret.length < 16) throw new Error(`${file} holds no secret: remove it and start again.`);
  return secret;
}
