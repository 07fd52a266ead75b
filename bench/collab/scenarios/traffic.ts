/** What the scenarios of live traffic share: open rooms, warm up, measure. */
import { setTimeout as sleep } from "node:timers/promises";
import { round, type Figures } from "../../measure/summary.ts";
import type { Arena } from "../arena.ts";
import { openRooms, type Member } from "../crowd.ts";
import { drive } from "../drive.ts";
import type { Row } from "../scenario.ts";

interface TrafficSizes {
  rooms: number;
  clients: number;
  rate: number;
  cursors: number;
  seconds: number;
  pad: number;
}

/** Rows that help to judge a run rather than a server. */
export const qualityRows: readonly Row[] = [
  { figure: "deliveriesPerSecond", label: "deliveries a second" },
  { figure: "deliveredShare", label: "delivered, share of expected" },
  { figure: "generatorLagP99Ms", label: "(generator late by, p99 ms)" },
  { figure: "generatorCores", label: "(generator, cores)" },
];

export const costRows: readonly Row[] = [
  { figure: "cpuPerMillion", label: "server CPU, s per million deliveries", compare: true },
  { figure: "cpuWithPostgresPerMillion", label: "server + Postgres CPU, s per million", compare: true },
  { figure: "latencyP50Ms", label: "latency p50, ms" },
  { figure: "latencyP99Ms", label: "latency p99, ms" },
  { figure: "rssMiB", label: "server memory, MiB" },
];

export async function measureTraffic(
  arena: Arena,
  sizes: TrafficSizes,
  isSender: (member: Member) => boolean = () => true,
): Promise<Figures> {
  const server = await arena.start();
  const members = await openRooms(arena, { rooms: sizes.rooms, clients: sizes.clients, server: () => server });
  // Compiled code, grown buffers: what a server has after its first seconds.
  await drive(members, { ...sizes, seconds: Math.min(8, sizes.seconds), drainMs: 3000, isSender });
  await sleep(300);
  const before = arena.read(server);
  const driven = await drive(members, { ...sizes, drainMs: 5000, isSender });
  const after = arena.read(server);
  const cpu = after.cpuSeconds - before.cpuSeconds;
  const postgresCpu = (after.postgresCpuSeconds ?? 0) - (before.postgresCpuSeconds ?? 0);
  const perMillion = (seconds: number) => round((seconds / driven.delivered) * 1e6, 3);
  return {
    cpuPerMillion: perMillion(cpu),
    cpuWithPostgresPerMillion: perMillion(cpu + postgresCpu),
    cpuSeconds: round(cpu),
    postgresCpuSeconds: after.postgresCpuSeconds === null ? null : round(postgresCpu),
    latencyP50Ms: driven.latency.quantile(0.5),
    latencyP95Ms: driven.latency.quantile(0.95),
    latencyP99Ms: driven.latency.quantile(0.99),
    latencyMaxMs: round(driven.latency.max),
    rssMiB: round(after.rssMiB, 1),
    sent: driven.sent,
    delivered: driven.delivered,
    deliveredShare: round(driven.delivered / driven.expected, 4),
    deliveriesPerSecond: Math.round(driven.delivered / driven.seconds),
    bytesPerUpdate: round(driven.sentBytes / driven.sent, 1),
    framesPerDelivery: round(driven.framesIn / driven.delivered, 3),
    generatorLagP99Ms: driven.lag.quantile(0.99),
    generatorCores: round(driven.generatorCores),
  };
}

/** Adds goals to rows by their figure. */
export function withGoals(rows: readonly Row[], goals: Record<string, Row["goals"]>): Row[] {
  return rows.map((row) => {
    const added = goals[row.figure];
    return added === undefined ? row : { ...row, goals: added };
  });
}
