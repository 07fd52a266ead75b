import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

export type Bundles = {
  /** @returns the path of what became of an entry point, e.g. "director/main.ts" */
  script: (entryPoint: string) => string;
  remove: () => void;
};

/**
 * Bundles processes as `local/build.mjs` does, but into a folder of this run: a build that somebody makes meanwhile must
 * not change what is tested or measured, and from their sources each start would take seconds.
 * @param name        of the folder, for who finds one left behind
 * @param entryPoints paths from the root of the repository
 */
export async function bundleProcesses(name: string, entryPoints: string[]): Promise<Bundles> {
  // Inside the repository, where the packages are found.
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, `backlot-${name}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    await build({
      absWorkingDir: root,
      entryPoints,
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
  } catch (cause) {
    remove();
    throw cause;
  }
  return { script: (entryPoint) => join(folder, entryPoint.replace(/\.ts$/, ".js")), remove };
}

/** The collab server with its worker threads, which it looks for beside itself. */
export const collabServer = (): string[] => [
  "collab-server/main.ts",
  ...readdirSync(join(root, "collab-server"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".worker.ts"))
    .map((name) => `collab-server/${name}`),
];
