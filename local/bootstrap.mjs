/**
 * From a fresh clone to everything installed. Used by `npm start`, `npm test` and `npm run dev`.
 * Plain JavaScript without dependencies: it runs before anything is installed.
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { mendPackages } from "./mend-packages.mjs";
import { tellWhile } from "./patience.mjs";
import { commandFor, familyOf, findPrograms, installWithApt, installWithPlaywright } from "./programs.mjs";
import { planPrograms, purposes, readRights, readSystem, variables, wrongPaths } from "./programs.mjs";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

process.env["BACKLOT_STARTED_AT"] ??= String(Date.now());

/** One calm line with the seconds since the command began. @param {string} text */
export function say(text) {
  const seconds = ((Date.now() - Number(process.env["BACKLOT_STARTED_AT"])) / 1000).toFixed(1).padStart(6);
  const dim = process.stdout.isTTY && !process.env["NO_COLOR"];
  process.stdout.write(dim ? `\u001b[2m${seconds}s\u001b[22m  ${text}\n` : `${seconds}s  ${text}\n`);
}

/** Says why, and ends. @param {string} text @returns {never} */
function giveUp(text) {
  say(text);
  process.exit(1);
}

/** Installs what is missing. Ends the process with code 1, saying what to do, when it can't. */
export async function bootstrap() {
  checkNode();
  process.chdir(root);
  if (fs.existsSync(".env") && process.env["BACKLOT_NO_DOTENV"] === undefined) process.loadEnvFile(".env");
  await installPackages();
  // Packages that were installed before this was known, or without scripts.
  mendPackages();
  ensurePrograms();
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    giveUp(
      `Backlot needs Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org for a newer one.`,
    );
  }
}

async function installPackages() {
  if (packagesAreCurrent()) return;
  say("Installing packages (npm ci); this is once, and takes some minutes …");
  const install = () => runQuietly("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  const code = await tellWhile("Still installing packages", install, say);
  if (code !== 0) giveUp("npm ci did not succeed; its words are above. Mend that and start again.");
  say("Packages installed.");
}

/** Compares the lockfile with npm's own record of what it installed. */
export function packagesAreCurrent(folder = root) {
  try {
    const read = (/** @type {string} */ file) => JSON.parse(fs.readFileSync(path.join(folder, file), "utf8")).packages;
    const wanted = read("package-lock.json");
    const installed = read("node_modules/.package-lock.json");
    return Object.entries(wanted).every(([name, entry]) => {
      if (name === "") return true;
      const have = installed[name];
      // Optional packages for other systems are not there, and rightly so.
      if (have === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true;
      return have.version === entry.version && fs.existsSync(path.join(folder, name));
    });
  } catch {
    return false;
  }
}

function ensurePrograms() {
  for (const problem of wrongPaths()) giveUp(`${problem}. Correct it or unset it.`);
  let found = findPrograms();
  const names = /** @type {(keyof typeof purposes)[]} */ (Object.keys(purposes));
  // A broker that is elsewhere is used, not started.
  const needed = names.filter((name) => !(name === "nats-server" && process.env["NATS_URL"]));
  const missingIn = () => needed.filter((name) => found[name] === null);
  const missing = missingIn();
  if (missing.length > 0) {
    const system = readSystem();
    const rights = readRights();
    const plan = planPrograms({ system, missing, ...rights });
    for (const name of missing) say(`${name} is missing (it ${purposes[name]}).`);
    if (plan.apt.length > 0) {
      say(`Installing ${plan.apt.join(", ")} with apt-get${rights.isRoot ? "" : " (sudo)"} …`);
      const problem = installWithApt(plan.apt, rights.isRoot);
      if (problem !== null) say(`apt-get did not succeed:\n${problem}`);
    }
    if (plan.playwright) {
      say("Ubuntu's chromium is a snap, which can't render for us; fetching Playwright's …");
      const problem = installWithPlaywright(root, rights.mayInstall);
      if (problem !== null) say(`That did not succeed:\n${problem}`);
    }
    found = findPrograms();
    const still = missingIn();
    if (still.length > 0) {
      say(`Please install ${still.join(" and ")} with`);
      say(`    ${commandFor(familyOf(system), still, rights.isRoot)}`);
      giveUp(
        `and start again; or say where it is: ${still.map((name) => `${variables[name]}=/path/to/${name}`).join(" ")}`,
      );
    }
  }
  for (const name of names) {
    const file = found[name];
    if (file !== null) process.env[variables[name]] = file;
  }
}

/** What runs for us now; ended with us, so that a signal in the middle of an installation leaves nothing behind. */
const helpers = /** @type {Set<import("node:child_process").ChildProcess>} */ (new Set());

function endHelpers() {
  for (const child of helpers) child.kill("SIGTERM");
  process.exit(130);
}

const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
for (const signal of signals) process.on(signal, endHelpers);

/** From here on somebody else answers signals. */
export function handOverSignals() {
  for (const signal of signals) process.off(signal, endHelpers);
}

/** Runs a command and shows what it says only when it fails. @param {string} command @param {string[]} args @returns {Promise<number>} */
export function runQuietly(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    helpers.add(child);
    let said = "";
    child.stdout.on("data", (chunk) => (said += chunk));
    child.stderr.on("data", (chunk) => (said += chunk));
    child.on("error", (error) => {
      process.stdout.write(`${error.message}\n`);
      resolve(1);
    });
    child.on("close", (code) => {
      helpers.delete(child);
      if (code !== 0) process.stdout.write(said.endsWith("\n") ? said : `${said}\n`);
      resolve(code ?? 1);
    });
  });
}
