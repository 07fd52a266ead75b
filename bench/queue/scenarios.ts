import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { Stores } from "../collab/servers/stores.ts";
import { Histogram } from "../measure/histogram.ts";
import { round, type Figures } from "../measure/summary.ts";
import { readUsage } from "../measure/usage.ts";
import type { Contender } from "./contestant.ts";
import { hopTable, watchHops, type Way } from "./hops.ts";
import { now } from "./words.ts";

export interface Sizes {
  jobs: number;
  samples: number;
  slots: number;
  idleSeconds: number;
  shortQueue: QueueSize;
  longQueue: QueueSize;
}
interface QueueSize {
  jobs: number;
  workspaces: number;
}
export interface Run {
  contender: Contender;
  databaseUrl: string;
  stores: Stores;
  sizes: Sizes;
}

const patienceMs = 5 * 60_000;

/** Queued one by one with a pause between, so that each meets an idle agent. */
export async function measureLatency({ contender, databaseUrl, sizes }: Run): Promise<Figures> {
  const { producer, worker, natsUrl } = contender;
  const isOurs = natsUrl !== null;
  const watch = isOurs ? await watchHops(databaseUrl, natsUrl) : null;
  const sql = open(databaseUrl);
  await begin(contender, sizes.slots, true);
  const started = new Map<string, number>();
  worker.onWord((word) => {
    if (word.type === "started") started.set(word.id, word.at);
  });
  const histogram = new Histogram();
  const enqueue = new Histogram();
  const ways: Way[] = [];
  const warmUp = 10;
  for (let index = 0; index < sizes.samples + warmUp; index++) {
    producer.say({ type: "one", id: String(index) });
    const queued = await producer.next("queued");
    const key = isOurs ? (queued.job ?? "") : queued.id;
    const startedAt = await until(() => started.get(key));
    // Long enough that whoever polls is at rest again, and not in step with its clock.
    await sleep(60 + Math.random() * 120);
    if (index < warmUp) continue;
    histogram.add(startedAt - queued.askedAt);
    enqueue.add(queued.doneAt - queued.askedAt);
    if (watch === null) continue;
    const [row] = await sql<{ at: number | null }[]>`
      select (extract(epoch from finished_at) * 1000)::float8 as at from jobs where id = ${key}`;
    ways.push({ ...queued, startedAt, seen: watch.seen(key), recordedAt: row?.at ?? null });
  }
  await watch?.close();
  await sql.end();
  return {
    "queued → begun, p50 ms": histogram.quantile(0.5),
    "queued → begun, p99 ms": histogram.quantile(0.99),
    "the call that queues, p50 ms": enqueue.quantile(0.5),
    ...Object.fromEntries(Object.entries(hopTable(ways)).map(([hop, ms]) => [`hop: ${hop}, ms`, ms])),
  };
}

/** Everything is queued before the slots open; counted until the database knows of no open job. */
export async function measureThroughput({ contender, databaseUrl, stores, sizes }: Run): Promise<Figures> {
  await begin(contender, sizes.slots, false);
  const sql = open(databaseUrl);
  // Warm: code that has run before is what a studio runs.
  await drain(contender, sql, { jobs: Math.min(1000, sizes.jobs), workspaces: 20 });
  const before = cpuOf(contender, stores);
  const measured = await drain(contender, sql, { jobs: sizes.jobs, workspaces: 20 });
  const used = difference(before, cpuOf(contender, stores));
  await sql.end();
  return {
    "jobs/s": round(1000 / measured.msPerJob, 0),
    "queuing them, jobs/s": round(sizes.jobs / (measured.queuedMs / 1000), 0),
    ...perJob(used, sizes.jobs),
  };
}

export async function measureIdle({ contender, databaseUrl, stores, sizes }: Run): Promise<Figures> {
  await begin(contender, sizes.slots, false);
  const sql = open(databaseUrl);
  await drain(contender, sql, { jobs: 100, workspaces: 5 });
  await sql.end();
  await sleep(3000);
  const before = cpuOf(contender, stores);
  await sleep(sizes.idleSeconds * 1000);
  const used = difference(before, cpuOf(contender, stores));
  return Object.fromEntries(
    Object.entries(used).map(([who, seconds]) => [`${who}, % of a core`, round((seconds / sizes.idleSeconds) * 100)]),
  );
}

/** A short queue several times, a long one once, with the same code warm; and what one more job costs beside each. */
export async function measureDepth({ contender, databaseUrl, stores, sizes }: Run): Promise<Figures> {
  await begin(contender, sizes.slots, false);
  const sql = open(databaseUrl);
  await drain(contender, sql, { jobs: 500, workspaces: 20 });
  const measure = async (size: QueueSize, times: number) => {
    const before = cpuOf(contender, stores);
    let [ms, queuedMs] = [0, 0];
    for (let count = 0; count < times; count++) {
      const one = await drain(contender, sql, size);
      ms += one.msPerJob * size.jobs;
      queuedMs += one.queuedMs;
    }
    const jobs = size.jobs * times;
    const used = difference(before, cpuOf(contender, stores));
    const cpu = Object.values(used).reduce((sum, seconds) => sum + seconds, 0) * 1000;
    return {
      ms: ms / jobs,
      queuedMs: queuedMs / jobs,
      cpu: cpu / jobs,
      director: ((used["director"] ?? 0) * 1000) / jobs,
    };
  };
  const short = await measure(sizes.shortQueue, 10);
  const long = await measure(sizes.longQueue, 1);
  await sql.end();
  const say = ({ jobs, workspaces }: QueueSize) => `${jobs} of ${workspaces} workspaces`;
  const [a, b] = [say(sizes.shortQueue), say(sizes.longQueue)];
  return {
    [`${a}: ms per job`]: round(short.ms, 3),
    [`${b}: ms per job`]: round(long.ms, 3),
    "times, wall": round(long.ms / short.ms),
    [`${a}: CPU ms per job, all processes`]: round(short.cpu, 3),
    [`${b}: CPU ms per job, all processes`]: round(long.cpu, 3),
    "times, CPU": round(long.cpu / short.cpu),
    [`${a}: director CPU ms per job`]: round(short.director, 3),
    [`${b}: director CPU ms per job`]: round(long.director, 3),
    [`${a}: ms to queue one`]: round(short.queuedMs, 3),
    [`${b}: ms to queue one`]: round(long.queuedMs, 3),
  };
}

async function begin({ worker }: Contender, slots: number, tells: boolean): Promise<void> {
  const ready = worker.next("ready");
  worker.say({ type: "begin", slots, tells });
  await ready;
}

/**
 * Queues so many jobs and waits until they are done. The slots are open meanwhile; the rate is that of the jobs which were
 * left when the last one was queued.
 */
async function drain(
  { producer, openJobs }: Contender,
  sql: postgres.Sql,
  { jobs, workspaces }: QueueSize,
): Promise<{ msPerJob: number; queuedMs: number }> {
  const queued = producer.next("queued-many");
  producer.say({ type: "many", count: jobs, workspaces });
  const { ms: queuedMs } = await queued;
  const queuedAt = now();
  const begun = queuedAt - queuedMs;
  const [row] = await sql.unsafe<{ left: number }[]>(`select count(*)::int as left from ${openJobs}`);
  const deadline = Date.now() + patienceMs;
  while ((await sql.unsafe(`select 1 from ${openJobs} limit 1`)).length > 0) {
    if (Date.now() > deadline) throw new Error(`not done within ${patienceMs / 60_000} minutes`);
    await sleep(10);
  }
  const left = row?.left ?? 0;
  // Done faster than they were queued: then queuing is the measure.
  const msPerJob = left < jobs / 10 ? (now() - begun) / jobs : (now() - queuedAt) / left;
  return { msPerJob, queuedMs };
}

type Cpu = Record<string, number>;

function cpuOf({ worker, helpers }: Contender, stores: Stores): Cpu {
  return {
    worker: readUsage([worker.pid]).cpuSeconds,
    ...Object.fromEntries(helpers.map(({ name, pid }) => [name, readUsage([pid]).cpuSeconds])),
    Postgres: stores.postgresCpuSeconds(),
  };
}

const difference = (before: Cpu, after: Cpu): Cpu =>
  Object.fromEntries(Object.entries(after).map(([who, seconds]) => [who, seconds - (before[who] ?? 0)]));

const perJob = (used: Cpu, jobs: number): Figures =>
  Object.fromEntries(
    Object.entries(used).map(([who, seconds]) => [`${who} CPU, ms per job`, round((seconds * 1000) / jobs, 3)]),
  );

function open(databaseUrl: string): postgres.Sql {
  return postgres(databaseUrl, { max: 1, onnotice: () => undefined });
}

async function until<T>(find: () => T | undefined): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error("a job did not begin within 30 s");
    await sleep(1);
  }
}
