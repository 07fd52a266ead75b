import { setTimeout as sleep } from "node:timers/promises";
import { medianOf, round } from "../../measure/summary.ts";
import { waitUntilQuiet } from "../../measure/usage.ts";
import type { Arena } from "../arena.ts";
import { makeBigFilm } from "../big-film.ts";
import { leaveAll, roomName } from "../crowd.ts";
import { docOf, isWhole } from "../film.ts";
import { fillRoom } from "../fill-room.ts";
import { scenario } from "../scenario.ts";
import type { Server } from "../servers/ground.ts";
import { timedJoin, type Joined } from "../timed-join.ts";
import { watchStall } from "../watch-stall.ts";

const room = roomName(0);

export const bigdoc = scenario({
  name: "bigdoc",
  about: "a film of many shots and a long history is opened: after a restart, again, by ten at once",
  runs: 3,
  company: "storing",
  defaults: { shots: 10_000, edits: 100_000 },
  quick: { shots: 500, edits: 4000 },
  rows: [
    {
      figure: "coldContentMs",
      label: "cold: content there, ms",
      compare: true,
      goals: [{ atMost: 150 }, { lessThan: "hocuspocus", times: 4 }],
    },
    { figure: "coldStep2Ms", label: "cold: told it is in sync, ms", compare: true, goals: [{ atMost: 150 }] },
    { figure: "coldStallMs", label: "cold: stall of another room, ms", compare: true, goals: [{ atMost: 30 }] },
    { figure: "rssGrowthMiB", label: "cold: growth of the server, MiB", compare: true, goals: [{ atMost: 40 }] },
    { figure: "warmMs", label: "warm: content there, ms", compare: true, goals: [{ atMost: 25 }] },
    { figure: "herdMs", label: "ten at once: all have it, ms", compare: true, goals: [{ atMost: 200 }] },
    { figure: "herdStallMs", label: "ten at once: stall of another room, ms", compare: true, goals: [{ atMost: 40 }] },
    { figure: "peakRssMiB", label: "most memory, MiB", compare: true },
    { figure: "coldBytesPerByte", label: "cold: bytes sent per byte of the film" },
    { figure: "fillCpuSeconds", label: "server CPU to take the history in, s", compare: true },
    { figure: "fillPostgresCpuSeconds", label: "Postgres CPU for that, s" },
    { figure: "ownLagMs", label: "(bystanders late by themselves, ms)" },
  ],
  run: async (arena, { shots, edits }) => {
    const film = makeBigFilm(shots, edits);
    const filled = await fill(arena, shots, edits);
    const server = await arena.start();
    await sleep(500);
    const bystanders = await watchStall(arena, server);
    // What their traffic makes the server compile and keep is not the film's doing.
    await sleep(3000);

    const before = arena.read(server);
    bystanders.begin();
    const cold = await timedJoin(arena, server, room, 120_000);
    await sleep(600);
    const coldWorst = await bystanders.end();
    const after = arena.read(server);
    const shotsFound = countShots(cold);
    // This client stays, so that the film stays open.

    const warm: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      await sleep(300);
      const joined = await timedJoin(arena, server, room, 60_000);
      warm.push(joined.contentMs);
      joined.client.ws.terminate();
    }
    await sleep(300);
    bystanders.begin();
    const began = performance.now();
    const herd = await Promise.all(Array.from({ length: 10 }, () => timedJoin(arena, server, room, 60_000)));
    const herdMs = performance.now() - began;
    await sleep(600);
    const herdWorst = await bystanders.end();
    bystanders.stop();
    const end = arena.read(server);
    leaveAll(herd.map(({ client }) => client));
    if (shotsFound !== shots) throw new Error(`${shotsFound} of ${shots} shots came`);
    return {
      coldContentMs: round(cold.contentMs, 1),
      coldStep2Ms: round(cold.step2Ms, 1),
      coldStallMs: round(coldWorst.stallMs, 1),
      coldCpuSeconds: round(after.cpuSeconds - before.cpuSeconds),
      coldBytesPerByte: round(cold.client.ws.bytesIn / film.bytes),
      rssGrowthMiB: round(after.rssMiB - before.rssMiB, 1),
      warmMs: round(medianOf(warm), 1),
      herdMs: round(herdMs, 1),
      herdStallMs: round(herdWorst.stallMs, 1),
      ownLagMs: round(Math.max(coldWorst.ownLagMs, herdWorst.ownLagMs), 1),
      peakRssMiB: round(end.peakMiB, 1),
      filmBytes: film.bytes,
      historyBytes: film.historyBytes,
      ...filled,
    };
  },
});

/** Plays the history, lets the server store it in its own way and its own time, and ends the server. */
async function fill(arena: Arena, shots: number, edits: number) {
  await arena.ground.prepare([room]);
  const server = await arena.start();
  const keeper = await arena.join(server, room);
  const before = arena.read(server);
  const began = performance.now();
  await fillRoom(arena, server, room, makeBigFilm(shots, edits));
  await quiet(server);
  const after = arena.read(server);
  const fillSeconds = (performance.now() - began) / 1000;
  keeper.ws.close();
  await sleep(1500);
  await quiet(server);
  await server.stop("SIGTERM");
  const postgres =
    after.postgresCpuSeconds === null ? null : after.postgresCpuSeconds - (before.postgresCpuSeconds ?? 0);
  return {
    fillSeconds: round(fillSeconds, 1),
    fillCpuSeconds: round(after.cpuSeconds - before.cpuSeconds),
    fillPostgresCpuSeconds: postgres === null ? null : round(postgres),
  };
}

async function quiet(server: Server): Promise<void> {
  if (!(await waitUntilQuiet(server.pids, 240_000))) throw new Error("the server did not come to rest");
}

function countShots({ parts }: Joined): number {
  const doc = docOf(parts);
  if (!isWhole(doc)) throw new Error("parts of the film are missing");
  return doc.getMap("shots").size;
}
