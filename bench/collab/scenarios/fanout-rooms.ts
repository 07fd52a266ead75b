import { scenario } from "../scenario.ts";
import { costRows, measureTraffic, qualityRows, withGoals } from "./traffic.ts";

export const fanoutRooms = scenario({
  name: "fanout-rooms",
  about: "many small rooms: most of the cost is reading what comes in",
  runs: 3,
  company: "in memory",
  defaults: { rooms: 50, clients: 4, rate: 30, cursors: 0, seconds: 12, pad: 20 },
  quick: { rooms: 5, seconds: 2 },
  rows: [
    ...withGoals(costRows, {
      cpuPerMillion: [
        { lessThan: "hocuspocus", times: 2 },
        { lessThan: "y-websocket", times: 1.4 },
      ],
    }),
    ...qualityRows,
  ],
  run: (arena, sizes) => measureTraffic(arena, sizes),
});
