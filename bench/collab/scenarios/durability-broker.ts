import { setTimeout as sleep } from "node:timers/promises";
import { leaveAll } from "../crowd.ts";
import { scenario } from "../scenario.ts";
import { crashRows, gather, takeStock, untilTheCrash } from "./crash.ts";

export const durabilityBroker = scenario({
  name: "durability-broker",
  about: "the broker is dead before the edits, stays so, and then the server is killed: documents don't need it",
  runs: 20,
  company: "alone",
  defaults: { clients: 20, rate: 10, seconds: 4 },
  quick: { clients: 8, seconds: 3 },
  rows: crashRows,
  run: async (arena, { clients, rate, seconds }) => {
    const server = await arena.start();
    const watch = await gather(arena, clients, () => server);
    await arena.ground.stores?.killBroker();
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
