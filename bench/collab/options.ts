import { parseArgs } from "node:util";
import type { ServerName } from "./servers/ground.ts";

/** What the size of a scenario is made of, and the most that may be asked for. */
const most = {
  rooms: 20_000,
  clients: 400,
  /** Edits a second of each client. */
  rate: 200,
  /** Cursor moves a second of each client. */
  cursors: 200,
  seconds: 120,
  /** Extra bytes in each edit. */
  pad: 65_536,
  /** All of one workspace, of which Backlot lets in no more. */
  sockets: 4000,
  documents: 5000,
  /** Seconds to wait until things have settled. */
  settle: 300,
  shots: 50_000,
  edits: 500_000,
} as const;
export type OptionName = keyof typeof most;
export type Options = Partial<Record<OptionName, number>>;

export interface CommandLine {
  scenarios: string[];
  servers: ServerName[];
  /** Given, or as each scenario likes it. */
  runs: number | null;
  /** Small sizes that show whether everything works, and say nothing about speed. */
  quick: boolean;
  /** Where servers keep their data; the system's folder for temporary files when not given. */
  data: string | null;
  sizes: Options;
}

const serverNames: readonly ServerName[] = ["backlot", "hocuspocus", "y-websocket"];
const mostRuns = 50;

export const usage = `usage: npm run bench -- collab [scenario ...] [options]
  --runs N         runs of each scenario
  --peers a,b      who takes part, of ${serverNames.join(",")}
  --quick          small sizes, one run: does it work?
  --data FOLDER    where the servers keep their data
  ${Object.entries(most)
    .map(([name, limit]) => `--${name} 0…${limit}`)
    .join("  ")}`;

/** @throws Error that says what is wrong with the command line */
export function readCommandLine(args: string[]): CommandLine {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(Object.keys(most).map((name) => [name, { type: "string" } as const])),
      runs: { type: "string" },
      peers: { type: "string" },
      data: { type: "string" },
      quick: { type: "boolean" },
    },
  });
  const sizes: Options = {};
  for (const name of Object.keys(most) as OptionName[]) {
    const value = (values as Record<string, string | undefined>)[name];
    if (value !== undefined) sizes[name] = numberIn(name, value, 0, most[name]);
  }
  const servers = values.peers?.split(",") ?? [...serverNames];
  for (const name of servers)
    if (!isServerName(name)) throw new Error(`--peers: there is no ${name}; there are ${serverNames.join(", ")}`);
  return {
    scenarios: positionals,
    servers: servers.filter(isServerName),
    runs: values.runs === undefined ? null : numberIn("runs", values.runs, 1, mostRuns),
    quick: values.quick ?? false,
    data: values.data ?? null,
    sizes,
  };
}

const isServerName = (name: string): name is ServerName => serverNames.some((known) => known === name);

function numberIn(name: string, text: string, from: number, to: number): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= from && value <= to)) throw new Error(`--${name} must lie in ${from}…${to}`);
  return value;
}
