/**
 * Random sessions by hand, as many as you like; prints what became of them and ends with 1 when something was wrong.
 *
 *     npx tsx collab-server/testing/run-sessions.ts --seed 1 --sessions 3000
 *     npx tsx collab-server/testing/run-sessions.ts --seed 17 --weather "servers die"     (that one alone)
 */
import { parseArgs } from "node:util";
import type { TestProject } from "vitest/node";
import setUpPostgres from "#testing/postgres.ts";
import { runSessions, type SessionsReport } from "./sessions.ts";
import { openCollabStudio } from "./studio.ts";
import { tightenLimits } from "./tight-limits.ts";
import { weatherNames } from "./weathers.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    /** Until so many are through; without it, one run. */
    sessions: { type: "string" },
    steps: { type: "string", default: "250" },
    /** Only this one. */
    weather: { type: "string" },
    /** How many runs at once. */
    beside: { type: "string", default: "2" },
  },
});
const kinds = weatherNames.filter((name) => values.weather === undefined || values.weather === name);
if (kinds.length === 0) {
  console.error(`There is no weather "${values.weather}"; there are ${weatherNames.join(", ")}.`);
  process.exit(2);
}
const atLeast = Number(values.sessions ?? 1);
const loose: unknown[] = [];
process.on("unhandledRejection", (reason) => loose.push(reason));

tightenLimits();
const stopPostgres = await setUpPostgres({} as TestProject);
const studio = await openCollabStudio();
process.once("SIGINT", () => void close().finally(() => process.exit(130)));
// Postgres and NATS would stay behind.
process.once("uncaughtException", (error) => {
  console.error(error);
  void close().finally(() => process.exit(1));
});

const reports: SessionsReport[] = [];
let nextRun = 0;
const work = async () => {
  while (reports.reduce((sum, report) => sum + report.sessions, 0) < atLeast) {
    const run = nextRun;
    nextRun += 1;
    const weather = kinds[run % kinds.length]!;
    const seed = Number(values.seed) + Math.floor(run / kinds.length);
    const report = await runSessions({ studio, seed, weather, steps: Number(values.steps) });
    reports.push(report);
    for (const fault of report.faults) console.log(`seed ${seed}, ${weather}: ${fault.slice(0, 600)}`);
  }
};
await Promise.all(Array.from({ length: values.sessions === undefined ? 1 : Number(values.beside) }, work));
for (const reason of loose) console.log("nobody caught:", reason);
print();
await close();
process.exit(loose.length === 0 && reports.every((report) => report.faults.length === 0) ? 0 : 1);

function print(): void {
  const rows = kinds.map((weather) => [weather, reports.filter((report) => report.weather === weather)] as const);
  const line = (name: string, runs: readonly SessionsReport[]) => {
    const sum = (of: (report: SessionsReport) => number) => runs.reduce((total, run) => total + of(run), 0);
    const seeds = runs.map((run) => run.seed);
    return {
      weather: name,
      seeds: runs.length === 0 ? "" : `${Math.min(...seeds)}-${Math.max(...seeds)}`,
      runs: runs.length,
      sessions: sum((run) => run.sessions),
      edits: sum((run) => run.edits),
      cuts: sum((run) => run.cuts),
      kills: sum((run) => run.kills),
      rows: sum((run) => run.rows),
      "acknowledged lost": sum((run) => run.acknowledgedLost),
      "seen lost": sum((run) => run.seenLost),
      "runs with faults": runs.filter((run) => run.faults.length > 0).length,
      seconds: Math.round(sum((run) => run.seconds)),
    };
  };
  console.table([...rows.map(([weather, runs]) => line(weather, runs)), line("all", reports)]);
}

async function close(): Promise<void> {
  await studio.close();
  await stopPostgres();
}
