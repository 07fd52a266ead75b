import { scenario } from "../scenario.ts";
import { costRows, measureTraffic, qualityRows, withGoals } from "./traffic.ts";

export const fanoutOne = scenario({
  name: "fanout-one",
  about: "one room, everybody drags a clip: edits of 60 bytes, each to all the others",
  runs: 3,
  company: "both",
  defaults: { rooms: 1, clients: 50, rate: 30, cursors: 0, seconds: 12, pad: 20 },
  quick: { clients: 10, seconds: 2 },
  rows: [
    ...withGoals(costRows, {
      cpuPerMillion: [
        { lessThan: "hocuspocus", times: 3 },
        { lessThan: "y-websocket", times: 5 },
      ],
      latencyP50Ms: [{ atMost: 12 }],
      latencyP99Ms: [{ atMost: 25 }],
    }),
    ...qualityRows,
  ],
  run: (arena, sizes) => measureTraffic(arena, sizes),
});
