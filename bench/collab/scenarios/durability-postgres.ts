import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { leaveAll } from "../crowd.ts";
import { docOf } from "../film.ts";
import { baggageOf, readFilm } from "../read-film.ts";
import { scenario } from "../scenario.ts";
import { crashRows, gather, lost, reachedIn, room, takeStock, untilTheCrash } from "./crash.ts";

export const durabilityPostgres = scenario({
  name: "durability-postgres",
  about: "Postgres is killed, people go on, then the server is killed too; one who saw the edits comes back",
  runs: 20,
  company: "alone",
  defaults: { clients: 20, rate: 10, seconds: 4 },
  quick: { clients: 8, seconds: 3 },
  rows: [
    ...crashRows.map((row) => {
      if (row.figure !== "lostOfSeen") return row;
      return { figure: row.figure, label: "seen by others, missing until one comes back" };
    }),
    { figure: "lostAfterReturn", label: "missing after one came back who had seen them", goals: [{ atMost: 0 }] },
  ],
  run: async (arena, { clients, rate, seconds }) => {
    const { stores } = arena.ground;
    if (stores === null) throw new Error("this is about a server whose documents are in Postgres");
    const server = await arena.start();
    // The first member keeps all that it is sent from the beginning.
    const watch = await gather(arena, clients, () => server);
    const before = await readFilm(arena, server, room, 300);
    watch.begin(rate);
    await untilTheCrash(seconds);
    await stores.killPostgres();
    // Long enough that edits are shown before they are stored, as they are when Postgres is late.
    await sleep(2000);
    await server.stop("SIGKILL");
    watch.stop();
    leaveAll(watch.members.map(({ client }) => client));
    await stores.mend();
    const restarted = await arena.start();
    const { figures } = await takeStock(arena, restarted, watch);
    const kept = docOf([Y.encodeStateAsUpdate(before), ...watch.received]);
    const returning = await arena.join(restarted, room, {}, baggageOf(kept));
    await sleep(1500);
    const found = reachedIn(await readFilm(arena, restarted, room, 1000), clients);
    returning.ws.terminate();
    return { ...figures, lostAfterReturn: lost(watch.seenByFirst, found) };
  },
});
