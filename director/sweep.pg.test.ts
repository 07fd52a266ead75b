import { eq } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAgents } from "#bus/agents.ts";
import { openCancels } from "#bus/cancels.ts";
import { listReleased, releaseJob } from "#bus/job-queue.ts";
import { openLeases } from "#bus/leases.ts";
import { publishResult } from "#bus/results.ts";
import { ensureTopology } from "#bus/topology.ts";
import { eventsAfter } from "#db/queries/project-events.ts";
import { jobAttempts, jobs } from "#db/schema/work.ts";
import type { JobMessage } from "#domain/jobs/messages/job-message.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import type { Parts } from "./parts.ts";
import { openSweeper } from "./sweep.ts";
import { startTestStudio, type TestStudio } from "./testing/studio.ts";
import { aVideoRequest } from "./testing/video-request.ts";

/** No director and no agent: the test says what is out, what the broker holds and who has the lease. */
let studio: TestStudio;
let parts: Parts;

beforeAll(async () => {
  studio = await startTestStudio();
  const { bus, handle, store } = studio;
  await ensureTopology(bus, 0.4);
  parts = {
    db: handle.db,
    bus,
    store: store.store,
    leaseSeconds: 0.4,
    log: pino({ level: "silent" }),
    leases: openLeases(bus),
    cancels: openCancels(bus),
    agents: openAgents(bus),
  };
}, 60_000);
afterAll(() => studio.stop());

/** A job that was released a while ago. */
async function jobOut(): Promise<JobView> {
  const [job] = await studio.queue([{}]);
  const releasedAt = new Date(Date.now() - 10_000);
  await studio.handle.db.update(jobs).set({ releasedAt }).where(eq(jobs.id, job!.id));
  return job!;
}
const claimOf = (job: JobView, attempt = 1) => ({
  agentId: "a1",
  attempt,
  claim: `claim-${job.id}-${attempt}`,
  at: new Date().toISOString(),
});
const rowOf = async (job: JobView) => (await studio.handle.db.select().from(jobs).where(eq(jobs.id, job.id)))[0]!;
const attemptsOf = (job: JobView) =>
  studio.handle.db.select().from(jobAttempts).where(eq(jobAttempts.jobId, job.id)).orderBy(jobAttempts.attempt);
const toldOf = async (job: JobView) =>
  (await eventsAfter(studio.handle.db, studio.projectId, 0)).flatMap(({ event }) =>
    event.type === "job" && event.job.id === job.id ? [event.job.state] : [],
  );

test("a job whose agent was never heard of is shown in that agent's hands, because its lease says so", async () => {
  const job = await jobOut();
  const lease = claimOf(job);
  await parts.leases.write(job.id, lease, null);
  expect(await openSweeper(parts).run()).toBe(1);
  expect(await rowOf(job)).toMatchObject({ state: "leased", attempt: 1, claim: lease.claim, agentId: "a1" });
  expect(await attemptsOf(job)).toMatchObject([{ attempt: 1, agentId: "a1", claim: lease.claim, outcome: null }]);
  expect(await toldOf(job)).toEqual(["queued", "leased"]);
  expect(await openSweeper(parts).run()).toBe(0);
});

test("the same with its message still in the work queue, which keeps it in the order", async () => {
  const job = await jobOut();
  await releaseJob(studio.bus, messageOf(job), `${job.id}:0`);
  const sweeper = openSweeper(parts);
  await sweeper.run();
  expect(await rowOf(job)).toMatchObject({ state: "queued" });
  await parts.leases.write(job.id, claimOf(job), null);
  await sweeper.run();
  expect(await rowOf(job)).toMatchObject({ state: "leased", attempt: 1 });
  expect((await listReleased(studio.bus)).has(job.id)).toBe(true);
});

test("another's lease over a claim that the row knows: the old attempt was lost", async () => {
  const job = await jobOut();
  const sweeper = openSweeper(parts);
  const revision = await parts.leases.write(job.id, claimOf(job, 1), null);
  await sweeper.run();
  await parts.leases.write(job.id, { ...claimOf(job, 2), agentId: "a2" }, revision);
  await sweeper.run();
  expect(await rowOf(job)).toMatchObject({ state: "leased", attempt: 2, agentId: "a2" });
  expect((await attemptsOf(job)).map(({ agentId, outcome }) => ({ agentId, outcome }))).toEqual([
    { agentId: "a1", outcome: "lost" },
    { agentId: "a2", outcome: null },
  ]);
});

test("an agent that has let go, or whose result is on its way, is not shown as at work", async () => {
  const [free, done] = [await jobOut(), await jobOut()];
  await parts.leases.write(free.id, { ...claimOf(free), released: true }, null);
  await parts.leases.write(done.id, claimOf(done), null);
  await publishResult(studio.bus, {
    v: protocolVersion,
    jobId: done.id,
    projectId: studio.projectId,
    attempt: 1,
    claim: claimOf(done).claim,
    agentId: "a1",
    outcome: { status: "succeeded", artifacts: [] },
    runtime: { engine: "test", device: "none", seconds: 1 },
  });
  await openSweeper(parts).run();
  expect(await rowOf(free)).toMatchObject({ state: "queued", releasedAt: null });
  expect(await rowOf(done)).toMatchObject({ state: "queued", claim: null });
});

test("one that was shown by its lease is taken back when the lease falls silent", async () => {
  const job = await jobOut();
  await parts.leases.write(job.id, claimOf(job), null);
  const sweeper = openSweeper(parts);
  await sweeper.run();
  expect(await rowOf(job)).toMatchObject({ state: "leased" });
  await expect.poll(async () => (await sweeper.run(), (await rowOf(job)).state), { timeout: 5000 }).toBe("queued");
  expect(await attemptsOf(job)).toMatchObject([{ outcome: "lost" }]);
});

function messageOf(job: JobView): JobMessage {
  return {
    v: protocolVersion,
    jobId: job.id,
    projectId: studio.projectId,
    workspaceId: studio.workspaceId,
    kind: "shot",
    capability: job.capability,
    lane: "interactive",
    attemptsSoFar: 0,
    handovers: 0,
    want: { notEngines: [] },
    inputs: [],
    request: aVideoRequest(),
  } as JobMessage;
}
