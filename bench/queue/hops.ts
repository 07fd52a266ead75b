import { connect, type NatsConnection } from "nats";
import postgres from "postgres";
import { medianOf, round } from "../measure/summary.ts";
import { now } from "./words.ts";

/** When each step of one job's way was seen from outside, by somebody who only listens. */
type Seen = Partial<Record<"notified" | "released" | "leased" | "said" | "result", number>>;

export interface HopWatch {
  seen: (jobId: string) => Seen;
  close: () => Promise<void>;
}

/**
 * Listens to what passes between our processes: the NOTIFY that wakes the director, the message on the work queue, the
 * lease, the first progress, the result. Nothing in them knows of it.
 */
export async function watchHops(databaseUrl: string, natsUrl: string): Promise<HopWatch> {
  const byJob = new Map<string, Seen>();
  const noted = (jobId: string, step: keyof Seen) => {
    const seen = byJob.get(jobId) ?? {};
    seen[step] ??= now();
    byJob.set(jobId, seen);
  };
  const nc: NatsConnection = await connect({ servers: natsUrl, maxReconnectAttempts: -1 });
  const last = (subject: string) => subject.slice(subject.lastIndexOf(".") + 1);
  nc.subscribe("gpu.job.>", {
    callback: (_error, msg) => noted(msg.headers?.get("Backlot-Job") ?? "", "released"),
  });
  nc.subscribe("$KV.lease.>", { callback: (_error, msg) => noted(last(msg.subject), "leased") });
  nc.subscribe("gpu.progress.>", { callback: (_error, msg) => noted(last(msg.subject), "said") });
  nc.subscribe("gpu.result.>", { callback: (_error, msg) => noted(last(msg.subject), "result") });
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  let notifiedAt = 0;
  await sql.listen("jobs", () => (notifiedAt = now()));
  await nc.flush();
  return {
    seen: (jobId) => {
      const seen = byJob.get(jobId) ?? {};
      // One job at a time: the notice before its release was its own.
      return notifiedAt > 0 && seen.released !== undefined ? { notified: notifiedAt, ...seen } : seen;
    },
    close: async () => {
      await Promise.all([nc.close(), sql.end({ timeout: 5 })]);
    },
  };
}

export interface Way {
  askedAt: number;
  doneAt: number;
  startedAt: number;
  seen: Seen;
  /** When the database says it was over; null where it was not asked. */
  recordedAt: number | null;
}

/** Median milliseconds of each hop; a hop that was not seen is left out. */
export function hopTable(ways: readonly Way[]): Record<string, number> {
  const hops: Record<string, (way: Way) => number | undefined> = {
    "asked → committed": (way) => way.doneAt - way.askedAt,
    "asked → released to the broker": (way) => diff(way.seen.released, way.askedAt),
    "released → lease claimed": (way) => diff(way.seen.leased, way.seen.released),
    "lease claimed → engine begins": (way) => diff(way.startedAt, way.seen.leased),
    "asked → engine begins": (way) => way.startedAt - way.askedAt,
    "engine begins → result with the broker": (way) => diff(way.seen.result, way.startedAt),
    "result → recorded in Postgres": (way) => diff(way.recordedAt ?? undefined, way.seen.result),
  };
  return Object.fromEntries(
    Object.entries(hops).flatMap(([name, hop]) => {
      const found = ways.map(hop).filter((ms) => ms !== undefined);
      return found.length === 0 ? [] : [[name, round(medianOf(found))]];
    }),
  );
}

const diff = (to: number | undefined, from: number | undefined): number | undefined =>
  to === undefined || from === undefined ? undefined : to - from;
