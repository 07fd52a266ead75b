import { setTimeout as sleep } from "node:timers/promises";
import { leaveAll } from "../crowd.ts";
import { scenario } from "../scenario.ts";
import { crashRows, gather, takeStock, untilTheCrash } from "./crash.ts";

export const durabilityKill = scenario({
  name: "durability-kill",
  about: "kill -9 of the server while everybody edits; it starts again, and a fresh client looks what is there",
  runs: 20,
  peerRuns: 5,
  company: "storing",
  defaults: { clients: 20, rate: 10, seconds: 8 },
  quick: { clients: 8, seconds: 3 },
  rows: crashRows,
  run: async (arena, { clients, rate, seconds }) => {
    const server = await arena.start();
    const watch = await gather(arena, clients, () => server);
    watch.begin(rate);
    await untilTheCrash(seconds);
    await server.stop("SIGKILL");
    watch.stop();
    leaveAll(watch.members.map(({ client }) => client));
    await sleep(300);
    const { figures } = await takeStock(arena, await arena.start(), watch);
    return figures;
  },
});
