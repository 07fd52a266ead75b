import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { subscribe } from "#bus/messages.ts";
import { requestCancel } from "#db/queries/jobs.ts";
import { retryRun } from "#db/queries/run-retry.ts";
import { createRun, getRun } from "#db/queries/runs.ts";
import { eventsAfter } from "#db/queries/project-events.ts";
import { findAsset, listAssets } from "#db/queries/assets.ts";
import { listTakes } from "#db/queries/takes.ts";
import { shotNodes } from "#domain/jobs/chain.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { shownJob } from "#domain/jobs/parts.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import { type AgentProcess, startAgentProcess } from "./agent-process.ts";
import { leaseSeconds, startTestStudio, type TestStudio } from "./studio.ts";
import { aVideoRequest, type Behaviour } from "./video-request.ts";

/** Long shots through a real director and real agents; the engine's frames tell which frame of which shot they are. */
const limit = 12;
let studio: TestStudio;
let agents: AgentProcess[] = [];

beforeAll(async () => {
  studio = await startTestStudio();
  agents = ["c1", "c2"].map((id) => startAgentProcess(id, studio.nats.url, leaseSeconds));
  await studio.startDirector();
  await studio.untilAgents(2);
}, 90_000);
afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.kill("SIGKILL")));
  await studio.stop();
});

async function queueShot(shotId: string, frames: number, behaviour: Behaviour = {}) {
  const plan = { ...aVideoRequest().plan, frames, seed: 77 };
  const request = { ...aVideoRequest(behaviour), frames, plan, seed: 77 };
  return createRun(studio.handle.db, {
    workspaceId: studio.workspaceId,
    projectId: studio.projectId,
    kind: "shot",
    createdBy: "u1",
    nodes: shotNodes(request, { kind: "shot", lane: "interactive", shotId }, { maxFrames: limit }),
  });
}

const jobsOf = async (runId: string) =>
  new Map((await getRun(studio.handle.db, runId))!.jobs.map((job) => [job.stepKey ?? "", job]));
const step = async (runId: string, key: string) => (await jobsOf(runId)).get(key)!;
const untilRunEnded = (runId: string) =>
  expect
    .poll(async () => [...(await jobsOf(runId)).values()].every((job) => isTerminal(job.state)), {
      timeout: 20_000,
      interval: 50,
    })
    .toBe(true);

/** The bytes of the whole shot, as one long render would have made them. */
const wholeFilm = (frames: number) =>
  Buffer.concat(
    Array.from({ length: frames }, (_, index) => createHash("sha256").update(`77:${index}`).digest()),
  ).toString("hex");

async function filmOf(head: JobView): Promise<string> {
  const film = await findAsset(studio.handle.db, head.artifacts.find(({ role }) => role === "video")!.assetId);
  const url = await studio.store.store.signGet(film!.objectKey, { expiresInSeconds: 60 });
  return Buffer.from(await (await fetch(url)).arrayBuffer()).toString("hex");
}

test("a long shot becomes one film of exactly its frames, one take, and its progress never goes back", async () => {
  const fractions: number[] = [];
  const parts = new Map<string, JobView>();
  const { runId, jobs } = await queueShot("long", 31, { ms: 300 });
  const [head, ...chunks] = jobs;
  for (const chunk of chunks) parts.set(chunk.id, chunk);
  expect(chunks).toHaveLength(4);
  // As whoever follows the socket sees it: frames of progress of the parts, folded into the whole.
  const follow = subscribe(studio.bus, subjects.progressOfProject(studio.projectId), ProgressMessage, (message) => {
    const part = parts.get(message.jobId);
    if (part === undefined) return;
    parts.set(message.jobId, { ...part, state: message.state, progress: message.fraction });
    fractions.push(shownJob(head!, [...parts.values()]).progress);
  });
  const shown: number[] = [];
  let done = await studio.job(head!.id);
  for (; !isTerminal(done.state); done = await studio.job(head!.id)) {
    shown.push(done.progress);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  await follow.stop();
  expect(done).toMatchObject({ state: "succeeded", progress: 1, engine: "test" });
  for (const seen of [shown, fractions]) expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(new Set(shown).size).toBeGreaterThan(4);
  expect(await filmOf(done)).toBe(wholeFilm(31));
  const takes = await listTakes(studio.handle.db, studio.projectId, "long");
  expect(takes).toHaveLength(1);
  expect(takes[0]).toMatchObject({ number: 1, frames: 31, engine: "test", seed: 77, jobId: head!.id });
  const [first, second] = [await step(runId, "chunk:0"), await step(runId, "chunk:1")];
  expect(Date.parse(second.startedAt!)).toBeGreaterThanOrEqual(Date.parse(first.finishedAt!));
  // The work on the whole began with the first of them.
  expect(done.startedAt).toBe(first.startedAt);
  // Chunks are no films of the library.
  const library = await listAssets(studio.handle.db, studio.projectId, { limit: 100 });
  expect(library.map((asset) => asset.contentType).sort()).toEqual(["image/jpeg", "video/mp4"]);
  const told = (await eventsAfter(studio.handle.db, studio.projectId, 0)).filter(({ event }) => event.type === "asset");
  expect(told).toHaveLength(2);
});

test("an agent that dies in the third chunk costs that chunk only", async () => {
  const { runId, jobs } = await queueShot("killed", 31, { ms: 400, inChunk: 2, crashUpTo: 1 });
  const done = await studio.untilEnded(jobs[0]!.id);
  expect(done.state).toBe("succeeded");
  expect(await filmOf(done)).toBe(wholeFilm(31));
  const attempts = [...(await jobsOf(runId)).values()].map((job) => [job.stepKey, job.attempt]);
  expect(Object.fromEntries(attempts)).toMatchObject({ "chunk:0": 1, "chunk:1": 1, "chunk:2": 2, "chunk:3": 1 });
});

test("a chain that failed for good goes on from its last good chunk when a person asks", async () => {
  const { runId, jobs } = await queueShot("failed", 31, { inChunk: 2, fail: "permanent", failUpTo: 1 });
  const failed = await studio.untilEnded(jobs[0]!.id);
  expect(failed).toMatchObject({ state: "failed", error: { message: expect.stringContaining("chunk:2") as string } });
  const before = await jobsOf(runId);
  expect(before.get("chunk:1")!.state).toBe("succeeded");
  // The person's retry counts attempts anew, so the engine is told to do better.
  await studio.handle.sql`update jobs set request = jsonb_set(request, '{prompt}', '"{}"') where run_id = ${runId}`;
  await retryRun(studio.handle.db, runId, "u1");
  await untilRunEnded(runId);
  const after = await jobsOf(runId);
  for (const key of ["chunk:0", "chunk:1"])
    expect(after.get(key)).toMatchObject({ id: before.get(key)!.id, attempt: 1, state: "succeeded" });
  const head = after.get("join")!;
  expect(head).toMatchObject({ state: "succeeded", retryOf: jobs[0]!.id });
  expect(await filmOf(head)).toBe(wholeFilm(31));
  expect(await listTakes(studio.handle.db, studio.projectId, "failed")).toHaveLength(1);
});

test("a chain that is called off inside a chunk ends within the promise, makes no take, and starts nothing more", async () => {
  const { runId, jobs } = await queueShot("off", 31, { inChunk: 1, ms: 200, hang: true });
  await studio.until((await step(runId, "chunk:1")).id, (job) => job.state === "running");
  const begin = Date.now();
  await requestCancel(studio.handle.db, jobs[0]!.id);
  await untilRunEnded(runId);
  expect(Date.now() - begin).toBeLessThan(5000);
  expect([...(await jobsOf(runId)).values()].map((job) => [job.stepKey, job.state])).toEqual([
    ["join", "cancelled"],
    ["chunk:0", "succeeded"],
    ["chunk:1", "cancelled"],
    ["chunk:2", "cancelled"],
    ["chunk:3", "cancelled"],
  ]);
  expect(await listTakes(studio.handle.db, studio.projectId, "off")).toEqual([]);
});
