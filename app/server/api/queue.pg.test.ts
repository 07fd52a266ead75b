import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jobAttempts, jobs } from "#db/schema/work.ts";
import { workspaces } from "#db/schema/workspace.ts";
import { call, startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

let studio: TestStudio;
let maya: TestCaller;
let ines: TestCaller;
let projectId: string;
let shotIds: string[];
beforeAll(async () => {
  studio = await startTestStudio();
  [maya, ines] = await Promise.all([studio.comeIn("Maya"), studio.comeIn("Ines")]);
  const made = await maya.call("POST", "/v1/projects", {
    workspaceId: maya.workspaceId,
    title: "Queue",
    screenplay:
      "INT. FERRY - NIGHT\n\nMaya sits.\n\nEXT. PIER - DAY\n\nMaya runs.\n\nINT. CABIN - DAY\n\nMaya sleeps.\n",
  });
  projectId = made.body.project.id;
  const parsed = await maya.call("POST", at("/storyboard/parse"), {});
  const board = await maya.call("POST", at("/storyboard/commit"), { scenes: parsed.body.scenes });
  shotIds = board.body.film.shots.map((shot: { id: string }) => shot.id);
});
afterAll(() => studio.stop());

const at = (rest: string) => `/v1/projects/${projectId}${rest}`;
const render = async (index: number): Promise<string> => {
  const answer = await maya.call("POST", at(`/shots/${shotIds[index]!}/generate`), {});
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  return answer.body.job.id;
};
const places = async () => {
  const { body } = await maya.call("GET", at("/jobs?limit=200"));
  const queued = body.jobs.filter((job: { queuePosition?: number }) => job.queuePosition !== undefined);
  return queued
    .sort((a: { queuePosition: number }, b: { queuePosition: number }) => a.queuePosition - b.queuePosition)
    .map((job: { id: string }) => job.id);
};

test("a queued job is put before another, behind all, or made more urgent", async () => {
  const [a, b, c] = [await render(0), await render(1), await render(2)];
  expect(await places()).toEqual([a, b, c]);
  const move = (id: string, body: object) => maya.call("PATCH", `/v1/jobs/${id}`, body);
  expect((await move(c, { before: a })).body.job).toMatchObject({ id: c, state: "queued" });
  expect(await places()).toEqual([c, a, b]);
  await move(c, { before: null });
  expect(await places()).toEqual([a, b, c]);
  await move(b, { priority: 10 });
  expect(await places()).toEqual([b, a, c]);
  for (const body of [{}, { priority: 1, before: null }, { priority: 101 }, { before: 3 }])
    expect((await move(a, body)).status).toBe(400);
  expect((await move(a, { before: "00000000-0000-4000-8000-000000000000" })).body.error.code).toBe("thing/not-found");
  expect((await ines.call("PATCH", `/v1/jobs/${a}`, { before: null })).status).toBe(404);
});

test("a paused queue says so, its jobs say why they wait, and strangers may not touch it", async () => {
  expect((await maya.call("GET", at("/queue"))).body).toEqual({ queue: { paused: false, since: null } });
  const paused = await maya.call("POST", at("/queue"), { paused: true });
  expect(paused.body.queue).toEqual({ paused: true, since: expect.any(String) });
  expect(await places()).toEqual([]);
  const { body } = await maya.call("GET", at("/jobs?limit=1"));
  expect(body.jobs[0].message).toBe("The film's queue is paused.");
  expect((await maya.call("POST", at("/queue"), { paused: true })).body.queue.since).toBe(paused.body.queue.since);
  expect((await maya.call("POST", at("/queue"), { paused: false })).body.queue.paused).toBe(false);
  expect(await places()).toHaveLength(3);
  expect((await ines.call("POST", at("/queue"), { paused: true })).status).toBe(404);
  expect((await call(studio.url, "POST", at("/queue"), { paused: true })).status).toBe(401);
});

test("all of a film's jobs are called off, or all of mine wherever they are", async () => {
  expect((await ines.call("POST", at("/jobs/cancel"), {})).status).toBe(404);
  expect((await ines.call("POST", "/v1/jobs/cancel", { mine: true })).body).toEqual({ cancelled: 0, cancelling: 0 });
  expect((await maya.call("POST", at("/jobs/cancel"), { mine: true })).body).toEqual({ cancelled: 3, cancelling: 0 });
  const running = await render(0);
  await render(1);
  await studio.parts.db.update(jobs).set({ state: "running" }).where(eq(jobs.id, running));
  expect((await maya.call("POST", "/v1/jobs/cancel", { mine: true })).body).toEqual({ cancelled: 1, cancelling: 1 });
  expect((await maya.call("POST", "/v1/jobs/cancel", {})).status).toBe(400);
  expect((await maya.call("POST", at("/jobs/cancel"))).body).toEqual({ cancelled: 0, cancelling: 0 });
});

test("a workspace that has used its rendering of a day is refused with 429 and when to come back", async () => {
  const jobId = await render(2);
  const finishedAt = new Date(Date.now() - 23 * 3600 * 1000);
  await studio.parts.db
    .insert(jobAttempts)
    .values({ jobId, attempt: 1, agentId: "a", outcome: "succeeded", seconds: 60, finishedAt });
  await studio.parts.db
    .update(jobs)
    .set({ state: "succeeded", finishedAt, startedAt: finishedAt })
    .where(eq(jobs.id, jobId));
  await studio.parts.db.update(workspaces).set({ gpuSecondsPerDay: 60 }).where(eq(workspaces.id, maya.workspaceId));
  const refused = await maya.call("POST", at(`/shots/${shotIds[2]!}/generate`), {});
  expect([refused.status, refused.body.error.code]).toEqual([429, "quota/exceeded"]);
  expect(refused.body.error.details.retryAfterSeconds).toBeGreaterThan(3500);
  expect(refused.body.error.details.retryAfterSeconds).toBeLessThanOrEqual(3600);
});
