/**
 * A studio of real processes on a real Postgres and a real broker, hurt in every way that a seed draws, and audited when
 * everything has come to its end:
 *
 *     npx tsx director/testing/run-faults.ts --seed 1 --jobs 1000 --workspaces 20
 *     npx tsx director/testing/run-faults.ts --seed 7 --jobs 200 --seconds 40 --only "broker"     (those faults alone)
 *
 * Prints what struck, what became of the jobs and which promise was broken, with the log of each broken one; ends with
 * 1 when there is one. The same seed asks for the same work and draws the same faults in the same order; when each of
 * them meets which job is the machine's to say.
 */
import { parseArgs } from "node:util";
import { bundlePrograms } from "./faults/bundle.ts";
import { type FaultReport, runFaults } from "./faults/fault-run.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    jobs: { type: "string", default: "1000" },
    workspaces: { type: "string", default: "20" },
    /** How long faults strike; as long as the work takes unless said. */
    seconds: { type: "string" },
    settle: { type: "string", default: "180" },
    lease: { type: "string", default: "2" },
    slots: { type: "string", default: "4" },
    only: { type: "string" },
    log: { type: "string", default: "info" },
    /** Keeps the logs of a run that broke a promise. */
    keep: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const jobs = Number(values.jobs);
console.log(`seed ${seed}: ${jobs} jobs of ${values.workspaces} workspaces`);

const programs = await bundlePrograms();
process.once("exit", () => programs.remove());
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
const began = Date.now();
const report = await runFaults({
  programs,
  seed,
  jobs,
  workspaces: Number(values.workspaces),
  seconds: Number(values.seconds ?? Math.max(15, Math.round(jobs / 8))),
  settleSeconds: Number(values.settle),
  leaseSeconds: Number(values.lease),
  slots: Number(values.slots),
  only: values.only,
  logLevel: values.log,
  keepFolder: values.keep,
  say: (line) => console.error(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`),
});
print(report);
process.exit(report.checks.every(({ violations }) => violations.length === 0) ? 0 : 1);

function print(found: FaultReport): void {
  const { waits } = found;
  console.log(`\nFaults that struck (seed ${found.seed})`);
  console.table(Object.entries(found.struck).map(([fault, times]) => ({ fault, times })));
  console.log("Jobs");
  console.table([{ ...found.states, "given up after faults": found.givenUp }]);
  const worst = waits.workspaces[0];
  console.table([
    {
      "attempts recorded": found.attempts,
      renders: found.renders,
      "beside another of the same job": found.doubled,
      "editor's connections": found.editor.connects,
      "seconds in all": Math.round(found.tookSeconds),
      "seconds after the last fault": Math.round(found.settledSeconds),
      "mean wait, ms": Math.round(waits.meanMs),
      "longest of a workspace": worst === undefined ? 0 : Math.round(worst.meanMs),
      "× the mean":
        worst === undefined || waits.meanMs === 0 ? 0 : Math.round((worst.meanMs / waits.meanMs) * 100) / 100,
    },
  ]);
  console.log("Promises");
  console.table(found.checks.map(({ promise, violations }) => ({ promise, broken: violations.length })));
  for (const { promise, violations } of found.checks) {
    if (violations.length === 0) continue;
    console.log(`\nBroken: ${promise}`);
    for (const { jobId, what } of violations.slice(0, 20)) console.log(`  ${jobId ?? ""} ${what.slice(0, 400)}`);
    if (violations.length > 20) console.log(`  and ${violations.length - 20} more`);
  }
  if (found.excerpts.length > 0) console.log(`\n${found.excerpts.join("\n")}`);
  if (values.keep && found.excerpts.length > 0) console.log(`\nLogs: ${found.folder}`);
}
