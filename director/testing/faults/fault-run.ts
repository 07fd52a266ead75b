import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "nats";
import { requestCancel } from "#db/queries/jobs.ts";
import { jobsStream, resultsStream } from "#domain/jobs/subjects.ts";
import { hashText, seededRandom } from "#domain/screenplay/seeded.ts";
import type { Programs } from "./bundle.ts";
import { type Editor, openEditor } from "./editor.ts";
import type { Fault } from "./fault.ts";
import { type Ground, openGround } from "./ground.ts";
import { pokes } from "./pokes.ts";
import { processFaults } from "./process-faults.ts";
import { listen, type Scene } from "./scene.ts";
import { type Snapshot, takeSnapshot } from "./snapshot.ts";
import { storeFaults } from "./store-faults.ts";
import { addPeople, queueRun, shotOf, untilAgents } from "./studio.ts";
import { type Check, doubled, givenUp, judge, type Violation, waits, type Waits } from "./verdict.ts";
import { planWorkload } from "./workload.ts";

export type FaultRunOptions = {
  programs: Programs;
  seed: number;
  jobs: number;
  workspaces: number;
  /** How long faults strike. */
  seconds: number;
  /** How long everything may take to come to an end after the last fault. */
  settleSeconds: number;
  leaseSeconds: number;
  /** Jobs each of the three agents works on at once. */
  slots: number;
  /** Only faults whose name holds this. */
  only?: string | undefined;
  logLevel: string;
  say: (line: string) => void;
  keepFolder: boolean;
};

export type FaultReport = {
  seed: number;
  /** How often each fault struck. */
  struck: Record<string, number>;
  states: Record<string, number>;
  checks: Check[];
  waits: { meanMs: number; workspaces: Waits[] };
  givenUp: number;
  attempts: number;
  renders: number;
  doubled: number;
  /** How often the one who had a film open was connected, and how much it came to know of its jobs. */
  editor: { connects: number; heard: number };
  /** From the first job to the end of the last, and from the end of the faults. */
  tookSeconds: number;
  settledSeconds: number;
  /** Where the logs are, when they were kept. */
  folder: string;
  /** What is known about a job, for whoever looks for the cause. */
  excerpts: string[];
};

/** A track strikes one fault at a time; the tracks strike side by side. */
const tracks: Record<string, { faults: readonly Fault[]; pauseMs: readonly [number, number] }> = {
  processes: { faults: processFaults, pauseMs: [300, 1500] },
  stores: { faults: storeFaults, pauseMs: [1500, 5000] },
  pokes: { faults: pokes, pauseMs: [50, 400] },
};

export async function runFaults(options: FaultRunOptions): Promise<FaultReport> {
  const ground = await openGround(options);
  let isClean = false;
  try {
    const report = await strikeAndJudge(ground, options);
    isClean = report.checks.every(({ violations }) => violations.length === 0);
    return report;
  } finally {
    await ground.stop(options.keepFolder && !isClean);
  }
}

async function strikeAndJudge(ground: Ground, options: FaultRunOptions): Promise<FaultReport> {
  const { seed, say } = options;
  const people = await addPeople(ground, options.workspaces);
  await untilAgents(ground, ground.agents.length);
  const plan = planWorkload(seededRandom(seed), { ...options, spreadMs: options.seconds * 600 });
  const nc = await connect({ servers: ground.nats.url, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
  const scene: Scene = {
    ground,
    random: Math.random,
    nc,
    heard: { results: [], progress: [] },
    calledOff: new Map(),
    poisoned: new Set(),
  };
  listen(nc, scene.heard);
  const struck: Record<string, number> = {};
  const acknowledged: string[] = [];
  const striking = new AbortController();
  const over = new AbortController();
  const begin = Date.now();
  const editor = await openEditor({
    collabPort: ground.collabPort,
    secret: ground.store.secret,
    projectId: people[0]!.projectId,
    userId: "u1",
    sql: ground.handle.sql,
  });
  const helpers = [callOffHanging(ground, over.signal), superviseParts(ground, over.signal)];
  const queuing = Promise.all(
    plan.map(async (run) => {
      await sleep(run.at);
      await queueRun(ground, people, run, seed);
      acknowledged.push(run.title);
    }),
  );
  const strikes = Object.entries(tracks).map(([name, { faults, pauseMs }]) => {
    const chosen = faults.filter((fault) => options.only === undefined || fault.name.includes(options.only));
    const own = { ...scene, random: seededRandom(hashText(`${seed} ${name}`)) };
    return chosen.length === 0 ? Promise.resolve() : strikeForEver(chosen, pauseMs, own, striking.signal, struck, say);
  });
  await sleep(options.seconds * 1000);
  striking.abort();
  await Promise.all(strikes);
  await queuing;
  const mendedAt = Date.now();
  say(
    `all faults are mended after ${Math.round((mendedAt - begin) / 1000)} s; waiting for ${await countOpen(ground)} jobs`,
  );
  const endedAt = await untilAllEnded(ground, options.settleSeconds, say);
  const broker = await untilBrokerIsEmpty(scene);
  await untilEditorKnows(ground, editor, people[0]!.projectId);
  over.abort();
  await Promise.all(helpers);
  editor.close();
  await nc.close();
  const left = await takeSnapshot(ground, new Map(people.map(({ workspaceId }, index) => [workspaceId, index])), {
    ...broker,
    editor: { workspace: 0, heard: editor.heard },
  });
  const expected = {
    planned: new Map(plan.flatMap((run) => run.jobs.map((job, index) => [shotOf(run, index), job] as const))),
    acknowledged,
    calledOff: scene.calledOff,
    poisoned: scene.poisoned,
    released: 2 * options.slots * ground.agents.length,
    ownEnds: [...ground.directors, ...ground.agents, ground.collab].flatMap((part) => part.ownEnds),
  };
  const checks = judge(left, expected);
  return {
    seed,
    struck,
    states: countBy(left.jobs.map((job) => job.state)),
    checks,
    waits: waits(left),
    givenUp: givenUp(left, expected).length,
    attempts: left.attempts.length,
    renders: left.renders.length,
    doubled: doubled(left.renders),
    editor: { connects: editor.connects(), heard: editor.heard.length },
    tookSeconds: (endedAt - begin) / 1000,
    settledSeconds: (endedAt - mendedAt) / 1000,
    folder: ground.folder,
    excerpts: checks.flatMap(({ violations }) =>
      violations.slice(0, 3).flatMap((violation) => excerpt(ground, left, violation)),
    ),
  };
}

async function strikeForEver(
  faults: readonly Fault[],
  [least, most]: readonly [number, number],
  scene: Scene,
  signal: AbortSignal,
  struck: Record<string, number>,
  say: (line: string) => void,
): Promise<void> {
  const { random } = scene;
  // Each in turn before any comes twice, in an order of the seed's: a short run meets many, a long one all.
  for (let order: Fault[] = []; !signal.aborted;) {
    await sleep(least + random() * (most - least), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    if (order.length === 0) order = shuffled(faults, random);
    const fault = order.pop()!;
    try {
      if ((await fault.strike(scene)) === false) continue;
      struck[fault.name] = (struck[fault.name] ?? 0) + 1;
    } catch (error) {
      // What it pokes at is away just now.
      say(`${fault.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  const left = [...all];
  return Array.from({ length: left.length }, () => left.splice(Math.floor(random() * left.length), 1)[0]!);
}

/** Jobs that hang are somebody's to call off; here it is done soon after they begin, so that others get their turn. */
async function callOffHanging(ground: Ground, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(250, undefined, { signal }).catch(() => undefined);
    try {
      const rows = await ground.handle.sql<{ id: string }[]>`
        select id from jobs where finished_at is null and cancel_requested_at is null
        and (state in ('running', 'leased') or released_at < now() - interval '5 seconds')
        and request->>'prompt' like '%"hang":true%'`;
      for (const { id } of rows) await requestCancel(ground.handle.db, id).catch(() => undefined);
    } catch {
      // Postgres is away.
    }
  }
}

/** Starts again what ended by itself, as any supervisor would. The audit knows of it. */
async function superviseParts(ground: Ground, signal: AbortSignal): Promise<void> {
  const parts = [...ground.directors, ...ground.agents, ground.collab];
  const seen = new Map(parts.map((part) => [part, 0]));
  while (!signal.aborted) {
    await sleep(200, undefined, { signal }).catch(() => undefined);
    for (const part of parts) {
      if (part.ownEnds.length === seen.get(part)) continue;
      seen.set(part, part.ownEnds.length);
      part.start();
    }
  }
}

async function countOpen({ handle }: Ground): Promise<number> {
  const [row] = await handle.sql<{ open: number }[]>`
    select count(*)::int as open from jobs where finished_at is null`;
  return row?.open ?? 0;
}

async function untilAllEnded(ground: Ground, withinSeconds: number, say: (line: string) => void): Promise<number> {
  const deadline = Date.now() + withinSeconds * 1000;
  let last = -1;
  let movedAt = Date.now();
  for (;;) {
    const open = await countOpen(ground).catch(() => -1);
    if (open === 0 || Date.now() > deadline) return Date.now();
    if (open !== last) movedAt = Date.now();
    if (Date.now() - movedAt > 5000) {
      movedAt = Date.now();
      say(`${open} jobs are still open`);
    }
    last = open;
    await sleep(100);
  }
}

/** What a broker or a server that was away kept from it comes soon after. */
async function untilEditorKnows({ handle }: Ground, editor: Editor, projectId: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const rows = await handle.sql<{ id: string; state: string }[]>`
      select id, state from jobs where project_id = ${projectId}`;
    const known = new Set(editor.heard.map(({ jobId, state }) => `${jobId} ${state}`));
    if (rows.every(({ id, state }) => known.has(`${id} ${state}`))) return;
    await sleep(100);
  }
}

/** Leftovers are cleared away by a sweep or two. */
async function untilBrokerIsEmpty({ nc }: Scene): Promise<{ leftInQueue: number; unrecorded: number }> {
  const manager = await nc.jetstreamManager({ checkAPI: false });
  const deadline = Date.now() + 15_000;
  for (;;) {
    const { state } = await manager.streams.info(jobsStream);
    const consumer = await manager.consumers.info(resultsStream, "director");
    const now = { leftInQueue: state.messages, unrecorded: consumer.num_pending + consumer.num_ack_pending };
    if ((now.leftInQueue === 0 && now.unrecorded === 0) || Date.now() > deadline) return now;
    await sleep(250);
  }
}

function excerpt(ground: Ground, left: Snapshot, { jobId, what }: Violation): string[] {
  if (jobId === null) return [what.slice(0, 7000)];
  const tried = left.attempts.filter((one) => one.jobId === jobId);
  const told = left.told.filter((one) => one.jobId === jobId).map((one) => one.state);
  return [
    `job ${jobId}: ${what}`,
    `  told: ${told.join(" → ")}`,
    ...tried.map(
      (one) =>
        `  attempt ${one.attempt} on ${one.agent}: ${one.outcome ?? "open"}${one.errorMessage === null ? "" : ` (${one.errorMessage})`}`,
    ),
    ...left.renders
      .filter((one) => one.jobId === jobId)
      .map(
        (one) =>
          `  rendered as ${one.attempt} on ${one.agent}, ${one.end === null ? "no end" : `${one.end - one.begin} ms`}`,
      ),
    ...ground.linesAbout(jobId, 25).map((line) => `    ${line}`),
  ];
}

function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
