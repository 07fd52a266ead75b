import { execFileSync, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";

/**
 * Postgres refuses to run as root. When we are root it runs as the user `postgres`, made when missing, and must still
 * be able to reach its programs and data below folders that only root may enter (a clone in /root). There it gets one
 * capability, the right to pass folders, rather than us opening somebody's home to everyone.
 */
export type PostgresUser = { uid: number; gid: number } | null;

/** What to give to `spawn`: the program, its arguments, and `uid` and `gid` for its options. */
export type UserCommand = { file: string; args: string[]; ids: { uid?: number; gid?: number } };

/** @returns the ids to run Postgres as; null when we are an ordinary user and Postgres may run as ourselves */
export function findPostgresUser(): PostgresUser {
  if (process.getuid?.() !== 0) return null;
  return readIds() ?? makeUser();
}

/** Puts what is needed before a Postgres program so that it runs as that user and reaches these folders. */
export function commandAs(user: PostgresUser, program: string, args: string[], folders: string[]): UserCommand {
  if (user === null) return { file: program, args, ids: {} };
  const base = ["--reuid", String(user.uid), "--regid", String(user.gid), "--clear-groups"];
  const blocked = folders.map((folder) => firstClosedFolder(folder, user)).find((found) => found !== null) ?? null;
  if (blocked === null) return { file: program, args, ids: user };
  // The smaller right first; containers often have only the larger one.
  for (const capability of ["dac_read_search", "dac_override"]) {
    const grant = [
      "--securebits",
      "+no_setuid_fixup",
      "--inh-caps",
      `+${capability}`,
      "--ambient-caps",
      `+${capability}`,
    ];
    if (hasSetpriv([...base, ...grant]))
      return { file: "setpriv", args: [...base, ...grant, program, ...args], ids: {} };
  }
  throw new Error(
    `Postgres must run as the user "postgres", which may not enter ${blocked}. ` +
      `Let it pass with \`chmod o+x ${blocked}\`, or keep the studio in a folder others may enter, or start it as an ordinary user.`,
  );
}

/** The first folder on the way that a user other than its owner may not enter, or null. */
function firstClosedFolder(folder: string, user: { uid: number; gid: number }): string | null {
  let current = path.parse(path.resolve(folder)).root;
  for (const part of path.resolve(folder).slice(current.length).split(path.sep)) {
    current = path.join(current, part);
    const stat = statSync(current, { throwIfNoEntry: false });
    if (stat === undefined) return null;
    const bit = stat.uid === user.uid ? 0o100 : stat.gid === user.gid ? 0o010 : 0o001;
    if ((stat.mode & bit) === 0) return current;
  }
  return null;
}

function hasSetpriv(args: string[]): boolean {
  return spawnSync("setpriv", [...args, "true"], { stdio: "ignore" }).status === 0;
}

function readIds(): { uid: number; gid: number } | null {
  const ask = (flag: string) => spawnSync("id", [flag, "postgres"], { encoding: "utf8" });
  const uid = ask("-u");
  const gid = ask("-g");
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

function makeUser(): { uid: number; gid: number } {
  try {
    execFileSync("groupadd", ["--system", "postgres"], { stdio: "ignore" });
  } catch {
    // The group alone may exist already; useradd says so clearly when it does not.
  }
  execFileSync("useradd", ["--system", "-g", "postgres", "--no-create-home", "postgres"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const made = readIds();
  if (made === null) throw new Error('the user "postgres" could not be made');
  return made;
}
