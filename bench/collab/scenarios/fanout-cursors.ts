import { scenario } from "../scenario.ts";
import { costRows, measureTraffic, qualityRows, withGoals } from "./traffic.ts";

export const fanoutCursors = scenario({
  name: "fanout-cursors",
  about: "one room, everybody moves the cursor and nobody edits",
  runs: 3,
  company: "in memory",
  defaults: { rooms: 1, clients: 50, rate: 0, cursors: 15, seconds: 12, pad: 0 },
  quick: { clients: 10, seconds: 2 },
  rows: [...withGoals(costRows, { cpuPerMillion: [{ lessThan: "hocuspocus", times: 4.5 }] }), ...qualityRows],
  run: (arena, sizes) => measureTraffic(arena, sizes),
});
