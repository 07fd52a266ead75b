/**
 * `npm run bench -- <name> [options]`: measures a part of Backlot, beside others where there are others. Without a name
 * it lists what there is. A bench prints its tables, and as the last line of stdout one JSON object with every figure.
 */
export interface Bench {
  /** @returns whether every run came to its end; a goal that was missed is a result, not a failure */
  runBench: (args: string[]) => Promise<boolean>;
}

/** Loaded when asked for: a bench may need what others don't. */
const benches: Record<string, { about: string; load: () => Promise<Bench> }> = {
  board: { about: "scrolling a board of 2,000 shots beside an empty page", load: () => import("./board/bench.ts") },
  collab: { about: "the collab server beside Hocuspocus and y-websocket", load: () => import("./collab/bench.ts") },
  queue: { about: "the job queue beside Graphile Worker and pg-boss", load: () => import("./queue/bench.ts") },
  render: { about: "rendering previz beside the bare loop of the same scene", load: () => import("./render/bench.ts") },
  screenplay: { about: "reading a script beside fountain-js", load: () => import("./screenplay/bench.ts") },
};

const [name = "", ...args] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
  const lines = Object.entries(benches).map(([known, { about }]) => `  ${known.padEnd(12)} ${about}`);
  console.error(["usage: npm run bench -- <name> [options]", ...lines].join("\n"));
  process.exit(name === "" ? 0 : 2);
}
const { runBench } = await bench.load();
// Sockets and timers of a run that failed may linger; what was measured is printed by now.
process.exit((await runBench(args)) ? 0 : 1);
