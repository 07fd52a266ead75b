/**
 * The programs a studio needs that npm does not bring, and how they come onto this system. Deciding is pure, so that
 * it can be tested for systems we are not on; looking and doing are at the end of the file.
 * Plain JavaScript without dependencies: it runs before anything is installed.
 */
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/**
 * @typedef {"nats-server" | "ffmpeg" | "chromium"} Program
 * @typedef {{ id: string, like: string[] }} System  what /etc/os-release says; `macos` for that
 * @typedef {{ system: System, missing: Program[], mayInstall: boolean, isRoot: boolean }} Situation
 * @typedef {{ apt: string[], playwright: boolean, byHand: { missing: Program[], command: string } | null }} Plan
 */

/** Why each is there, said when it is installed. @type {Record<Program, string>} */
export const purposes = {
  "nats-server": "carries jobs to the render agents",
  ffmpeg: "encodes takes and exports",
  chromium: "draws the previz pictures",
};

/** The variable that names the program when it stands in an unusual place. @type {Record<Program, string>} */
export const variables = {
  "nats-server": "NATS_SERVER_PATH",
  ffmpeg: "FFMPEG_PATH",
  chromium: "CHROMIUM_PATH",
};

/** Packages per family of systems. @type {Record<string, Record<Program, string[]>>} */
const packages = {
  // Without a font Chromium draws no letters, and Debian only recommends one.
  debian: { "nats-server": ["nats-server"], ffmpeg: ["ffmpeg"], chromium: ["chromium", "fonts-liberation"] },
  ubuntu: { "nats-server": ["nats-server"], ffmpeg: ["ffmpeg"], chromium: [] },
  fedora: { "nats-server": ["nats-server"], ffmpeg: ["ffmpeg-free"], chromium: ["chromium"] },
  arch: { "nats-server": ["nats-server"], ffmpeg: ["ffmpeg"], chromium: ["chromium"] },
  macos: { "nats-server": ["nats-server"], ffmpeg: ["ffmpeg"], chromium: ["--cask chromium"] },
};

/** @param {Situation} situation @returns {Plan} */
export function planPrograms({ system, missing, mayInstall, isRoot }) {
  if (missing.length === 0) return { apt: [], playwright: false, byHand: null };
  const family = familyOf(system);
  if ((family === "debian" || family === "ubuntu") && mayInstall) {
    const apt = missing.flatMap((program) => packages[family][program]);
    return { apt, playwright: family === "ubuntu" && missing.includes("chromium"), byHand: null };
  }
  // Playwright's Chromium needs no rights to be fetched, so there may be less to do by hand.
  const playwright = family === "ubuntu" && missing.includes("chromium");
  const byHand = missing.filter((program) => !(playwright && program === "chromium"));
  const command = commandFor(family, byHand, isRoot);
  return { apt: [], playwright, byHand: byHand.length === 0 ? null : { missing: byHand, command } };
}

/** The exact command for a person to type. @param {string | null} family @param {Program[]} missing @param {boolean} isRoot */
export function commandFor(family, missing, isRoot) {
  const sudo = isRoot ? "" : "sudo ";
  const names = family === null ? [] : missing.flatMap((program) => packages[family]?.[program] ?? []);
  const list = names.join(" ");
  if (family === "debian" || family === "ubuntu") {
    const steps = names.length === 0 ? [] : [`${sudo}apt-get update && ${sudo}apt-get install -y ${list}`];
    if (family === "ubuntu" && missing.includes("chromium"))
      steps.push("npx playwright-core install --with-deps chromium");
    return steps.join(" && ");
  }
  if (family === "fedora") return `${sudo}dnf install -y ${list}`;
  if (family === "arch") return `${sudo}pacman -S --needed ${list}`;
  if (family === "macos") {
    const casks = names.filter((name) => name.startsWith("--cask "));
    const plain = names.filter((name) => !name.startsWith("--cask "));
    const steps = [
      plain.length > 0 ? `brew install ${plain.join(" ")}` : "",
      ...casks.map((name) => `brew install ${name}`),
    ];
    return steps.filter((step) => step !== "").join(" && ");
  }
  return missing.map((program) => `install ${program} (or set ${variables[program]})`).join(", ");
}

/** @param {System} system @returns {"debian" | "ubuntu" | "fedora" | "arch" | "macos" | null} */
export function familyOf({ id, like }) {
  const names = [id, ...like];
  // Mint and Pop!_OS say they are like Ubuntu as well as like Debian: whose Chromium is a snap counts.
  for (const family of /** @type {const} */ (["ubuntu", "debian", "fedora", "arch", "macos"]))
    if (names.includes(family)) return family;
  if (names.includes("rhel") || names.includes("centos")) return "fedora";
  return null;
}

/** @param {string} text  of /etc/os-release @returns {System} */
export function parseOsRelease(text) {
  const field = (/** @type {string} */ name) => new RegExp(`^${name}="?([^"\n]*)"?$`, "m").exec(text)?.[1] ?? "";
  return { id: field("ID"), like: field("ID_LIKE").split(/\s+/).filter(Boolean) };
}

/** @returns {System} */
export function readSystem() {
  if (process.platform === "darwin") return { id: "macos", like: [] };
  try {
    return parseOsRelease(fs.readFileSync("/etc/os-release", "utf8"));
  } catch {
    return { id: process.platform, like: [] };
  }
}

/** @returns {{ isRoot: boolean, mayInstall: boolean }} */
export function readRights() {
  const isRoot = process.getuid?.() === 0;
  const mayInstall = isRoot || spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0;
  return { isRoot, mayInstall };
}

/** Where each program is, null for those that are missing. @returns {Record<Program, string | null>} */
export function findPrograms() {
  return {
    "nats-server": told("NATS_SERVER_PATH") ?? onPath(["nats-server"]),
    ffmpeg: told("FFMPEG_PATH") ?? onPath(["ffmpeg"]),
    chromium:
      told("CHROMIUM_PATH") ??
      onPath(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]) ??
      inPlaywrightCache() ??
      firstExecutable([
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      ]),
  };
}

/** A path from the environment wins even when nothing is there: silently taking another would be worse. @param {string} name */
function told(name) {
  const value = process.env[name];
  return value === undefined || value.trim() === "" ? null : value;
}

/** Paths from the environment that lead nowhere, as sentences. @returns {string[]} */
export function wrongPaths() {
  return Object.values(variables).flatMap((name) => {
    const value = told(name);
    if (value === null) return [];
    const found = value.includes("/") ? isExecutable(value) : onPath([value]) !== null;
    return found ? [] : [`${name} is ${value}, which is no program`];
  });
}

/** @param {string[]} names */
function onPath(names) {
  // Debian keeps nats-server in /usr/sbin, which is not on an ordinary user's path.
  const folders = [
    ...(process.env["PATH"] ?? "").split(path.delimiter),
    "/usr/local/bin",
    "/usr/sbin",
    "/opt/homebrew/bin",
  ];
  return firstExecutable(names.flatMap((name) => folders.filter(Boolean).map((folder) => path.join(folder, name))));
}

/** @param {string[]} files */
function firstExecutable(files) {
  return files.find((file) => isExecutable(file) && !isSnap(file)) ?? null;
}

/** A snap may not see hidden folders or /tmp, so it can't render for us. @param {string} file */
function isSnap(file) {
  if (fs.realpathSync(file).startsWith("/snap/") || file.startsWith("/snap/")) return true;
  // Ubuntu's chromium-browser is a small script that sends one to the snap.
  const size = fs.statSync(file).size;
  return size < 10_000 && fs.readFileSync(file, "utf8").includes("/snap/bin/");
}

/** @param {string} file */
function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function inPlaywrightCache() {
  const base =
    process.env["PLAYWRIGHT_BROWSERS_PATH"] ??
    path.join(os.homedir(), process.platform === "darwin" ? "Library/Caches/ms-playwright" : ".cache/ms-playwright");
  const inside = ["chrome-linux/chrome", "chrome-linux64/chrome", "chrome-mac/Chromium.app/Contents/MacOS/Chromium"];
  try {
    const versions = fs
      .readdirSync(base)
      .filter((name) => /^chromium-\d+$/.test(name))
      .sort()
      .reverse();
    return firstExecutable(versions.flatMap((name) => inside.map((file) => path.join(base, name, file))));
  } catch {
    return null;
  }
}

/** Installs from apt, its words kept back unless it fails. @param {string[]} names @param {boolean} isRoot @returns {string | null} what went wrong */
export function installWithApt(names, isRoot) {
  const run = (/** @type {string[]} */ args) => {
    const command = isRoot
      ? ["apt-get", ...args]
      : ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args];
    execFileSync(/** @type {string} */ (command[0]), command.slice(1), {
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64_000_000,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  };
  try {
    run(["update", "-qq"]);
    run(["install", "-y", "-qq", "--no-install-recommends", ...names]);
    return null;
  } catch (error) {
    const said = String(/** @type {{ stderr?: Buffer }} */ (error).stderr ?? error).trim();
    return said.split("\n").slice(-5).join("\n");
  }
}

/** @param {string} root @param {boolean} withSystemLibraries @returns {string | null} what went wrong */
export function installWithPlaywright(root, withSystemLibraries) {
  const cli = path.join(root, "node_modules/playwright-core/cli.js");
  const args = [cli, "install", ...(withSystemLibraries ? ["--with-deps"] : []), "chromium"];
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return result.status === 0
    ? null
    : (result.stderr || result.stdout || "it could not be started").trim().split("\n").slice(-5).join("\n");
}
