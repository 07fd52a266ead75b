import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { round } from "../../measure/summary.ts";
import { waitUntilQuiet } from "../../measure/usage.ts";
import type { Client } from "../client.ts";
import { inBatches, leaveAll, roomName, untilSaved } from "../crowd.ts";
import { Editor, makeFilm } from "../film.ts";
import { bufferOn, findMarks, markOf } from "../marks.ts";
import { scenario } from "../scenario.ts";

export const idle = scenario({
  name: "idle",
  about: "people who look at films and do nothing: what each socket and each film keeps in memory",
  runs: 3,
  company: "in memory",
  defaults: { sockets: 2000, documents: 500, seconds: 10, settle: 75 },
  quick: { sockets: 200, documents: 50, seconds: 2, settle: 5 },
  rows: [
    {
      figure: "kibPerSocket",
      label: "memory per socket when settled, KiB",
      compare: true,
      goals: [{ atMost: 16 }, { lessThan: "hocuspocus", times: 4 }, { lessThan: "y-websocket", times: 4 }],
    },
    { figure: "kibPerSocketAtOnce", label: "memory per socket right away, KiB", compare: true },
    { figure: "kibPerDocument", label: "memory per film with its first socket, KiB", compare: true },
    { figure: "kibPerFurtherSocket", label: "memory per further socket, KiB", compare: true },
    { figure: "connectCpuMs", label: "server CPU to connect a socket, ms", compare: true },
    { figure: "idleCpuPercent", label: "CPU while idle, % of a core" },
    { figure: "stillOpen", label: "sockets still open" },
    { figure: "awoken", label: "of 20 films, edited again and seen" },
  ],
  run: async (arena, { sockets, documents, seconds, settle }) => {
    const server = await arena.start();
    const quiet = (limitMs: number) => waitUntilQuiet(server.pids, limitMs);
    await arena.ground.prepare(Array.from({ length: documents + 1 }, (_, room) => roomName(room)));
    const seed = Y.encodeStateAsUpdate(makeFilm(20));
    const open = async (room: number) => {
      const client = await arena.join(server, roomName(room));
      client.sendUpdate(seed);
      await untilSaved(client);
      return client;
    };
    // One film beforehand, so that code and buffers that come with the first are not counted.
    await open(documents);
    await quiet(10_000);
    const before = arena.read(server);
    const began = performance.now();
    const firsts = await inBatches(documents, 50, open);
    const connectingMs = performance.now() - began;
    await quiet(15_000);
    const withDocuments = arena.read(server);
    const restBegan = performance.now();
    const rest = await inBatches(sockets - documents, 50, (i) => arena.join(server, roomName(i % documents)));
    const connectMs = connectingMs + performance.now() - restBegan;
    await quiet(15_000);
    const atOnce = arena.read(server);
    await sleep(settle * 1000);
    await quiet(15_000);
    const settled = arena.read(server);
    await sleep(seconds * 1000);
    const end = arena.read(server);
    const clients = [...firsts, ...rest];
    const stillOpen = clients.filter((client) => !client.isClosed).length;
    const awoken = await countAwoken(firsts.slice(0, 20), rest, seed);
    leaveAll(clients);
    const kib = (mib: number, count: number) => round((mib * 1024) / count, 2);
    return {
      kibPerSocket: kib(end.rssMiB - before.rssMiB, sockets),
      kibPerSocketAtOnce: kib(atOnce.rssMiB - before.rssMiB, sockets),
      kibPerDocument: kib(withDocuments.rssMiB - before.rssMiB, documents),
      kibPerFurtherSocket: kib(atOnce.rssMiB - withDocuments.rssMiB, rest.length),
      connectCpuMs: round(((atOnce.cpuSeconds - before.cpuSeconds) * 1000) / sockets, 3),
      idleCpuPercent: round(((end.cpuSeconds - settled.cpuSeconds) / seconds) * 100),
      rssBeforeMiB: round(before.rssMiB, 1),
      rssAtOnceMiB: round(atOnce.rssMiB, 1),
      rssSettledMiB: round(end.rssMiB, 1),
      connectMs: round(connectMs, 0),
      stillOpen,
      awoken,
    };
  },
});

/** A server may put idle films away, as long as the next edit in them arrives as any other. */
async function countAwoken(editors: readonly Client[], watchers: readonly Client[], seed: Uint8Array): Promise<number> {
  const seen = new Set<string>();
  for (const [i, client] of editors.entries()) {
    const watcher = watchers.find(({ room }) => room === client.room);
    if (watcher === undefined) continue;
    const mark = markOf(i, 0);
    watcher.on.update = (update) => findMarks(bufferOn(update), (sender) => sender === i && seen.add(mark));
    client.sendUpdate(new Editor(seed, 0).drag(mark));
  }
  const deadline = Date.now() + 5000;
  while (seen.size < editors.length && Date.now() < deadline) await sleep(20);
  return seen.size;
}
