import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { atExit } from "../measure/clean-up.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** @returns the folder of the scripts of our side, bundled as `local/build.mjs` does, for this run only */
export async function bundleBacklot(): Promise<{ director: string; worker: string; producer: string }> {
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "backlot-bench-queue-"));
  atExit(() => rmSync(folder, { recursive: true, force: true }));
  await build({
    absWorkingDir: root,
    entryPoints: ["director/main.ts", "bench/queue/backlot-worker.ts", "bench/queue/backlot-producer.ts"],
    outdir: folder,
    outbase: root,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  });
  return {
    director: join(folder, "director/main.js"),
    worker: join(folder, "bench/queue/backlot-worker.js"),
    producer: join(folder, "bench/queue/backlot-producer.js"),
  };
}
