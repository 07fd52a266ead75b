import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { moveJob, lockRow } from "#db/queries/job-moves.ts";
import { jobs } from "#db/schema/work.ts";
import { VideoRequest } from "#domain/jobs/messages/render-request.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { anAgent } from "../testing/an-agent.ts";
import { startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

let studio: TestStudio;
let maya: TestCaller;
let projectId: string;
let shotId: string;
beforeAll(async () => {
  studio = await startTestStudio();
  maya = await studio.comeIn("Maya");
  const screenplay = "EXT. HARBOUR - DUSK\n\nMaya runs along the pier.\n\nINT. FERRY - NIGHT\n\nRain on the glass.\n";
  const made = await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Ferry", screenplay });
  projectId = made.body.project.id;
  const parsed = await maya.call("POST", at("/storyboard/parse"), {});
  const board = await maya.call("POST", at("/storyboard/commit"), { scenes: parsed.body.scenes });
  shotId = board.body.film.shots[0].id;
});
afterAll(() => studio.stop());

const at = (rest: string) => `/v1/projects/${projectId}${rest}`;
const steps = (run: { jobs: JobView[] }) => Object.fromEntries(run.jobs.map((job) => [job.stepKey, job.state]));

async function end(jobId: string, to: "succeeded" | "failed"): Promise<void> {
  await studio.parts.db.transaction(async (tx) => {
    const moved = await moveJob(tx, (await lockRow(tx, jobId))!, to, to === "failed" ? { errorMessage: "No." } : {});
    if (moved === null) throw new Error(`${jobId} may not become ${to}`);
  });
}

test("a shot is cut in chunks only as far as the fleet's engines need it", async () => {
  const generate = async (frames: number) => {
    const answer = await maya.call("POST", at(`/shots/${shotId}/generate`), { frames, engine: "previz", steps: 30 });
    expect(answer.status, JSON.stringify(answer.body)).toBe(202);
    const { run } = (await maya.call("GET", `/v1/runs/${answer.body.job.runId}`)).body;
    await maya.call("POST", `/v1/runs/${run.id}/cancel`);
    return { head: answer.body.job as JobView, run };
  };
  // Nobody is there yet: 505 frames are the usual limit.
  expect((await generate(505)).run.jobs).toHaveLength(1);
  const usual = await generate(600);
  expect(usual.head).toMatchObject({ kind: "shot", capability: "join", stepKey: "join", state: "queued" });
  expect(Object.keys(steps(usual.run))).toEqual(["join", "chunk:0", "chunk:1"]);
  await anAgent(studio, { maxFrames: 12 });
  expect(Object.keys(steps((await generate(30)).run))).toEqual(["join", "chunk:0", "chunk:1", "chunk:2"]);
  await anAgent(studio, { maxFrames: 900 });
  const whole = await generate(600);
  expect(whole.run.jobs).toHaveLength(1);
  const [row] = await studio.parts.db.select().from(jobs).where(eq(jobs.id, whole.head.id));
  expect(row).toMatchObject({ engineWanted: "previz", modelWanted: null });
  expect(VideoRequest.parse(row!.request)).toMatchObject({ frames: 600, steps: 30 });
});

test("a run can be read, retried from the last good step, and called off, by those who may", async () => {
  await anAgent(studio, { maxFrames: 12 });
  const { job: head } = (await maya.call("POST", at(`/shots/${shotId}/generate`), { frames: 20 })).body;
  const path = `/v1/runs/${head.runId}`;
  const { run } = (await maya.call("GET", path)).body;
  expect(run).toMatchObject({ id: head.runId, projectId, kind: "shot", state: "queued", progress: 0 });
  expect(run.params).toBeUndefined();
  // It stands where its first chunk does.
  expect((await maya.call("GET", `/v1/jobs/${head.id}`)).body.job.queuePosition).toBe(1);
  const idOf = (key: string) => run.jobs.find((job: JobView) => job.stepKey === key).id;
  await end(idOf("chunk:0"), "succeeded");
  expect((await maya.call("GET", path)).body.run).toMatchObject({ state: "running", progress: 0.5 });
  await end(idOf("chunk:1"), "failed");
  expect((await maya.call("GET", path)).body.run.state).toBe("failed");
  expect((await maya.call("GET", `/v1/jobs/${head.id}`)).body.job.error.message).toBe("step chunk:1: No.");
  const again = await maya.call("POST", `${path}/retry`);
  expect(again.status).toBe(202);
  expect(steps(again.body.run)).toEqual({ join: "running", "chunk:0": "succeeded", "chunk:1": "queued" });
  expect((await maya.call("POST", `${path}/retry`)).body).toEqual(again.body);
  const oneStep = await maya.call("POST", `${path}/retry`, { steps: ["chunk:7"] });
  expect([oneStep.status, oneStep.body.error.code]).toEqual([404, "thing/not-found"]);
  const off = await maya.call("POST", `${path}/cancel`);
  expect(steps(off.body.run)).toEqual({ join: "cancelled", "chunk:0": "succeeded", "chunk:1": "cancelled" });
  expect((await maya.call("POST", `${path}/cancel`)).status).toBe(200);
  const stranger = await studio.comeIn("Stranger");
  for (const call of [path, `${path}/cancel`, `${path}/retry`]) {
    const answer = await stranger.call(call === path ? "GET" : "POST", call);
    expect([answer.status, answer.body.error.code]).toEqual([404, "thing/not-found"]);
  }
  expect((await maya.call("GET", "/v1/runs/nonsense")).status).toBe(404);
});

test("all shots of a film are one run, long ones in chunks of their own, and each is one job to people", async () => {
  await anAgent(studio, { maxFrames: 40 });
  const all = await maya.call("POST", at("/generate"));
  expect(all.status, JSON.stringify(all.body)).toBe(202);
  const { run } = all.body;
  const shots = (await maya.call("GET", at(""))).body.film.shots;
  const whole = run.jobs.filter((job: JobView) => job.part === undefined);
  expect(whole.map((job: JobView) => job.shotId)).toEqual(shots.map((shot: { id: string }) => shot.id));
  expect(whole.every((job: JobView) => job.kind === "shot")).toBe(true);
  expect(run.jobs.length).toBeGreaterThan(whole.length);
  await maya.call("POST", `/v1/runs/${run.id}/cancel`);
});
