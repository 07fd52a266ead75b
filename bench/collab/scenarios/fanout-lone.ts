import { scenario } from "../scenario.ts";
import { costRows, measureTraffic, qualityRows, withGoals } from "./traffic.ts";

export const fanoutLone = scenario({
  name: "fanout-lone",
  about: "one person edits now and then, another watches: nothing to gather, so nothing to wait for",
  runs: 3,
  company: "storing",
  defaults: { rooms: 1, clients: 2, rate: 4, cursors: 0, seconds: 20, pad: 20 },
  quick: { seconds: 3 },
  rows: [
    ...withGoals(
      costRows.filter(({ figure }) => figure.startsWith("latency")),
      { latencyP50Ms: [{ atMost: 3 }] },
    ),
    ...qualityRows,
  ],
  run: (arena, sizes) => measureTraffic(arena, sizes, (member) => member.index === 0),
});
