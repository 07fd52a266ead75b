import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { atExit } from "../../measure/clean-up.ts";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Bundles the collab server as `local/build.mjs` does, its worker threads beside it, but into a folder of this run: a
 * build that somebody makes meanwhile must not change what is measured.
 * @returns node's arguments to start it, with the flags of `npm run start:collab`
 */
export async function bundleCollabServer(): Promise<string[]> {
  // Inside the repository, where the packages are found.
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "backlot-bench-"));
  atExit(() => rmSync(folder, { recursive: true, force: true }));
  const workers = readdirSync(join(root, "collab-server"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".worker.ts"),
  );
  await build({
    absWorkingDir: root,
    entryPoints: ["main.ts", ...workers].map((name) => `collab-server/${name}`),
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  });
  return [...startFlags(), join(folder, "main.js"), "collab"];
}

function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const words = (scripts["start:collab"] ?? "").split(" ");
  return words.filter((word) => word.startsWith("--"));
}
