/**
 * Builds what changed: the pages (Remix with Vite) and the processes (one esbuild bundle each). What a target was made
 * from is kept as a hash beside it, over contents, so that a fresh checkout or a touched file builds nothing anew.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { root, runQuietly, say } from "./bootstrap.mjs";
import { tellWhile } from "./patience.mjs";

const isSource = (/** @type {string} */ name) => !/\.test\.tsx?$/.test(name) && !/\.md$/.test(name);
const roots = [
  "package.json",
  "package-lock.json",
  "tsconfig.base.json",
  "tsconfig.json",
  "vite.config.ts",
  "local/build.mjs",
];
const pageFolders = ["app", "domain", "stage", "db", "storage", "bus", "public"];
const processFolders = [
  "domain",
  "stage",
  "db",
  "storage",
  "bus",
  "collab-server",
  "director",
  "gpu-agent",
  "local",
  "app",
];

/** @typedef {{ name: string, folders: string[], outputs: string[], make: () => Promise<void> }} Target */

/** @type {Target[]} */
const targets = [
  { name: "pages", folders: pageFolders, outputs: ["build/client", "build/server"], make: buildPages },
  {
    name: "processes",
    folders: processFolders,
    outputs: ["build/app/main.js", "build/local/main.js"],
    make: buildProcesses,
  },
];

/**
 * Builds the targets that are stale, side by side.
 * @param {{ force?: boolean, only?: string[] }} options @returns {Promise<boolean>} whether anything was built
 */
export async function build({ force = false, only = targets.map((target) => target.name) } = {}) {
  const unlock = await takeTurn();
  try {
    const stale = targets
      .filter((target) => only.includes(target.name))
      .map((target) => ({ ...target, hash: hashOf(target.folders) }))
      .filter((target) => force || !isCurrent(target.name, target.hash, target.outputs));
    if (stale.length === 0) return false;
    say(`Building ${stale.map((target) => target.name).join(" and ")}; the first time takes some minutes …`);
    const makeAll = () =>
      Promise.all(
        stale.map(async ({ name, make, hash }) => {
          fs.rmSync(stampOf(name), { force: true });
          await make();
          fs.mkdirSync(path.dirname(stampOf(name)), { recursive: true });
          fs.writeFileSync(stampOf(name), hash);
        }),
      );
    await tellWhile("Still building", makeAll, say);
    say("Built.");
    return true;
  } finally {
    unlock();
  }
}

/** @param {string} name */
const stampOf = (name) => path.join(root, "build/.stamps", name);

/** @param {string} name @param {string} hash @param {string[]} outputs */
function isCurrent(name, hash, outputs) {
  if (!outputs.every((output) => fs.existsSync(path.join(root, output)))) return false;
  try {
    return fs.readFileSync(stampOf(name), "utf8") === hash;
  } catch {
    return false;
  }
}

/** @param {string[]} folders */
function hashOf(folders) {
  const hash = createHash("sha256").update(process.version.split(".")[0] ?? "");
  const files = folders.flatMap((folder) => listFiles(path.join(root, folder)));
  for (const file of [...roots.map((name) => path.join(root, name)).filter((name) => fs.existsSync(name)), ...files]) {
    hash.update(path.relative(root, file)).update("\0").update(fs.readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/** @param {string} folder @returns {string[]} */
function listFiles(folder) {
  if (!fs.existsSync(folder)) return [];
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isSource(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

async function buildPages() {
  for (const name of ["client", "server"]) fs.rmSync(path.join(root, "build", name), { recursive: true, force: true });
  const code = await runQuietly(process.execPath, [
    path.join(root, "node_modules/@remix-run/dev/dist/cli.js"),
    "vite:build",
  ]);
  if (code !== 0) throw new Error("The pages could not be built; the reason is above.");
}

async function buildProcesses() {
  const { build: bundle, stop } = await import("esbuild");
  await bundle({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(listEntries()),
    outdir: path.join(root, "build"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
    external: ["*/build/server/index.js"],
  });
  await buildEnginePage();
  // Its service would otherwise stay for as long as the studio runs.
  await stop();
}

/** The page in which the previz engine draws, bundled for its browser as `build/gpu-agent/previz/page.js`. */
async function buildEnginePage() {
  const source = "./gpu-agent/engines/previz/build-page.ts";
  if (!fs.existsSync(path.join(root, source))) return;
  const script = `import { buildPage } from ${JSON.stringify(source)}; await buildPage("build/gpu-agent/previz");`;
  const code = await runQuietly(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script]);
  if (code !== 0) throw new Error("The engine's page could not be built; the reason is above.");
}

/** Output name without ending → source file. @returns {[string, string][]} */
function listEntries() {
  /** @type {[string, string][]} */
  const entries = [
    ["app/main", "app/main.ts"],
    ["collab-server/main", "collab-server/main.ts"],
    ["director/main", "director/main.ts"],
    ["gpu-agent/main", "gpu-agent/main.ts"],
    ["gpu-agent/engine-child", "gpu-agent/engine-child.ts"],
    ["local/main", "local/main.ts"],
    ["local/doctor", "local/doctor.ts"],
  ];
  // Worker threads stand beside the bundle that starts them.
  for (const file of listFiles(path.join(root, "collab-server")).filter((name) => name.endsWith(".worker.ts"))) {
    entries.push([`collab-server/${path.basename(file, ".ts")}`, path.relative(root, file)]);
  }
  for (const file of listFiles(path.join(root, "app/server")).filter((name) => name.endsWith(".worker.ts"))) {
    entries.push([`app/${path.basename(file, ".ts")}`, path.relative(root, file)]);
  }
  return entries.filter(([, source]) => fs.existsSync(path.join(root, source)));
}

/** Two studios may start from one clone at the same time: one builds, the other waits for it. */
async function takeTurn() {
  const lock = path.join(root, "build/.lock");
  fs.mkdirSync(path.dirname(lock), { recursive: true });
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: "wx" });
      const unlock = () => fs.rmSync(lock, { force: true });
      process.once("exit", unlock);
      return () => {
        unlock();
        process.off("exit", unlock);
      };
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
    try {
      const holder = Number(fs.readFileSync(lock, "utf8"));
      // An empty file is one whose holder is just about to write into it.
      if (holder > 0) process.kill(holder, 0);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === "ESRCH") fs.rmSync(lock, { force: true });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

// `npm run build`
if (process.argv[1] === path.join(root, "local/build.mjs")) {
  try {
    await build({ force: process.argv.includes("--force") });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
