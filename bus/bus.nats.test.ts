import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JobMessage } from "#domain/jobs/messages/job-message.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import type { ResultMessage } from "#domain/jobs/messages/result-message.ts";
import { startNats, type TestNats } from "#testing/nats.ts";
import { openAgents } from "./agents.ts";
import { onCancel, openCancels } from "./cancels.ts";
import { type Bus, connectBus } from "./connection.ts";
import { type Delivery, type Line, listReleased, openJobTaker, releaseJob, removeReleased } from "./job-queue.ts";
import { type DeadLetter, takeDeadLetter } from "./dead-letters.ts";
import { openLeases } from "./leases.ts";
import { countUnrecorded, publishResult } from "./results.ts";
import { ensureTopology } from "./topology.ts";

let nats: TestNats;
let bus: Bus;

beforeAll(async () => {
  nats = await startNats();
  bus = await connectBus({ url: nats.url, name: "test" });
  await ensureTopology(bus, 2);
});
afterAll(async () => {
  await bus.close();
  await nats.stop();
});

/** @returns null when nothing came in time, or what came cannot be read */
async function takeJob(
  from: Bus,
  some: readonly Line[],
  options: { expiresMs: number; signal?: AbortSignal },
): Promise<Delivery | null> {
  const [first] = await openJobTaker(from).take(some, { most: 1, ...options });
  return first === undefined || first.message === null ? null : first;
}

const lines = [
  { capability: "export", lane: "interactive" },
  { capability: "export", lane: "batch" },
  { capability: "video", lane: "batch" },
] as const;

function aJob(over: Partial<JobMessage> = {}): JobMessage {
  return {
    v: protocolVersion,
    jobId: randomUUID(),
    projectId: "p1",
    workspaceId: "w1",
    kind: "export",
    capability: "export",
    lane: "batch",
    attemptsSoFar: 0,
    handovers: 0,
    inputs: [],
    request: {
      role: "export",
      format: "mp4",
      width: 64,
      height: 64,
      fps: { num: 24, den: 1 },
      frames: 1,
      title: "t",
      engines: [],
      picture: [],
      sound: [],
    },
    ...over,
  } as JobMessage;
}

test("a director changes the lease in force, an agent leaves it as it is", async () => {
  await ensureTopology(bus, 3);
  await ensureTopology(bus, 2);
  await ensureTopology(bus, 30, "keep");
  const info = await bus.jsm.consumers.info("GPU_JOBS", "video-batch");
  expect(info.config.ack_wait).toBe(2_000_000_000);
});

test("a job waits in the queue until an agent takes it, and is gone when finished", async () => {
  const job = aJob();
  expect(await releaseJob(bus, job, `${job.jobId}:0`)).toBe(true);
  expect([...(await listReleased(bus)).keys()]).toEqual([job.jobId]);
  const delivery = await takeJob(bus, lines, { expiresMs: 2000 });
  expect(delivery?.message).toEqual(job);
  expect(delivery?.deliveries).toBe(1);
  await delivery?.finish();
  expect((await listReleased(bus)).size).toBe(0);
});

test("an agent that already waits on several lines gets a job of any of them, soon", async () => {
  const waiting = takeJob(bus, lines, { expiresMs: 5000 });
  await sleep(100);
  const job = aJob();
  const begin = performance.now();
  await releaseJob(bus, job, `${job.jobId}:0`);
  const delivery = await waiting;
  expect(delivery?.message.jobId).toBe(job.jobId);
  expect(performance.now() - begin).toBeLessThan(500);
  await delivery?.finish();
});

test("a job that comes when a waiting agent is called off goes to the next one at once", async () => {
  const off = new AbortController();
  const waiting = takeJob(bus, lines, { expiresMs: 5000, signal: off.signal });
  await sleep(50);
  const job = aJob();
  const released = releaseJob(bus, job, `${job.jobId}:0`);
  off.abort();
  const first = await waiting;
  await released;
  first?.handBack(0);
  const begin = performance.now();
  const delivery = await takeJob(bus, lines, { expiresMs: 3000 });
  expect(delivery?.message.jobId).toBe(job.jobId);
  expect(performance.now() - begin).toBeLessThan(1000);
  await delivery?.finish();
});

test("a job handed back with a delay returns after it, and one never finished after the ack wait", async () => {
  const job = aJob();
  await releaseJob(bus, job, `${job.jobId}:0`);
  // A third of a second: the broker heeds whole nanoseconds only.
  (await takeJob(bus, lines, { expiresMs: 2000 }))?.handBack(1000 / 3);
  const begin = performance.now();
  const again = await takeJob(bus, lines, { expiresMs: 2000 });
  expect(again?.deliveries).toBe(2);
  expect(performance.now() - begin).toBeGreaterThan(200);
  const third = await takeJob(bus, lines, { expiresMs: 4000 });
  expect(third?.deliveries).toBe(3);
  expect(performance.now() - begin).toBeGreaterThan(2000);
  await third?.finish();
});

test("an agent with room takes what lies there at once, an earlier line before a later one, and no more than it asked for", async () => {
  const taker = openJobTaker(bus);
  for (const lane of ["batch", "batch", "interactive", "batch"] as const) {
    const job = aJob({ lane });
    await releaseJob(bus, job, `${job.jobId}:0`);
  }
  const lanesOf = (taken: { message: JobMessage | null }[]) => taken.map((one) => one.message?.lane);
  const first = await taker.take(lines, { most: 3, expiresMs: 2000 });
  expect(lanesOf(first)).toEqual(["interactive", "batch", "batch"]);
  const second = await taker.take(lines, { most: 3, expiresMs: 2000 });
  expect(lanesOf(second)).toEqual(["batch"]);
  expect([...first, ...second].map((one) => one.deliveries)).toEqual([1, 1, 1, 1]);
  for (const one of [...first, ...second]) await one.finish();
});

test("agents that wait together do not use up a job's deliveries", async () => {
  const takers = Array.from({ length: 6 }, () => openJobTaker(bus));
  let most = 0;
  for (let round = 0; round < 5; round++) {
    const off = new AbortController();
    const waiting = takers.map((taker) => taker.take(lines, { most: 2, expiresMs: 3000, signal: off.signal }));
    for (const capability of ["video", "export", "export"] as const) {
      const job = aJob({ capability });
      await releaseJob(bus, job, `${job.jobId}:0`);
    }
    setTimeout(() => off.abort(), 60);
    const taken = (await Promise.all(waiting)).flat();
    const rest = await openJobTaker(bus).take(lines, {
      most: 3 - taken.length || 1,
      expiresMs: 1000,
      signal: AbortSignal.timeout(200),
    });
    for (const one of [...taken, ...rest]) {
      most = Math.max(most, one.deliveries);
      await one.finish();
    }
    expect(taken.length + rest.length).toBe(3);
  }
  expect(most).toBeLessThanOrEqual(3);
});

test("a job that does not parse still says whose it is, and one of nobody's goes to the dead letters", async () => {
  const job = aJob();
  await releaseJob(bus, { ...job, attemptsSoFar: 2, request: { role: "smell" } } as unknown as JobMessage, "odd", [
    "a1",
  ]);
  const [unreadable] = await openJobTaker(bus).take(lines, { most: 1, expiresMs: 2000 });
  expect(unreadable).toMatchObject({
    message: null,
    jobId: job.jobId,
    projectId: "p1",
    attemptsSoFar: 2,
    avoidAgents: ["a1"],
    problem: expect.stringContaining("role"),
  });
  await unreadable!.finish();
  await bus.js.publish("gpu.job.export.batch.w1", "not a job");
  expect(await openJobTaker(bus).take(lines, { most: 1, expiresMs: 1000 })).toEqual([]);
  const letters: DeadLetter[] = [];
  const signal = AbortSignal.timeout(3000);
  await takeDeadLetter(bus, async (letter) => void letters.push(letter), { expiresMs: 2000, signal });
  expect(letters).toMatchObject([{ stream: "GPU_JOBS", consumer: "export-batch", jobId: null, why: "refused" }]);
});

test("a job out of deliveries is a dead letter that says whose it was", async () => {
  await bus.jsm.consumers.update("GPU_JOBS", "video-batch", { max_deliver: 2 });
  const job = aJob({ capability: "video" });
  await releaseJob(bus, job, `${job.jobId}:0`);
  for (let count = 0; count < 2; count++) (await takeJob(bus, lines, { expiresMs: 2000 }))?.handBack(10);
  // The broker looks at it once more when the next agent asks.
  expect(await takeJob(bus, lines, { expiresMs: 1000, signal: AbortSignal.timeout(300) })).toBe(null);
  const letters: DeadLetter[] = [];
  const signal = AbortSignal.timeout(4000);
  await takeDeadLetter(bus, async (letter) => void letters.push(letter), { expiresMs: 3000, signal });
  expect(letters).toMatchObject([{ jobId: job.jobId, deliveries: 2, why: "out of deliveries" }]);
  expect(letters[0]!.payload?.length).toBeGreaterThan(100);
  await removeReleased(bus, letters[0]!.seq);
  await bus.jsm.consumers.update("GPU_JOBS", "video-batch", { max_deliver: 100 });
});

test("a repeat of a release is kept once, and one that is gone is told apart", async () => {
  const job = aJob();
  await releaseJob(bus, job, `${job.jobId}:0`);
  expect(await releaseJob(bus, job, `${job.jobId}:0`)).toBe(true);
  const seqs = (await listReleased(bus)).get(job.jobId) ?? [];
  expect(seqs).toHaveLength(1);
  await removeReleased(bus, seqs[0]!);
  expect(await releaseJob(bus, job, `${job.jobId}:0`)).toBe(false);
  expect((await listReleased(bus)).size).toBe(0);
});

test("of two agents that claim a lease over the same revision one wins", async () => {
  const leases = openLeases(bus);
  const jobId = randomUUID();
  const lease = (agentId: string) => ({
    agentId,
    attempt: 1,
    claim: `claim-of-${agentId}`,
    at: new Date().toISOString(),
  });
  const claims = await Promise.all([leases.write(jobId, lease("a"), null), leases.write(jobId, lease("b"), null)]);
  expect(claims.filter((revision) => revision !== null)).toHaveLength(1);
  const held = await leases.read(jobId);
  const renewed = await leases.write(jobId, lease("c"), held!.revision);
  expect(renewed).toBeGreaterThan(held!.revision);
  expect(await leases.write(jobId, lease("d"), held!.revision)).toBe(null);
});

test("a lease of version 1 is nobody's, and can be written over", async () => {
  const leases = openLeases(bus);
  const jobId = randomUUID();
  const kv = await bus.js.views.kv("lease");
  await kv.put(jobId, JSON.stringify({ agentId: "a", attempt: 3, at: "then" }));
  const held = await leases.read(jobId);
  expect(held?.lease).toMatchObject({ attempt: 3, claim: "" });
  const lease = { agentId: "b", attempt: 4, claim: randomUUID(), at: "now" };
  expect(await leases.write(jobId, lease, held!.revision)).not.toBe(null);
});

test("a result that is sent twice is kept once, and another claim's with the same number is not taken for it", async () => {
  const jobId = randomUUID();
  const result = (claim: string): ResultMessage => ({
    v: protocolVersion,
    jobId,
    projectId: "p1",
    attempt: 2,
    claim,
    agentId: "a1",
    outcome: { status: "succeeded", artifacts: [] },
    runtime: { engine: "test", device: "none", seconds: 1 },
  });
  const before = await countUnrecorded(bus);
  for (const claim of ["claim-01", "claim-01", "claim-02"]) await publishResult(bus, result(claim));
  expect((await countUnrecorded(bus)) - before).toBe(2);
});

test("a cancel is heard at once and remembered", async () => {
  const cancels = openCancels(bus);
  const heard: string[] = [];
  const sub = onCancel(bus, (jobId) => heard.push(jobId));
  await bus.flush();
  expect(await cancels.isSet("j1")).toBe(false);
  await cancels.set("j1");
  await expect.poll(() => heard).toEqual(["j1"]);
  expect(await cancels.isSet("j1")).toBe(true);
  await sub.stop();
});

test("agents are listed while they report and gone when they leave", async () => {
  const agents = openAgents(bus);
  const info = {
    v: protocolVersion,
    id: "a1",
    engines: [],
    device: "cpu",
    memory: { ramBytes: 1 },
    slots: 1,
    state: "idle",
    running: [],
    speed: {},
    at: "now",
  } as const;
  expect(await agents.list()).toEqual([]);
  await agents.report({ ...info, engines: [], running: [] });
  expect((await agents.list()).map((one) => one.id)).toEqual(["a1"]);
  await agents.leave("a1");
  expect(await agents.list()).toEqual([]);
});

test("after the broker lost its store leases can be kept again before the first line is there", async () => {
  await nats.wipe();
  await expect.poll(() => bus.connected(), { timeout: 5000 }).toBe(true);
  const leases = openLeases(bus);
  const lease = { agentId: "a1", attempt: 1, claim: "claim-of-a1", at: "now" };
  const written: Promise<number | null>[] = [];
  const sub = bus.nc.subscribe("$JS.API.CONSUMER.>", {
    callback: () => {
      if (written.length === 0) written.push(leases.write("j-wiped", lease, null).catch(() => null));
    },
  });
  await bus.flush();
  await ensureTopology(bus, 2);
  expect(await written[0]).toEqual(expect.any(Number));
  await sub.drain();
});

test("an agent sees to the lines that it serves, and to no other", async () => {
  await nats.wipe();
  await expect.poll(() => bus.connected(), { timeout: 5000 }).toBe(true);
  await ensureTopology(bus, 2, "keep", ["video"]);
  const consumers = await bus.jsm.consumers.list("GPU_JOBS").next();
  expect(consumers.map(({ name }) => name).sort()).toEqual(["video-batch", "video-interactive"]);
  const job = aJob({ capability: "video" });
  await releaseJob(bus, job, `${job.jobId}:0`);
  const delivery = await takeJob(bus, [{ capability: "video", lane: "batch" }], { expiresMs: 2000 });
  expect(delivery?.message.jobId).toBe(job.jobId);
  await delivery?.finish();
  await ensureTopology(bus, 2);
});

test("an agent that waits while the broker loses its store gets the next job soon after it is back", async () => {
  const own = await connectBus({ url: nats.url, name: "waiting" });
  const stop = own.onReconnect(() => void ensureTopology(own, 2));
  const next = async () => {
    for (;;) {
      const delivery = await takeJob(own, lines, { expiresMs: 15_000 });
      if (delivery !== null) return delivery;
    }
  };
  const waiting = next();
  await nats.wipe();
  await expect.poll(() => own.connected() && bus.connected(), { timeout: 5000 }).toBe(true);
  await ensureTopology(bus, 2);
  const job = aJob();
  await releaseJob(bus, job, `${job.jobId}:0`);
  const begin = performance.now();
  const delivery = await waiting;
  expect(delivery.message.jobId).toBe(job.jobId);
  expect(performance.now() - begin).toBeLessThan(3000);
  await delivery.finish();
  stop();
  await own.close();
});
