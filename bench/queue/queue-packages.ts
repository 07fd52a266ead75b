import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packagesAreCurrent } from "../../local/bootstrap.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
export const queuesFolder = join(root, "bench/peers/queue");

let installed: Promise<void> | null = null;

/** Installs the queues to compare with at the first use. They are no dependency of the project. */
export function installQueues(): Promise<void> {
  installed ??= packagesAreCurrent(queuesFolder) ? Promise.resolve() : install();
  return installed;
}

async function install(): Promise<void> {
  console.error("Installing the queues to compare with (npm ci in bench/peers/queue); this is once …");
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const child = spawn("npm", args, { cwd: queuesFolder, stdio: ["ignore", "ignore", "inherit"] });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  if (code !== 0) throw new Error("the queues could not be installed: `npm ci` failed in bench/peers/queue");
}
