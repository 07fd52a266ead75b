import { setTimeout as sleep } from "node:timers/promises";
import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAgentControls } from "#bus/agent-control.ts";
import { openAgents } from "#bus/agents.ts";
import { openJobTaker, releaseJob } from "#bus/job-queue.ts";
import { publish } from "#bus/messages.ts";
import { publishResult } from "#bus/results.ts";
import { deadLettersOf } from "#db/queries/dead-letters.ts";
import { listTakes } from "#db/queries/takes.ts";
import { jobAttempts, jobs } from "#db/schema/work.ts";
import type { JobMessage } from "#domain/jobs/messages/job-message.ts";
import type { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import type { ResultMessage } from "#domain/jobs/messages/result-message.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import { type AgentProcess, startAgentProcess } from "./agent-process.ts";
import { leaseSeconds, startTestStudio, type TestStudio } from "./studio.ts";
import { aVideoRequest } from "./video-request.ts";

/** Two directors and two agents, each agent with two engines for the same work. */
let studio: TestStudio;
const agents: AgentProcess[] = [];

beforeAll(async () => {
  process.env["TEST_ENGINES"] = "small,large";
  studio = await startTestStudio();
  for (const id of ["a1", "a2"]) agents.push(startAgentProcess(id, studio.nats.url, leaseSeconds));
  await studio.startDirector();
  await studio.startDirector();
  await studio.untilAgents(2);
}, 90_000);
afterAll(async () => {
  for (const agent of agents) agent.child.kill("SIGCONT");
  await Promise.all(agents.map((agent) => agent.kill("SIGKILL")));
  await studio.stop();
});

const attemptsOf = (jobId: string) =>
  studio.handle.db.select().from(jobAttempts).where(eq(jobAttempts.jobId, jobId)).orderBy(jobAttempts.attempt);
const rowOf = async (jobId: string) => (await studio.handle.db.select().from(jobs).where(eq(jobs.id, jobId)))[0]!;

/** A job that no director releases: the test says what lies in the work queue. */
async function queueOut(): Promise<JobView> {
  const [job] = await studio.queue([{ engineWanted: "none of theirs" }]);
  const out = { engineWanted: null, releasedAt: new Date(Date.now() + 3600_000) };
  await studio.handle.db.update(jobs).set(out).where(eq(jobs.id, job!.id));
  return job!;
}
const messageOf = (job: JobView, over: Partial<JobMessage> = {}): JobMessage =>
  ({
    v: protocolVersion,
    jobId: job.id,
    projectId: studio.projectId,
    workspaceId: studio.workspaceId,
    kind: "shot",
    capability: job.capability,
    lane: "interactive",
    attemptsSoFar: 0,
    handovers: 0,
    inputs: [],
    request: aVideoRequest(),
    ...over,
  }) as JobMessage;
const resultOf = (job: JobView, claim: string, outcome: ResultMessage["outcome"]): ResultMessage => ({
  v: protocolVersion,
  jobId: job.id,
  projectId: studio.projectId,
  attempt: 1,
  claim,
  agentId: "a1",
  outcome,
  runtime: { engine: "zombie", device: "none", seconds: 1 },
});

test("with two directors every job runs once and every end is told once", async () => {
  const made = await studio.queue(
    Array.from({ length: 30 }, () => ({ kind: "stage" })),
    { ms: 0, bytes: 0 },
  );
  for (const job of made) expect(await studio.untilEnded(job.id)).toMatchObject({ state: "succeeded", attempt: 1 });
  const ids = made.map((job) => job.id);
  expect(await studio.handle.db.select().from(jobAttempts).where(inArray(jobAttempts.jobId, ids))).toHaveLength(30);
}, 30_000);

test("an engine without room is passed over for another, and the job says which one ran", async () => {
  const [job] = await studio.queue([{}], { fail: "capacity", failOn: "small" });
  expect(await studio.untilEnded(job!.id)).toMatchObject({ state: "succeeded", attempt: 1, engine: "large" });
  expect((await listTakes(studio.handle.db, studio.projectId, job!.shotId!))[0]).toMatchObject({ engine: "large" });
});

test("where no engine has room, other agents are asked before the job fails", async () => {
  const [job] = await studio.queue([{}], { fail: "capacity", failUpTo: 1 });
  expect(await studio.untilEnded(job!.id)).toMatchObject({ state: "succeeded", attempt: 2 });
  const [first, second] = await attemptsOf(job!.id);
  expect(second!.agentId).not.toBe(first!.agentId);
  expect(first).toMatchObject({
    outcome: "failed",
    errorKind: "capacity",
    errorDetail: expect.stringContaining("small: "),
  });
  expect(await rowOf(job!.id)).toMatchObject({ avoidAgents: [first!.agentId], enginesTried: ["large"] });
});

test("an agent that stood still for longer than its lease is refused whatever it says afterwards", async () => {
  const [job] = await studio.queue([{}], { ms: 5000 });
  const begun = await studio.until(job!.id, (one) => one.state === "running");
  const [first] = await attemptsOf(begun.id);
  const zombie = agents.find((agent) => agent.id === first!.agentId)!;
  zombie.child.kill("SIGSTOP");
  const second = await studio.until(job!.id, (one) => one.state === "running" && one.attempt === 2, 15_000);
  const heldBy = (await attemptsOf(job!.id))[1]!;
  // Late words and a late success under its own claim, then whatever it really does once it goes on.
  await publishResult(studio.bus, resultOf(second, first!.claim!, { status: "succeeded", artifacts: [] }));
  publish(studio.bus, subjects.progress(studio.projectId, job!.id), {
    v: protocolVersion,
    jobId: job!.id,
    projectId: studio.projectId,
    attempt: 1,
    claim: first!.claim!,
    agentId: zombie.id,
    state: "uploading",
    stage: "late",
    fraction: 0.9,
  } satisfies ProgressMessage);
  zombie.child.kill("SIGCONT");
  await sleep(1500);
  expect(await rowOf(job!.id)).toMatchObject({ state: "running", attempt: 2, claim: heldBy.claim });
  expect(await studio.untilEnded(job!.id)).toMatchObject({ state: "succeeded", attempt: 2 });
  expect((await attemptsOf(job!.id)).map(({ outcome, agentId }) => ({ outcome, agentId }))).toEqual([
    { outcome: "lost", agentId: zombie.id },
    { outcome: "succeeded", agentId: heldBy.agentId },
  ]);
  expect(await listTakes(studio.handle.db, studio.projectId, job!.shotId!)).toHaveLength(1);
}, 40_000);

test("an operator drains an agent: it finishes what it has and takes nothing until it is resumed", async () => {
  const controls = openAgentControls(studio.bus);
  const registry = openAgents(studio.bus);
  const stateOf = async (id: string) => (await registry.list()).find((one) => one.id === id)?.state;
  const [running] = await studio.queue([{}], { ms: 1500 });
  await studio.until(running!.id, (one) => one.state === "running");
  const { agentId } = (await attemptsOf(running!.id))[0]!;
  await controls.set(agentId, { drain: true, by: "Maya", at: new Date().toISOString() });
  await expect.poll(() => stateOf(agentId), { timeout: 5000 }).toBe("draining");
  const made = await studio.queue(Array.from({ length: 5 }, () => ({})));
  for (const job of made) expect((await studio.untilEnded(job.id)).state).toBe("succeeded");
  const by = (await Promise.all(made.map((job) => attemptsOf(job.id)))).flat().map((attempt) => attempt.agentId);
  expect(by).not.toContain(agentId);
  expect(await studio.untilEnded(running!.id)).toMatchObject({ state: "succeeded", attempt: 1 });
  await controls.set(agentId, { drain: false, by: "Maya", at: new Date().toISOString() });
  await expect.poll(() => stateOf(agentId), { timeout: 5000 }).toBe("idle");
}, 30_000);

test("a job that an agent cannot read counts as its failure and goes on elsewhere, instead of round and round", async () => {
  const job = await queueOut();
  await releaseJob(studio.bus, messageOf(job, { request: { role: "smell" } as never }), `${job.id}:odd`);
  expect(await studio.untilEnded(job.id)).toMatchObject({ state: "succeeded", attempt: 2 });
  expect(await attemptsOf(job.id)).toMatchObject([
    { outcome: "failed", errorKind: "infrastructure", errorDetail: expect.stringContaining("role") },
    { outcome: "succeeded" },
  ]);
});

test("a job that the broker gives to nobody any more ends with what was seen", async () => {
  await studio.bus.jsm.consumers.update("GPU_JOBS", "export-interactive", { max_deliver: 1 });
  const job = await queueOut();
  await studio.handle.db.update(jobs).set({ capability: "export" }).where(eq(jobs.id, job.id));
  const message = messageOf({ ...job, capability: "export" });
  await releaseJob(studio.bus, message, `${job.id}:0`);
  const lines = [{ capability: "export", lane: "interactive" }] as const;
  const [first] = await openJobTaker(studio.bus).take(lines, { most: 1, expiresMs: 2000 });
  first!.handBack(10);
  await openJobTaker(studio.bus).take(lines, { most: 1, expiresMs: 1000, signal: AbortSignal.timeout(300) });
  expect(await studio.untilEnded(job.id)).toMatchObject({
    state: "failed",
    error: { code: "job/infrastructure", message: expect.stringContaining("1 times") },
  });
  expect(await deadLettersOf(studio.handle.db, job.id)).toMatchObject([{ stream: "GPU_JOBS", deliveries: 1 }]);
});

test("a result that cannot be recorded ends its job after a while and keeps nobody from being taken back", async () => {
  const stuck = await queueOut();
  await studio.handle.db
    .update(jobs)
    .set({ request: { role: "smell" } })
    .where(eq(jobs.id, stuck.id));
  await publishResult(studio.bus, resultOf(stuck, "claim-stuck", { status: "succeeded", artifacts: [] }));
  const [orphan] = await studio.queue([{}], { ms: 4000 });
  await studio.until(orphan!.id, (one) => one.state === "running");
  const { agentId } = (await attemptsOf(orphan!.id))[0]!;
  const [dead] = agents.splice(
    agents.findIndex((agent) => agent.id === agentId),
    1,
  );
  await dead!.kill("SIGKILL");
  expect(await studio.untilEnded(orphan!.id)).toMatchObject({ state: "succeeded", attempt: 2 });
  expect(await studio.untilEnded(stuck.id)).toMatchObject({ state: "failed", error: { code: "job/infrastructure" } });
  expect(await deadLettersOf(studio.handle.db, stuck.id)).toMatchObject([{ stream: "GPU_RESULTS" }]);
}, 60_000);
