import { spawn } from "node:child_process";
import { join } from "node:path";
import { handOverSignals, packagesAreCurrent } from "../../../local/bootstrap.mjs";
import { root } from "./bundle.ts";

export const peersFolder = join(root, "bench/peers");

// The bench itself answers signals.
handOverSignals();

let installed: Promise<void> | null = null;

/** Installs the peers at the first use. They are no dependency of the project and never come with it. */
export function installPeers(): Promise<void> {
  installed ??= packagesAreCurrent(peersFolder) ? Promise.resolve() : install();
  return installed;
}

async function install(): Promise<void> {
  console.error("Installing the servers to compare with (npm ci in bench/peers); this is once …");
  const args = ["ci", "--prefix", "bench/peers", "--no-audit", "--no-fund", "--loglevel=error"];
  const child = spawn("npm", args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  if (code !== 0)
    throw new Error("the servers to compare with could not be installed: `npm ci --prefix bench/peers` failed");
}
