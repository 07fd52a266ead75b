import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAgents } from "#bus/agents.ts";
import { openAgentControls } from "#bus/agent-control.ts";
import { forgetProgress, keepProgress } from "#bus/kept-progress.ts";
import { publish, subscribe } from "#bus/messages.ts";
import { newestEventPosition } from "#db/queries/event-position.ts";
import { recordEvent } from "#db/queries/project-events.ts";
import { forgetOld } from "#db/queries/retention.ts";
import { createRun } from "#db/queries/runs.ts";
import { lockRow, moveJob } from "#db/queries/job-moves.ts";
import { users } from "#db/schema/identity.ts";
import { jobAttempts } from "#db/schema/work.ts";
import { AgentControl, type AgentInfo } from "#domain/jobs/messages/agent-info.ts";
import type { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import { startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

let studio: TestStudio;
let maya: TestCaller;
let ines: TestCaller;
let boss: TestCaller;
let projectId: string;
let job: JobView;
beforeAll(async () => {
  studio = await startTestStudio({ studioAdmins: ["boss@example.org"] });
  [maya, ines, boss] = [await studio.comeIn("Maya"), await studio.comeIn("Ines"), await studio.comeIn("Boss")];
  const { db } = studio.parts;
  await db.update(users).set({ email: "Boss@example.org", isAnonymous: false }).where(eq(users.id, boss.userId));
  const made = await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Night Ferry" });
  projectId = made.body.project.id;
  const { jobs } = await createRun(db, {
    workspaceId: maya.workspaceId,
    projectId,
    kind: "test",
    createdBy: maya.userId,
    nodes: [1, 2].map(() => ({ kind: "score", lane: "batch", request: { role: "audio.music", seconds: 8, seed: 1 } })),
  });
  job = jobs[0]!;
  const holder = { attempt: 1, claim: "claim-01", agentId: "stage-1", progress: 0.2, startedAt: new Date() };
  await db.transaction(async (tx) => moveJob(tx, (await lockRow(tx, job.id))!, "running", holder));
  await openAgents(studio.bus).report(anAgent("stage-1", [job.id]));
  await openAgents(studio.bus).report(anAgent("stage-2", []));
});
afterAll(() => studio.stop());

const anAgent = (id: string, jobIds: string[]): AgentInfo => ({
  v: protocolVersion,
  id,
  engines: [{ id: "previz", capabilities: ["video"], models: [], version: "1", limits: {} }],
  device: "test",
  memory: { ramBytes: 8 * 2 ** 30 },
  slots: 1,
  state: jobIds.length > 0 ? "busy" : "idle",
  running: jobIds.map((jobId) => ({ jobId, kind: "score", startedAt: new Date().toISOString() })),
  speed: { "previz:360": 12 },
  at: new Date().toISOString(),
});
const live: ProgressMessage = {
  v: protocolVersion,
  jobId: "",
  projectId: "",
  attempt: 1,
  claim: "claim-01",
  agentId: "stage-1",
  state: "running",
  stage: "frames",
  fraction: 0.6,
  preview: Buffer.from("a picture").toString("base64"),
};
const untilSeen = async (isSo: () => Promise<boolean>) => expect.poll(isSo, { timeout: 5000, interval: 25 }).toBe(true);

test("what an agent works on is told to those who may see the film, with how far it is and its picture", async () => {
  keepProgress(studio.bus, { ...live, jobId: job.id, projectId });
  const running = async (who: TestCaller) => (await who.call("GET", "/v1/agents")).body.agents[0].running[0];
  await untilSeen(async () => (await running(maya)).job.previewUrl !== undefined);
  expect(await running(maya)).toMatchObject({
    kind: "score",
    job: { id: job.id, projectTitle: "Night Ferry", progress: 0.6, stage: "frames" },
  });
  const picture = await maya.call("GET", (await running(maya)).job.previewUrl);
  expect([picture.status, picture.headers.get("content-type"), picture.body]).toEqual([200, "image/jpeg", "a picture"]);
  expect(await running(ines)).toEqual({ kind: "score", startedAt: expect.any(String) });
  expect((await ines.call("GET", `/v1/jobs/${job.id}/preview`)).status).toBe(404);
  forgetProgress(studio.bus, { projectId, jobId: job.id });
  await untilSeen(async () => (await maya.call("GET", `/v1/jobs/${job.id}/preview`)).status === 404);
  // The row is what remains.
  expect((await running(maya)).job).toMatchObject({ progress: expect.closeTo(0.2) });
});

test("a program that follows late begins with how far everything is, and hears how the queue stands", async () => {
  keepProgress(studio.bus, { ...live, jobId: job.id, projectId, fraction: 0.7 });
  await untilSeen(async () => (await maya.call("GET", `/v1/jobs/${job.id}/preview`)).status === 200);
  const end = new AbortController();
  const response = await fetch(new URL(`/v1/projects/${projectId}/events`, studio.url), {
    headers: { authorization: `Bearer ${maya.token}` },
    signal: end.signal,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let seen = "";
  const until = async (words: string) => {
    while (!seen.includes(words)) seen += (await reader.read()).value ?? "";
  };
  await until("event: progress");
  await until('"fraction":0.7');
  expect(seen).not.toContain("preview");
  publish(studio.bus, subjects.projectEvents(projectId), { type: "queue", positions: {}, agents: 3 });
  await until('event: queue\ndata: {"positions":{},"agents":3}');
  end.abort();
  forgetProgress(studio.bus, { projectId, jobId: job.id });
});

test("who resumes from before what is kept is told that there is a gap, and goes on after it", async () => {
  const { db } = studio.parts;
  await recordEvent(db, projectId, { type: "job", job });
  await studio.parts
    .sql`update project_events set created_at = now() - interval '8 days' where project_id = ${projectId}`;
  await recordEvent(db, projectId, { type: "job", job: { ...job, priority: 7 } });
  const newest = await newestEventPosition(db, projectId);
  expect(await forgetOld(db)).toBe(newest - 1);
  expect(await forgetOld(db)).toBe(0);
  const end = new AbortController();
  const response = await fetch(new URL(`/v1/projects/${projectId}/events`, studio.url), {
    headers: { authorization: `Bearer ${maya.token}`, "last-event-id": "0" },
    signal: end.signal,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let seen = "";
  while (!seen.includes('"priority":7')) seen += (await reader.read()).value ?? "";
  end.abort();
  expect(seen).toContain(`event: gap\ndata: {"after":0,"until":${newest - 1}}`);
  expect([...seen.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]))).toEqual([newest]);
});

test("only whoever runs the studio drains and resumes agents; the others are told who that is", async () => {
  const heard: AgentControl[] = [];
  const listening = subscribe(
    studio.bus,
    subjects.agentControl("stage-1"),
    AgentControl,
    (one) => void heard.push(one),
  );
  await studio.bus.flush();
  const refused = await maya.call("POST", "/v1/agents/stage-1/drain");
  expect([refused.status, refused.body.error.code]).toEqual([403, "auth/forbidden"]);
  const seen = (await maya.call("GET", "/v1/agents")).body;
  expect(seen.mayControl).toBe(false);
  expect(seen.whyNot).toContain("STUDIO_ADMINS");
  expect(await openAgentControls(studio.bus).list()).toEqual(new Map());

  const drained = await boss.call("POST", "/v1/agents/stage-1/drain");
  expect(drained.body.agent).toMatchObject({ id: "stage-1", control: { drain: true, by: "Boss" } });
  await untilSeen(async () => heard.length === 1);
  const resumed = await boss.call("POST", "/v1/agents/stage-1/resume");
  expect(resumed.body.agent.control.drain).toBe(false);
  expect((await openAgentControls(studio.bus).list()).get("stage-1")?.drain).toBe(false);
  expect((await boss.call("POST", "/v1/agents/nobody/drain")).status).toBe(404);
  expect((await boss.call("POST", "/v1/agents/a.b/drain")).status).toBe(400);
  await listening.stop();
});

test("the queue is counted by kind of work and by workspace; strangers' workspaces stay nameless", async () => {
  const own = (await maya.call("GET", "/v1/queue")).body;
  expect(own).toMatchObject({ waiting: 1, running: 1, held: 0, others: { workspaces: 0 } });
  expect(own.oldestSeconds).toBeGreaterThan(0);
  expect(own.capabilities).toEqual([expect.objectContaining({ capability: "audio.music", waiting: 1, slots: 0 })]);
  expect(own.workspaces).toEqual([expect.objectContaining({ id: maya.workspaceId, waiting: 1, running: 1 })]);
  const strangers = (await ines.call("GET", "/v1/queue")).body;
  expect(strangers).toMatchObject({ waiting: 1, workspaces: [], others: { workspaces: 1, waiting: 1, running: 1 } });
  expect((await boss.call("GET", "/v1/queue")).body.workspaces).toHaveLength(1);
});

test("a job's tries are read back with their times and ends, without what is for operators", async () => {
  const first = new Date("2026-01-01T10:00:00Z");
  const after = (seconds: number) => new Date(first.getTime() + seconds * 1000);
  await studio.parts.db.insert(jobAttempts).values([
    {
      jobId: job.id,
      attempt: 1,
      agentId: "stage-2",
      leasedAt: first,
      runningAt: after(1),
      finishedAt: after(9),
      outcome: "failed",
      errorKind: "infrastructure",
      errorMessage: "The disk is full.",
      errorDetail: "ENOSPC at /var/lib",
      engine: "previz",
      seconds: 8,
    },
    { jobId: job.id, attempt: 2, agentId: "stage-1", leasedAt: after(20) },
  ]);
  const { status, body } = await maya.call("GET", `/v1/jobs/${job.id}/attempts`);
  expect(status).toBe(200);
  expect(body.attempts).toEqual([
    {
      attempt: 1,
      agentId: "stage-2",
      outcome: "failed",
      error: { code: "job/infrastructure", message: "The disk is full." },
      engine: "previz",
      seconds: 8,
      leasedAt: first.toISOString(),
      runningAt: after(1).toISOString(),
      finishedAt: after(9).toISOString(),
    },
    { attempt: 2, agentId: "stage-1", leasedAt: after(20).toISOString() },
  ]);
  expect((await ines.call("GET", `/v1/jobs/${job.id}/attempts`)).status).toBe(404);
});
