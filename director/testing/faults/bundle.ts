import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Scripts of the processes that take part, ready to be started many times. */
export type Programs = { director: string; collab: string; agent: string; remove: () => void };

/**
 * Bundles them once: from their sources each start would take seconds, and a fault runner starts them again and again.
 * What is tested is what lies in the sources now, not what was built some time.
 */
export async function bundlePrograms(): Promise<Programs> {
  // Inside the repository, where the packages are found.
  const cache = path.join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, "backlot-faults-"));
  const workers = readdirSync(path.join(root, "collab-server"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".worker.ts"))
    .map((name) => `collab-server/${name}`);
  await build({
    absWorkingDir: root,
    entryPoints: [
      "director/main.ts",
      "collab-server/main.ts",
      "gpu-agent/testing/test-agent.ts",
      "gpu-agent/testing/test-engine-child.ts",
      ...workers,
    ],
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
    director: path.join(folder, "director/main.js"),
    collab: path.join(folder, "collab-server/main.js"),
    agent: path.join(folder, "gpu-agent/testing/test-agent.js"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
