/**
 * `npm test`: from a fresh clone to a verdict. Every check counts as one test; the last line says how many passed,
 * failed and were skipped. `npm test -- types unit` runs only those stages.
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { bootstrap, handOverSignals, root, say } from "./bootstrap.mjs";

/**
 * @typedef {{ passed: number, failed: number, skipped: number, failures: { name: string, output: string }[] }} Result
 * @typedef {{ name: string, run: () => Promise<Result> }} Stage
 */

// A person's own settings must not lead the tests to their database or their port.
process.env["BACKLOT_NO_DOTENV"] = "1";
const personal =
  /^(PORT|HOST|PUBLIC_URL|SESSION_SECRET|DATABASE_URL|NATS_URL|NATS_CREDS|S3_|COLLAB_|AGENTS|AGENT_|LLM_|LIVEBLOCKS_|WEBHOOKS_|LOG_LEVEL|BACKLOT_DATA)/;
for (const name of Object.keys(process.env)) if (personal.test(name)) delete process.env[name];

// Everything the tests start inherits this, so that what gets away is found and ended.
const mark = randomUUID();
process.env["BACKLOT_TEST_RUN"] = mark;
const reports = fs.mkdtempSync(path.join(os.tmpdir(), "backlot-test-"));
const bin = (/** @type {string} */ name) => path.join(root, "node_modules/.bin", name);

await bootstrap();
handOverSignals();
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    cleanUp();
    process.exit(130);
  });
}

/** What reads the sources only, and the build of them; two at a time. @type {Stage[]} */
const checks = [
  check("types", "types of the node side", [bin("tsc"), "-p", "tsconfig.json"]),
  { name: "build", run: buildStage },
  check("types", "types of the browser side", [bin("tsc"), "-p", "tsconfig.browser.json"]),
  check("types", "types of domain, without DOM and node", [bin("tsc"), "-p", "tsconfig.domain.json"]),
  check("lint", "lint", [bin("oxlint"), "--type-aware", "--deny-warnings"]),
  check("format", "format", [bin("oxfmt"), "--check"]),
  check("layers", "imports point down only", [
    bin("depcruise"),
    "--config",
    ".dependency-cruiser.cjs",
    ...sourceFolders(),
  ]),
  check("deadcode", "no dead code", [bin("knip"), "--no-progress"]),
];

/** What takes the whole machine, one after the other; only those of the broker, which mostly wait, go beside another. */
const suites = [
  [vitest("unit", ["unit", "unit-alone", "dom", "dom-alone"], 2)],
  // Those who wait for clocks, locks and restarts leave room for a third.
  [vitest("pg", ["pg", "pg-alone"], 3), vitest("nats", ["nats"], 1)],
  // A browser wants both cores.
  [vitest("engine", ["engine"], 1)],
  [{ name: "journeys", run: journeys }],
];

const wanted = process.argv.slice(2);
const known = [...new Set([...checks, ...suites.flat()].map((stage) => stage.name))];
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  say(`There is no stage ${unknown.join(", ")}; there are ${known.join(", ")}.`);
  process.exit(1);
}
const isWanted = (/** @type {Stage} */ stage) => wanted.length === 0 || wanted.includes(stage.name);

/** @type {Result} */
const total = { passed: 0, failed: 0, skipped: 0, failures: [] };
await inPairs(checks.filter(isWanted));
for (const beside of suites) await Promise.all(beside.filter(isWanted).map(runStage));
cleanUp();
report();

/** @param {Stage} stage */
async function runStage(stage) {
  const began = Date.now();
  const result = await stage.run().catch((error) => failure(stage.name, String(error?.stack ?? error)));
  total.passed += result.passed;
  total.failed += result.failed;
  total.skipped += result.skipped;
  total.failures.push(...result.failures);
  const counts = `${result.passed} passed${result.failed > 0 ? `, ${result.failed} FAILED` : ""}${result.skipped > 0 ? `, ${result.skipped} skipped` : ""}`;
  say(`${stage.name}: ${counts} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

/** @param {Stage[]} stages */
async function inPairs(stages) {
  const queue = [...stages];
  const worker = async () => {
    for (let stage = queue.shift(); stage !== undefined; stage = queue.shift()) await runStage(stage);
  };
  await Promise.all([worker(), worker()]);
}

/** A command that passes or fails as a whole. @param {string} name @param {string} title @param {string[]} command @returns {Stage} */
function check(name, title, command) {
  return {
    name,
    run: async () => {
      const { code, output } = await run(command, { quiet: true, limitMs: 300_000 });
      return code === 0 ? { passed: 1, failed: 0, skipped: 0, failures: [] } : failure(title, output);
    },
  };
}

/** @param {string} name @param {string[]} projects @param {number} workers  files at a time @returns {Stage} */
function vitest(name, projects, workers) {
  return {
    name,
    run: async () => {
      const file = path.join(reports, `${name}.json`);
      const args = ["run", "--passWithNoTests", "--reporter=default", "--reporter=json", `--outputFile=${file}`];
      const only = projects.flatMap((project) => ["--project", project]);
      const { code, output } = await run([bin("vitest"), ...args, `--maxWorkers=${workers}`, ...only], {
        limitMs: 600_000,
      });
      return readVitest(name, file, code, output);
    },
  };
}

/** @param {string} name @param {string} file @param {number} code @param {string} output @returns {Result} */
function readVitest(name, file, code, output) {
  if (!fs.existsSync(file)) {
    return code === 0 ? { passed: 0, failed: 0, skipped: 0, failures: [] } : failure(name, output);
  }
  const json = JSON.parse(fs.readFileSync(file, "utf8"));
  /** @type {Result} */
  const result = {
    passed: json.numPassedTests,
    failed: 0,
    skipped: json.numPendingTests + json.numTodoTests,
    failures: [],
  };
  for (const suite of json.testResults) {
    const place = path.relative(root, suite.name);
    const failed = suite.assertionResults.filter((/** @type {{ status: string }} */ test) => test.status === "failed");
    for (const test of failed)
      result.failures.push({ name: `${place}: ${test.fullName.trim()}`, output: readable(test.failureMessages) });
    // A file that can't even be loaded has no tests to fail.
    if (suite.status === "failed" && failed.length === 0) result.failures.push({ name: place, output: suite.message });
  }
  if (code !== 0 && result.failures.length === 0)
    result.failures.push({ name: `${name}: an error outside of any test`, output: tail(output) });
  return { ...result, failed: result.failures.length };
}

/** @param {string[]} messages  vitest leaves its own placeholder in those of tests that ran out of time */
function readable(messages) {
  return messages.join("\n").replace(/^Error: STACK_TRACE_ERROR[^]*/, "It took longer than its time limit.");
}

/** @returns {Promise<Result>} */
async function buildStage() {
  const { code, output } = await run([process.execPath, "local/build.mjs", "--force"], { limitMs: 300_000 });
  return code === 0 ? { passed: 1, failed: 0, skipped: 0, failures: [] } : failure("build", output);
}

/** @returns {Promise<Result>} */
async function journeys() {
  if (total.failures.some(({ name }) => name === "build"))
    return failure("journeys", "not run, because the build failed");
  const file = path.join(reports, "journeys.json");
  const env = { BACKLOT_REPORT: file };
  const { code, output } = await run([bin("playwright"), "test", "--pass-with-no-tests"], { limitMs: 900_000, env });
  if (!fs.existsSync(file)) return failure("journeys", tail(output));
  const json = JSON.parse(fs.readFileSync(file, "utf8"));
  /** @type {Result} */
  const result = {
    passed: json.stats.expected + json.stats.flaky,
    failed: 0,
    skipped: json.stats.skipped,
    failures: [],
  };
  for (const { title, test } of specsOf(json.suites, "")) {
    if (test.status !== "unexpected") continue;
    const errors = test.results.flatMap((/** @type {{ errors: { message?: string }[] }} */ one) => one.errors);
    result.failures.push({
      name: title,
      output: errors.map((/** @type {{ message?: string }} */ error) => error.message ?? "").join("\n"),
    });
  }
  for (const error of json.errors ?? []) result.failures.push({ name: "journeys", output: error.message ?? "" });
  if (code !== 0 && result.failures.length === 0) result.failures.push({ name: "journeys", output: tail(output) });
  return { ...result, failed: result.failures.length };
}

/** @param {any[]} suites  of Playwright's report @param {string} above @returns {{ title: string, test: any }[]} */
function specsOf(suites, above) {
  return (suites ?? []).flatMap((suite) => {
    const title = above === "" ? suite.title : `${above} › ${suite.title}`;
    const own = (suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
      spec.tests.map((/** @type {any} */ test) => ({ title: `${title} › ${spec.title}`, test })),
    );
    return [...own, ...specsOf(suite.suites, title)];
  });
}

/** @param {string} name @param {string} output @returns {Result} */
function failure(name, output) {
  return { passed: 0, failed: 1, skipped: 0, failures: [{ name, output }] };
}

/**
 * Runs a command in a group of its own. Its words are streamed, or with `quiet` kept.
 * @param {string[]} command @param {{ quiet?: boolean, limitMs: number, env?: Record<string, string> }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
function run(command, { quiet = false, limitMs, env = {} }) {
  return new Promise((resolve) => {
    const [file = "", ...args] = command;
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let output = "";
    const take = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk).slice(-400_000);
      if (!quiet) process.stdout.write(chunk);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    const timer = setTimeout(() => {
      output += `\nended after ${limitMs / 1000} s, the most it may take`;
      endGroup(child.pid);
    }, limitMs);
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => {
      clearTimeout(timer);
      endGroup(child.pid);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** @param {number | undefined} pid */
function endGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}

/** Ends every process that carries this run's mark, and removes what the run wrote. */
function cleanUp() {
  if (process.platform === "linux") {
    for (const name of fs.readdirSync("/proc")) {
      const pid = Number(name);
      if (!Number.isInteger(pid) || pid === process.pid) continue;
      try {
        if (fs.readFileSync(`/proc/${name}/environ`, "utf8").includes(mark)) process.kill(pid, "SIGKILL");
      } catch {
        // It ended meanwhile, or it belongs to somebody else.
      }
    }
  }
  fs.rmSync(reports, { recursive: true, force: true });
}

function sourceFolders() {
  const folders = [
    "app",
    "bench",
    "bus",
    "collab-server",
    "db",
    "director",
    "domain",
    "e2e",
    "gpu-agent",
    "local",
    "stage",
    "storage",
    "testing",
  ];
  return folders.filter((folder) => fs.existsSync(path.join(root, folder)));
}

/** @param {string} text */
function tail(text) {
  return text.trim().split("\n").slice(-60).join("\n");
}

function report() {
  for (const { name, output } of total.failures) {
    process.stdout.write(`\nFAILED  ${name}\n`);
    const lines = output.trim().split("\n");
    process.stdout.write(
      `${lines
        .slice(0, 80)
        .map((line) => `    ${line}`)
        .join("\n")}\n`,
    );
    if (lines.length > 80) process.stdout.write(`    … ${lines.length - 80} more lines\n`);
  }
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}
