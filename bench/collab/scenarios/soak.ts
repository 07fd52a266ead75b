import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { round } from "../../measure/summary.ts";
import { waitUntilQuiet } from "../../measure/usage.ts";
import type { Arena } from "../arena.ts";
import { inBatches, roomName, untilSaved } from "../crowd.ts";
import { Editor, makeFilm } from "../film.ts";
import { markOf } from "../marks.ts";
import { scenario } from "../scenario.ts";
import type { Server } from "../servers/ground.ts";

const together = 50;
const warmUpShare = 0.05;

export const soak = scenario({
  name: "soak",
  about: "films are opened, edited and left, thousands of them: does the server become again what it was?",
  runs: 1,
  company: "storing",
  defaults: { rooms: 10_000, settle: 150 },
  quick: { rooms: 200, settle: 90 },
  rows: [
    { figure: "growthPercent", label: "memory afterwards, % more than before", goals: [{ atMost: 15 }] },
    { figure: "rssBeforeMiB", label: "before, after a twentieth of it to warm up, MiB", compare: true },
    { figure: "rssAfterMiB", label: "afterwards, MiB", compare: true },
    { figure: "peakMiB", label: "at most, MiB", compare: true },
    { figure: "roomsLeft", label: "rooms still in memory", goals: [{ atMost: 0 }] },
    { figure: "settledAfterSeconds", label: "the last was put away after, s" },
    { figure: "roomsPerSecond", label: "rooms a second" },
    { figure: "cpuMsPerRoom", label: "server CPU per room, ms", compare: true },
    { figure: "postgresCpuMsPerRoom", label: "Postgres CPU per room, ms" },
  ],
  run: async (arena, { rooms, settle }) => {
    const server = await arena.start();
    const seed = Y.encodeStateAsUpdate(makeFilm(20));
    const warmUp = Math.ceil(rooms * warmUpShare);
    await visit(arena, server, seed, 0, warmUp);
    await untilPutAway(server, settle);
    const before = arena.read(server);
    const began = performance.now();
    await visit(arena, server, seed, warmUp, rooms);
    const visitSeconds = (performance.now() - began) / 1000;
    const settledAfterSeconds = await untilPutAway(server, settle);
    const after = arena.read(server);
    const perRoom = (seconds: number) => round((seconds * 1000) / rooms, 2);
    const postgres =
      after.postgresCpuSeconds === null ? null : after.postgresCpuSeconds - (before.postgresCpuSeconds ?? 0);
    return {
      growthPercent: round((after.rssMiB / before.rssMiB - 1) * 100, 1),
      rssBeforeMiB: round(before.rssMiB, 1),
      rssAfterMiB: round(after.rssMiB, 1),
      peakMiB: round(after.peakMiB, 1),
      roomsLeft: server.countRooms === null ? null : await server.countRooms(),
      settledAfterSeconds,
      roomsPerSecond: round(rooms / visitSeconds, 0),
      cpuMsPerRoom: perRoom(after.cpuSeconds - before.cpuSeconds),
      postgresCpuMsPerRoom: postgres === null ? null : perRoom(postgres),
    };
  },
});

/** In each room somebody comes, writes a film, changes it, sees that it is saved, and leaves. */
async function visit(arena: Arena, server: Server, seed: Uint8Array, from: number, count: number): Promise<void> {
  const names = Array.from({ length: count }, (_, i) => roomName(from + i));
  await arena.ground.prepare(names);
  const drag = new Editor(seed, 0).drag(markOf(0, 0));
  await inBatches(count, together, async (i) => {
    const client = await arena.join(server, names[i] ?? "");
    client.sendUpdate(seed);
    client.sendUpdate(drag);
    await untilSaved(client);
    client.ws.terminate();
  });
}

/** What a server gives back, it gives back when it has been at rest for a while. */
const restMs = 40_000;

/** Waits until no room is in memory; where a server does not tell, until it has been at rest for as long as that. */
async function untilPutAway(server: Server, limitSeconds: number): Promise<number | null> {
  const began = performance.now();
  const seconds = () => round((performance.now() - began) / 1000, 0);
  if (server.countRooms === null) {
    await sleep(Math.min(15, limitSeconds) * 1000);
    await waitUntilQuiet(server.pids, limitSeconds * 1000);
    return null;
  }
  while ((await server.countRooms()) > 0 && seconds() < limitSeconds) await sleep(500);
  const settled = seconds();
  await sleep(restMs);
  await waitUntilQuiet(server.pids, 15_000);
  return settled;
}
