import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bus, connectBus } from "#bus/connection.ts";
import { listReleased, releaseJob } from "#bus/job-queue.ts";
import { openLeases } from "#bus/leases.ts";
import { ensureTopology } from "#bus/topology.ts";
import type { JobMessage } from "#domain/jobs/messages/job-message.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { startNats, type TestNats } from "#testing/nats.ts";
import { type Agent, startAgent } from "./agent.ts";
import { openInProcessEngine } from "./testing/in-process-engine.ts";

/** An agent of two slots at a broker, and no director: nobody records its results. */
const leaseSeconds = 1;
const scratchFolder = mkdtempSync(path.join(tmpdir(), "backlot-agent-"));
let nats: TestNats;
let bus: Bus;
let agent: Agent;
let rendered: string[] = [];

beforeAll(async () => {
  nats = await startNats();
  bus = await connectBus({ url: nats.url, name: "test" });
  await ensureTopology(bus, leaseSeconds);
  const openEngine = () => openInProcessEngine((jobId) => rendered.push(jobId));
  const log = pino({ level: "silent" });
  agent = await startAgent({ bus, agentId: "a1", slots: 2, leaseSeconds, scratchFolder, openEngine, log });
});
afterAll(async () => {
  await agent.stop();
  await bus.close();
  await nats.stop();
  rmSync(scratchFolder, { recursive: true, force: true });
});

test("a second message of a job that was just done here is not rendered, though its lease is the agent's own", async () => {
  rendered = [];
  const [job, next] = [aJob(), aJob()];
  await releaseJob(bus, job, `${job.jobId}:0`);
  await expect.poll(async () => (await listReleased(bus)).size, { timeout: 5000, interval: 5 }).toBe(0);
  expect(rendered).toEqual([job.jobId]);
  expect((await openLeases(bus).read(job.jobId))?.lease).toMatchObject({ agentId: "a1", attempt: 1 });
  await releaseJob(bus, job, `${job.jobId}:again`);
  // Whoever takes what comes after it on the same line has seen it.
  await releaseJob(bus, next, `${next.jobId}:0`);
  await expect.poll(() => rendered.includes(next.jobId), { timeout: 5000, interval: 5 }).toBe(true);
  expect(rendered).toEqual([job.jobId, next.jobId]);
  expect((await openLeases(bus).read(job.jobId))?.lease).toMatchObject({ attempt: 1 });
  // It is not thrown away either: when it still lies there after the lease's time, somebody did want it again.
  await expect.poll(() => rendered.filter((id) => id === job.jobId).length, { timeout: 8000 }).toBe(2);
});

const plan = planScene({
  heading: "EXT. HARBOUR - DUSK",
  setting: "ext",
  location: "HARBOUR",
  time: "DUSK",
  action: "Rain.",
  dialogue: [],
  characters: [],
  shotType: "wide",
  move: "static",
  durationFrames: 4,
  fps: { num: 24, den: 1 },
  seed: 1,
  sceneKey: "s1",
});

function aJob(): JobMessage {
  return {
    v: protocolVersion,
    jobId: randomUUID(),
    projectId: "p1",
    workspaceId: "w1",
    kind: "shot",
    capability: "video",
    lane: "interactive",
    attemptsSoFar: 0,
    handovers: 0,
    leaseSeconds,
    inputs: [],
    request: {
      role: "video",
      plan,
      prompt: "Rain.",
      seed: 1,
      width: 64,
      height: 36,
      frames: 4,
      fps: { num: 24, den: 1 },
    },
  };
}
