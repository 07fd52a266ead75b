/**
 * The job queue beside Graphile Worker and pg-boss, on one Postgres with its default settings, in one run. Jobs are empty:
 * what is measured is the queue. Ours does more with each (fairness between workspaces, fenced leases, a broker, an event
 * for the editors of the film), and pays for it here.
 */
import { mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openStores, type Stores } from "../collab/servers/stores.ts";
import { atExit } from "../measure/clean-up.ts";
import { conditions } from "../measure/conditions.ts";
import { markdownTable } from "../measure/markdown.ts";
import { readable, summarise, type Figures } from "../measure/summary.ts";
import type { Contender, Contestant } from "./contestant.ts";
import { contestants } from "./contestants.ts";
import { measureDepth, measureIdle, measureLatency, measureThroughput, type Sizes } from "./scenarios.ts";

const usage = `usage: npm run bench -- queue [latency] [throughput] [idle] [depth] [options]
  --runs N      runs of each, contestants taking turns
  --peers a,b   who takes part, of ${contestants.map(({ name }) => name).join(",")}
  --jobs N      jobs of a throughput run
  --samples N   jobs of a latency run
  --slots N     jobs done at once
  --quick       small sizes, one run: does it work?
  --data DIR    where Postgres keeps its files`;

const scenarios = {
  latency: {
    about: "one job at a time, a slot free: from the call that queues it to the work's first line",
    run: measureLatency,
  },
  throughput: { about: "many empty jobs are queued, then the slots open", run: measureThroughput },
  idle: { about: "nothing to do: what waiting costs", run: measureIdle },
  depth: { about: "ours alone: the same work with a short and a long queue", run: measureDepth },
} as const;
type ScenarioName = keyof typeof scenarios;

interface Result {
  contestant: Contestant;
  runs: Figures[];
  failures: string[];
}

export async function runBench(args: string[]): Promise<boolean> {
  const line = readLine(args);
  const folder = mkdtempSync(join(line.data ?? tmpdir(), "backlot-bench-queue-"));
  atExit(() => rmSync(folder, { recursive: true, force: true }));
  const stores = await openStores(join(folder, "stores"));
  const reports: Record<string, unknown> = {};
  let isWhole = true;
  for (const name of line.scenarios) {
    const results = await runScenario(name, line, stores, folder);
    isWhole &&= results.every(({ failures }) => failures.length === 0);
    console.log(`\n${table(name, results)}`);
    reports[name] = results.map(({ contestant, runs, failures }) => ({
      contestant: contestant.name,
      summary: summarise(runs),
      runs,
      failures,
    }));
  }
  await stores.close();
  console.log(`\n${JSON.stringify({ bench: "queue", ...conditions(), sizes: line.sizes, scenarios: reports })}`);
  return isWhole;
}

async function runScenario(name: ScenarioName, line: Line, stores: Stores, folder: string): Promise<Result[]> {
  const company = name === "depth" ? line.contestants.filter((one) => one.name === "backlot") : line.contestants;
  const results = company.map((contestant): Result => ({ contestant, runs: [], failures: [] }));
  for (let run = 0; run < line.runs; run += 1) {
    for (const result of results) {
      const { contestant } = result;
      const key = `${name}_${run}_${contestant.name.replaceAll("-", "_")}`;
      const own = join(folder, key);
      mkdirSync(own);
      const began = Date.now();
      const databaseUrl = await stores.addDatabase(key);
      let contender: Contender | null = null;
      try {
        contender = await contestant.open(databaseUrl, own);
        result.runs.push(await scenarios[name].run({ contender, databaseUrl, stores, sizes: line.sizes }));
      } catch (error) {
        result.failures.push(error instanceof Error ? error.message : String(error));
      }
      await contender?.close();
      await stores.dropDatabase(key);
      const outcome = result.failures.length > 0 ? `, failed: ${result.failures.at(-1)}` : "";
      console.error(
        `${name} ${run + 1}/${line.runs}: ${contestant.title}, ${((Date.now() - began) / 1000).toFixed(1)} s${outcome}`,
      );
    }
  }
  return results;
}

function table(name: ScenarioName, results: readonly Result[]): string {
  const summaries = results.map(({ runs }) => summarise(runs));
  const rows = [...new Set(results.flatMap(({ runs }) => runs.flatMap((run) => Object.keys(run))))];
  const cells = rows.map((row) => [
    row,
    ...summaries.map((summary, index) => {
      const spread = summary[row];
      if (spread === undefined) return "—";
      const range =
        (results[index]?.runs.length ?? 0) > 1 ? ` [${readable(spread.min)} … ${readable(spread.max)}]` : "";
      return readable(spread.median) + range;
    }),
  ]);
  const failures = results.flatMap(({ contestant, failures: all }) =>
    all.map((why) => `- ${contestant.title}: ${why}`),
  );
  return [
    `### ${name}`,
    scenarios[name].about,
    markdownTable(["", ...results.map(({ contestant }) => contestant.title)], cells),
    ...(failures.length === 0 ? [] : [["Runs that failed:", ...failures].join("\n")]),
  ].join("\n\n");
}

interface Line {
  scenarios: ScenarioName[];
  contestants: Contestant[];
  runs: number;
  sizes: Sizes;
  data: string | null;
}

function readLine(args: string[]): Line {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      runs: { type: "string" },
      peers: { type: "string" },
      jobs: { type: "string" },
      samples: { type: "string" },
      slots: { type: "string" },
      quick: { type: "boolean", default: false },
      data: { type: "string" },
    },
  });
  const { quick } = values;
  const known = Object.keys(scenarios) as ScenarioName[];
  const wanted = known.filter((name) => positionals.length === 0 || positionals.includes(name));
  const names = values.peers?.split(",");
  const chosen = contestants.filter(({ name }) => names === undefined || names.includes(name));
  if (positionals.some((name) => !(known as string[]).includes(name)) || chosen.length === 0) {
    console.error(usage);
    process.exit(2);
  }
  return {
    scenarios: wanted,
    contestants: chosen,
    runs: Number(values.runs ?? (quick ? 1 : 3)),
    sizes: {
      jobs: Number(values.jobs ?? (quick ? 500 : 5000)),
      samples: Number(values.samples ?? (quick ? 20 : 200)),
      slots: Number(values.slots ?? 50),
      idleSeconds: quick ? 3 : 20,
      shortQueue: { jobs: 100, workspaces: 5 },
      longQueue: quick ? { jobs: 1000, workspaces: 50 } : { jobs: 10_000, workspaces: 500 },
    },
    data: values.data ?? null,
  };
}
