import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { round } from "../../measure/summary.ts";
import type { Arena } from "../arena.ts";
import type { Client, ClientEvents } from "../client.ts";
import { inBatches, openRooms, roomName } from "../crowd.ts";
import { drive } from "../drive.ts";
import { contentOf } from "../film.ts";
import { baggageOf, readFilm } from "../read-film.ts";
import { scenario } from "../scenario.ts";
import type { Server } from "../servers/ground.ts";

export const slow = scenario({
  name: "slow",
  about: "some in the room stop reading, as a laptop does that sleeps; then they wake up",
  runs: 3,
  company: "in memory",
  defaults: { clients: 20, rate: 30, seconds: 15, pad: 1000, sockets: 5 },
  quick: { clients: 8, seconds: 3, sockets: 2 },
  rows: [
    {
      figure: "mibPerStuck",
      label: "memory per stuck reader, MiB",
      compare: true,
      goals: [{ atMost: 1 }],
    },
    { figure: "sentMib", label: "(sent to each meanwhile, MiB)" },
    { figure: "latencyP99Ms", label: "latency p99 of the others, ms" },
    { figure: "latencyP99FreeMs", label: "the same with nobody stuck, ms" },
    { figure: "p99Times", label: "the former, times the latter", goals: [{ atMost: 1.3 }] },
    { figure: "deliveredShare", label: "delivered to the others, share" },
    { figure: "cutOff", label: "stuck readers cut off" },
    { figure: "notWhole", label: "not whole after they woke", goals: [{ atMost: 0 }] },
    { figure: "wholeAfterMs", label: "whole after, ms" },
  ],
  run: async (arena, { clients, rate, seconds, pad, sockets }) => {
    const server = await arena.start();
    const members = await openRooms(arena, { rooms: 1, clients, server: () => server });
    const sleepers = await inBatches(sockets, 10, () => openSleeper(arena, server));
    const traffic = { rate, cursors: 0, seconds, pad, drainMs: 5000 };
    await drive(members, { ...traffic, seconds: Math.min(3, seconds) });
    // The same with everybody reading: what the server grows to by the traffic alone, and how fast it is then.
    const free = await drive(members, traffic);
    const before = arena.read(server);
    for (const { client } of sleepers) client.ws.socket.pause();
    const driven = await drive(members, traffic);
    const after = arena.read(server);
    const film = contentOf(await readFilm(arena, server, roomName(0), 1000));
    const awake = await wakeUp(arena, server, sleepers, film);
    const [p99, p99Free] = [driven.latency.quantile(0.99) ?? 0, free.latency.quantile(0.99) ?? 0];
    return {
      mibPerStuck: round((after.rssMiB - before.rssMiB) / sockets),
      sentMib: round((driven.sentBytes + free.sentBytes) / 2 / 2 ** 20, 1),
      rssBeforeMiB: round(before.rssMiB, 1),
      rssAfterMiB: round(after.rssMiB, 1),
      latencyP50Ms: driven.latency.quantile(0.5),
      latencyP99Ms: p99,
      latencyP99FreeMs: p99Free,
      p99Times: p99Free === 0 ? null : round(p99 / p99Free),
      deliveredShare: round(driven.delivered / driven.expected, 4),
      generatorLagP99Ms: driven.lag.quantile(0.99),
      ...awake,
    };
  },
});

interface Sleeper {
  client: Client;
  doc: Y.Doc;
  /** Came and is not in the document yet. */
  waiting: Uint8Array[];
  wasCutOff: boolean;
}

async function openSleeper(arena: Arena, server: Server): Promise<Sleeper> {
  const waiting: Uint8Array[] = [];
  const client = await arena.join(server, roomName(0), keepIn(waiting));
  return { client, doc: new Y.Doc(), waiting, wasCutOff: false };
}

function keepIn(waiting: Uint8Array[]): ClientEvents {
  const keep = (update: Uint8Array) => void waiting.push(update);
  return { step2: keep, update: keep };
}

/** They read on; whoever is cut off comes back with what it has, as a real client does. */
async function wakeUp(arena: Arena, server: Server, sleepers: readonly Sleeper[], film: string) {
  const began = performance.now();
  const elapsedMs = () => performance.now() - began;
  for (const { client } of sleepers) client.ws.socket.resume();
  let behind = [...sleepers];
  while (behind.length > 0 && elapsedMs() < 15_000) {
    await sleep(50);
    const changed = behind.filter(takeIn);
    for (const sleeper of behind) if (sleeper.client.isClosed) await comeBack(arena, server, sleeper);
    const whole = new Set(changed.filter(({ doc }) => contentOf(doc) === film));
    behind = behind.filter((sleeper) => !whole.has(sleeper));
  }
  return {
    // A closed socket is noticed only by those who read it.
    cutOff: sleepers.filter(({ wasCutOff }) => wasCutOff).length,
    notWhole: behind.length,
    wholeAfterMs: behind.length > 0 ? null : round(elapsedMs(), 0),
  };
}

/** @returns whether anything had come */
function takeIn({ doc, waiting }: Sleeper): boolean {
  const parts = waiting.splice(0);
  doc.transact(() => {
    for (const part of parts) Y.applyUpdate(doc, part);
  });
  return parts.length > 0;
}

async function comeBack(arena: Arena, server: Server, sleeper: Sleeper): Promise<void> {
  sleeper.wasCutOff = true;
  sleeper.client = await arena.join(server, roomName(0), keepIn(sleeper.waiting), baggageOf(sleeper.doc));
}
