/**
 * The collab server beside others: every scenario in turn, and in each the contestants in turn, run by run, so that what
 * else happens on the machine meets all of them alike.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { atExit } from "../measure/clean-up.ts";
import { conditions } from "../measure/conditions.ts";
import { summarise, type Figures } from "../measure/summary.ts";
import { Arena } from "./arena.ts";
import { readCommandLine, usage, type CommandLine, type Options } from "./options.ts";
import { scenarioTable } from "./scenario-table.ts";
import type { Scenario } from "./scenario.ts";
import { scenarios } from "./scenarios/all.ts";
import { contestantsFor } from "./servers/contestants.ts";
import type { Contestant } from "./servers/ground.ts";
import { openStores, type Stores } from "./servers/stores.ts";
import { judge, type Results } from "./verdicts.ts";

/** The most that one run may take, whatever happens in it. */
const runLimitMs = 15 * 60_000;

export async function runBench(args: string[]): Promise<boolean> {
  const line = readCommandLineOrEnd(args);
  const chosen = choose(line.scenarios);
  const stores = sharedStores(line.data);
  const reports = [];
  for (const scenario of chosen) {
    const sizes = scenario.sizes(line.sizes, line.quick);
    const results = await runScenario(scenario, sizes, line, stores.open);
    console.log(`\n${scenarioTable(scenario, sizes, isFullSize(scenario, sizes), results)}`);
    reports.push(reportOf(scenario, sizes, results));
  }
  await stores.close();
  console.log(`\n${JSON.stringify({ bench: "collab", ...conditions(), scenarios: reports })}`);
  return reports.every(({ contestants }) => contestants.every(({ failures }) => failures.length === 0));
}

async function runScenario(
  scenario: Scenario,
  sizes: Options,
  { servers, runs: wantedRuns, quick, data }: CommandLine,
  open: () => Promise<Stores>,
): Promise<Results[]> {
  const contestants = contestantsFor(scenario.company, servers, open);
  const results = contestants.map((contestant): Results => ({ contestant, runs: [], failures: [] }));
  const runs = wantedRuns ?? (quick ? 1 : scenario.runs);
  for (let run = 0; run < runs; run += 1) {
    for (const result of results) {
      const { contestant } = result;
      if (contestant.name !== "backlot" && run >= (scenario.peerRuns ?? runs)) continue;
      const began = Date.now();
      try {
        result.runs.push(await runOnce(scenario, sizes, contestant, data));
      } catch (error) {
        result.failures.push(error instanceof Error ? error.message : String(error));
      }
      const outcome = result.failures.length > 0 ? `, ${result.failures.length} failed` : "";
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      console.error(`${scenario.name} ${run + 1}/${runs}: ${contestant.title}, ${seconds} s${outcome}`);
      await sleep(500);
    }
  }
  return results;
}

async function runOnce(
  scenario: Scenario,
  sizes: Options,
  contestant: Contestant,
  data: string | null,
): Promise<Figures> {
  const arena = await Arena.open(contestant, data);
  const limit = new AbortController();
  try {
    const tooLong = sleep(runLimitMs, undefined, { signal: limit.signal }).then(() => {
      throw new Error(`not over within ${runLimitMs / 60_000} minutes`);
    });
    tooLong.catch(() => {});
    return await Promise.race([scenario.run(arena, sizes), tooLong]);
  } finally {
    limit.abort();
    await arena.close();
  }
}

/** Postgres and the broker start when ours is first to be measured, and then serve all runs. */
function sharedStores(data: string | null) {
  let opening: Promise<Stores> | null = null;
  const begin = () => {
    const folder = mkdtempSync(join(data ?? tmpdir(), "backlot-bench-stores-"));
    atExit(() => rmSync(folder, { recursive: true, force: true }));
    return openStores(folder);
  };
  return {
    open: () => (opening ??= begin()),
    close: async () => (await opening)?.close(),
  };
}

function choose(wanted: readonly string[]): readonly Scenario[] {
  const isMeant = (name: string, scenario: Scenario) => scenario.name === name || scenario.name.startsWith(`${name}-`);
  const unknown = wanted.filter((name) => !scenarios.some((scenario) => isMeant(name, scenario)));
  if (unknown.length > 0) endWith(`there is no scenario ${unknown.join(", ")}`);
  return wanted.length === 0
    ? scenarios
    : scenarios.filter((scenario) => wanted.some((name) => isMeant(name, scenario)));
}

function readCommandLineOrEnd(args: string[]): CommandLine {
  try {
    return readCommandLine(args);
  } catch (error) {
    return endWith(error instanceof Error ? error.message : String(error));
  }
}

function endWith(problem: string): never {
  const list = scenarios.map(({ name, about }) => `  ${name.padEnd(20)} ${about}`);
  console.error([problem, usage, "scenarios, or all that begin alike:", ...list].join("\n"));
  process.exit(2);
}

function isFullSize(scenario: Scenario, sizes: Options): boolean {
  return JSON.stringify(sizes) === JSON.stringify(scenario.sizes({}, false));
}

function reportOf(scenario: Scenario, sizes: Options, results: readonly Results[]) {
  return {
    scenario: scenario.name,
    sizes,
    contestants: results.map(({ contestant, runs, failures }) => ({
      server: contestant.name,
      title: contestant.title,
      stores: contestant.stores,
      summary: summarise(runs),
      runs,
      failures,
    })),
    verdicts: judge(scenario.rows, results),
  };
}
