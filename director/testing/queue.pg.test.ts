import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { publish, respond, subscribe } from "#bus/messages.ts";
import { publishResult } from "#bus/results.ts";
import { requestCancel } from "#db/queries/jobs.ts";
import { eventsAfter } from "#db/queries/project-events.ts";
import { retryJob } from "#db/queries/run-retry.ts";
import { listTakes } from "#db/queries/takes.ts";
import { jobAttempts } from "#db/schema/work.ts";
import { type FilmEdit, FilmEditRequest } from "#domain/collab/film-edits.ts";
import { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import { ProjectEvent } from "#domain/jobs/messages/project-event.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import { cueSheetFor } from "#domain/screenplay/plan/cue-sheet.ts";
import { type AgentProcess, startAgentProcess } from "./agent-process.ts";
import { leaseSeconds, startTestStudio, type TestStudio } from "./studio.ts";
import { aVideoRequest } from "./video-request.ts";

let studio: TestStudio;
const agents: AgentProcess[] = [];

beforeAll(async () => {
  studio = await startTestStudio();
  agents.push(
    startAgentProcess("a1", studio.nats.url, leaseSeconds),
    startAgentProcess("a2", studio.nats.url, leaseSeconds),
  );
  await studio.startDirector();
  await studio.untilAgents(2);
}, 90_000);
afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.kill("SIGKILL")));
  await studio.stop();
});

const attemptsOf = (jobId: string) =>
  studio.handle.db.select().from(jobAttempts).where(eq(jobAttempts.jobId, jobId)).orderBy(jobAttempts.attempt);

/** Results are read in the order they were said: when a job queued now has ended, those before it have been. */
const resultsAreRead = async () => {
  const [later] = await studio.queue([{}]);
  expect((await studio.untilEnded(later!.id)).state).toBe("succeeded");
};

test("a job goes from Postgres to an agent and comes back as a take that says which engine made it", async () => {
  const heard: ProjectEvent[] = [];
  const seen: ProgressMessage[] = [];
  const events = subscribe(
    studio.bus,
    subjects.projectEvents(studio.projectId),
    ProjectEvent,
    (event) => void heard.push(event),
  );
  const progress = subscribe(
    studio.bus,
    subjects.progressOfProject(studio.projectId),
    ProgressMessage,
    (message) => void seen.push(message),
  );
  const [queued] = await studio.queue([{ shotId: "shot-1" }], { ms: 600 });
  expect(queued).toMatchObject({ state: "queued", attempt: 0, shotId: "shot-1" });
  const done = await studio.untilEnded(queued!.id);
  expect(done).toMatchObject({ state: "succeeded", progress: 1, attempt: 1, engine: "test" });
  expect(done.artifacts.map((artifact) => artifact.role).sort()).toEqual(["poster", "video"]);
  const [take] = await listTakes(studio.handle.db, studio.projectId, "shot-1");
  expect(take).toMatchObject({ number: 1, engine: "test", jobId: queued!.id, frames: 4 });
  await expect.poll(() => heard.map((event) => event.type)).toContain("take");
  const states = heard.flatMap((event) =>
    event.type === "job" && event.job.id === queued!.id ? [event.job.state] : [],
  );
  expect(states).toEqual(
    ["queued", "leased", "running", "uploading", "succeeded"].filter((state) => states.includes(state as never)),
  );
  expect(states).toEqual(expect.arrayContaining(["queued", "running", "succeeded"]));
  const fractions = seen.map((message) => message.fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(seen.some((message) => message.preview !== undefined)).toBe(true);
  const stored = await eventsAfter(studio.handle.db, studio.projectId, 0);
  expect(stored.map(({ event }) => event.type)).toEqual(expect.arrayContaining(["job", "take", "asset"]));
  await Promise.all([events.stop(), progress.stop()]);
}, 30_000);

test("renders of one shot are numbered in the order they end", async () => {
  const jobs = await studio.queue([{ shotId: "shot-n" }, { shotId: "shot-n" }, { shotId: "shot-n" }]);
  for (const job of jobs) await studio.untilEnded(job.id);
  const takes = await listTakes(studio.handle.db, studio.projectId, "shot-n");
  expect(takes.map((take) => take.number).sort()).toEqual([1, 2, 3]);
});

test("a job waits for those it depends on", async () => {
  const [one, two] = await studio.queue([{ key: "first" }, { dependsOn: ["first"] }], { ms: 200 });
  const [a, b] = [await studio.untilEnded(one!.id), await studio.untilEnded(two!.id)];
  expect(Date.parse(b.startedAt!)).toBeGreaterThanOrEqual(Date.parse(a.finishedAt!));
});

test("a failure that may pass is tried again, one that may not is not, and a person's retry is a new job", async () => {
  const [passing] = await studio.queue([{}], { fail: "retryable", failUpTo: 1 });
  expect(await studio.untilEnded(passing!.id)).toMatchObject({ state: "succeeded", attempt: 2 });
  expect((await attemptsOf(passing!.id)).map((attempt) => attempt.outcome)).toEqual(["failed", "succeeded"]);
  const [lasting] = await studio.queue([{}], { fail: "permanent" });
  const failed = await studio.untilEnded(lasting!.id);
  expect(failed).toMatchObject({
    state: "failed",
    attempt: 1,
    error: { code: "job/permanent", message: "told to fail as permanent" },
  });
  const again = await retryJob(studio.handle.db, failed.id, null);
  expect(again).toMatchObject({ retryOf: failed.id, state: "queued" });
  expect((await studio.untilEnded(again.id)).state).toBe("failed");
});

test("a running job that is called off ends within the promise, and asking twice is harmless", async () => {
  const [job] = await studio.queue([{}], { ms: 20_000 });
  await studio.until(job!.id, (one) => one.state === "running");
  const begin = Date.now();
  expect((await requestCancel(studio.handle.db, job!.id)).state).toBe("cancelling");
  await requestCancel(studio.handle.db, job!.id);
  expect((await studio.untilEnded(job!.id)).state).toBe("cancelled");
  expect(Date.now() - begin).toBeLessThan(2000);
  await expect(requestCancel(studio.handle.db, job!.id)).resolves.toMatchObject({ state: "cancelled" });
});

test("an engine that does not listen is killed, and its agent goes on with the next job", async () => {
  const [job] = await studio.queue([{}], { ms: 60_000, deaf: true });
  await studio.until(job!.id, (one) => one.state === "running");
  await requestCancel(studio.handle.db, job!.id);
  expect((await studio.untilEnded(job!.id, 8000)).state).toBe("cancelled");
  const after = await studio.queue([{}, {}]);
  for (const one of after) expect((await studio.untilEnded(one.id)).state).toBe("succeeded");
});

test("a job that is called off while it waits never begins", async () => {
  const held = await studio.queue([{}, {}], { ms: 60_000 });
  const waiting = await studio.queue(
    Array.from({ length: 6 }, () => ({})),
    { ms: 10 },
  );
  for (const one of held) await studio.until(one.id, (job) => job.state === "running");
  for (const one of waiting) await requestCancel(studio.handle.db, one.id);
  for (const one of waiting) expect(await studio.untilEnded(one.id)).toMatchObject({ state: "cancelled", attempt: 0 });
  for (const one of held) {
    expect((await studio.job(one.id)).state).toBe("running");
    await requestCancel(studio.handle.db, one.id);
  }
  await studio.untilEnded((await studio.queue([{}]))[0]!.id);
  for (const one of waiting) expect((await attemptsOf(one.id)).length).toBe(0);
});

test("a repeat of a result, and one of an attempt that was given up, change nothing", async () => {
  const [job] = await studio.queue([{ shotId: "shot-r" }], { fail: "retryable", failUpTo: 1 });
  const done = await studio.untilEnded(job!.id);
  for (const attempt of [1, 2]) {
    await publishResult(studio.bus, {
      v: protocolVersion,
      jobId: done.id,
      projectId: studio.projectId,
      attempt,
      claim: `zombie-${attempt}`,
      agentId: "zombie",
      outcome: {
        status: "succeeded",
        artifacts: [
          { role: "video", name: "video", sha256: "0".repeat(64), bytes: 1, contentType: "video/mp4", meta: {} },
        ],
      },
      runtime: { engine: "zombie", device: "none", seconds: 1 },
    });
  }
  await resultsAreRead();
  expect(await studio.job(done.id)).toEqual(done);
  expect(await listTakes(studio.handle.db, studio.projectId, "shot-r")).toHaveLength(1);
});

test("a success from who does not hold the lease changes nothing while the holder works", async () => {
  const [job] = await studio.queue([{ shotId: "shot-z" }], { ms: 5000 });
  const running = await studio.until(job!.id, (one) => one.state === "running");
  for (const attempt of [running.attempt, running.attempt + 1]) {
    await publishResult(studio.bus, {
      v: protocolVersion,
      jobId: running.id,
      projectId: studio.projectId,
      attempt,
      claim: `zombie-${attempt}`,
      agentId: "zombie",
      outcome: { status: "succeeded", artifacts: [] },
      runtime: { engine: "zombie", device: "none", seconds: 1 },
    });
  }
  await resultsAreRead();
  expect((await studio.job(running.id)).state).toBe("running");
  expect(await studio.untilEnded(running.id)).toMatchObject({ state: "succeeded", attempt: 1, engine: "test" });
});

test("a late word of an attempt that has failed does not wake the job", async () => {
  const [job] = await studio.queue([{}], { fail: "retryable", failUpTo: 1000 });
  const waiting = await studio.until(job!.id, (one) => one.state === "queued" && one.attempt > 0);
  const [failed] = await attemptsOf(waiting.id);
  publish(studio.bus, subjects.progress(studio.projectId, waiting.id), {
    v: protocolVersion,
    jobId: waiting.id,
    projectId: studio.projectId,
    attempt: failed!.attempt,
    claim: failed!.claim!,
    agentId: failed!.agentId,
    state: "uploading",
    stage: "late",
    fraction: 0.9,
  } satisfies ProgressMessage);
  await sleep(200);
  const stages = (await eventsAfter(studio.handle.db, studio.projectId, 0, 10_000)).flatMap(({ event }) =>
    event.type === "job" && event.job.id === waiting.id ? [event.job.stage] : [],
  );
  expect(stages).not.toContain("late");
  await requestCancel(studio.handle.db, waiting.id);
  expect((await studio.untilEnded(waiting.id)).state).toBe("cancelled");
});

test("what waits for a job that fails ends with it", async () => {
  const [first, second] = await studio.queue([{ key: "first" }, { key: "second", dependsOn: ["first"] }], {
    fail: "permanent",
  });
  await studio.untilEnded(first!.id);
  expect(await studio.job(second!.id)).toMatchObject({
    state: "failed",
    attempt: 0,
    error: { code: "job/permanent", message: "step first: told to fail as permanent" },
  });
});

test("a finished sound is asked to be placed on the film's audio track, once per job", async () => {
  const asked: { editId: string; edit: FilmEdit }[] = [];
  const keeper = respond(studio.bus, subjects.edit(studio.projectId), FilmEditRequest, (request) => {
    asked.push(request);
    return Promise.resolve({ status: "stored" as const, position: 1 });
  });
  const cues = cueSheetFor([{ plan: aVideoRequest().plan, startSeconds: 0, seconds: 2 }], 1);
  const [job] = await studio.queue([
    { kind: "score", request: { role: "audio.music", cues, seconds: 2, seed: 1, fps: { num: 25, den: 1 } } },
  ]);
  const done = await studio.untilEnded(job!.id);
  expect(done.state).toBe("succeeded");
  await expect.poll(() => asked.length).toBe(1);
  expect(asked[0]!.edit).toMatchObject({
    kind: "place-sound",
    assetId: done.artifacts[0]!.assetId,
    durationFrames: 50,
  });
  await keeper.stop();
});

test("an agent killed in the middle of a job loses it to the other one, without anyone touching it", async () => {
  const [job] = await studio.queue([{ shotId: "shot-k" }], { ms: 1500 });
  const running = await studio.until(job!.id, (one) => one.state === "running");
  const [first] = await attemptsOf(running.id);
  const victim = agents.findIndex((agent) => agent.id === first!.agentId);
  const [dead] = agents.splice(victim, 1);
  await dead!.kill("SIGKILL");
  const done = await studio.untilEnded(job!.id, 20_000);
  expect(done).toMatchObject({ state: "succeeded", attempt: 2 });
  expect((await attemptsOf(done.id)).map(({ agentId, outcome }) => ({ agentId, outcome }))).toEqual([
    { agentId: dead!.id, outcome: "lost" },
    { agentId: agents[0]!.id, outcome: "succeeded" },
  ]);
  expect(await listTakes(studio.handle.db, studio.projectId, "shot-k")).toHaveLength(1);
}, 30_000);

test("an agent that is asked to stop finishes what fits, and hands on at once what does not", async () => {
  const [short] = await studio.queue([{}], { ms: 1500 });
  await studio.until(short!.id, (one) => one.state === "running");
  const first = agents.splice(0, 1)[0]!;
  agents.push(startAgentProcess("a3", studio.nats.url, leaseSeconds));
  await first.kill("SIGTERM");
  expect(await studio.untilEnded(short!.id)).toMatchObject({ state: "succeeded", attempt: 1 });
  await studio.untilAgents(1);
  const [long] = await studio.queue([{}], { ms: 60_000 });
  await studio.until(long!.id, (one) => one.state === "running" && one.progress > 0.02);
  const second = agents.splice(0, 1)[0]!;
  agents.push(startAgentProcess("a4", studio.nats.url, leaseSeconds));
  const begin = Date.now();
  await second.kill("SIGTERM");
  expect(Date.now() - begin).toBeLessThan(5000);
  const again = await studio.until(long!.id, (one) => one.state === "running" && one.attempt === 2);
  expect((await attemptsOf(again.id)).map((attempt) => attempt.outcome)).toEqual(["handed_back", null]);
  await requestCancel(studio.handle.db, again.id);
  expect((await studio.untilEnded(again.id)).state).toBe("cancelled");
}, 60_000);

test("when the broker comes back without its store, what was running goes on and what was queued is rendered all the same", async () => {
  const [running] = await studio.queue([{}], { ms: 5000 });
  await studio.until(running!.id, (one) => one.state === "running");
  const queued = await studio.queue(
    Array.from({ length: 4 }, () => ({})),
    { ms: 400 },
  );
  await studio.nats.wipe();
  expect(await studio.untilEnded(running!.id, 25_000)).toMatchObject({ state: "succeeded", attempt: 1 });
  for (const one of queued) expect((await studio.untilEnded(one.id, 25_000)).state).toBe("succeeded");
}, 60_000);

test("a director that starts later takes up what was queued and what ended without it", async () => {
  const late = await startTestStudio();
  const agent = startAgentProcess("late", late.nats.url, leaseSeconds);
  try {
    const first = await late.startDirector();
    await late.untilAgents(1);
    const [running, waiting] = await late.queue([{}, {}], { ms: 700 });
    await late.until(running!.id, (one) => one.state === "running");
    await first.stop();
    await sleep(1500);
    await late.startDirector();
    for (const job of [running!, waiting!])
      expect(await late.untilEnded(job.id)).toMatchObject({ state: "succeeded", attempt: 1 });
  } finally {
    await agent.kill("SIGKILL");
    await late.stop();
  }
}, 90_000);
