import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listTakes } from "#db/queries/takes.ts";
import { jobs } from "#db/schema/work.ts";
import { VideoRequest } from "#domain/jobs/messages/render-request.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { anAgent } from "../testing/an-agent.ts";
import { rendered } from "../testing/rendered.ts";
import { startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

let studio: TestStudio;
let maya: TestCaller;
let projectId: string;
/** Two of one scene and one of another. */
let shotIds: string[];
beforeAll(async () => {
  studio = await startTestStudio();
  maya = await studio.comeIn("Maya");
  const screenplay =
    "EXT. PIER - DAY\n\nWIDE - Maya runs along the pier.\n\nCLOSE ON a rope.\n\nINT. CABIN - NIGHT\n\nA lamp.\n";
  const made = await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Ferry", screenplay });
  projectId = made.body.project.id;
  const { scenes } = (await maya.call("POST", at("/storyboard/parse"), {})).body;
  const { film } = (await maya.call("POST", at("/storyboard/commit"), { scenes })).body;
  shotIds = film.shots.map((shot: { id: string }) => shot.id);
  expect(film.shots.map((shot: { number: string }) => shot.number)).toEqual(["1A", "1B", "2A"]);
});
afterAll(() => studio.stop());

const at = (rest: string) => `/v1/projects/${projectId}${rest}`;

async function rowOf(jobId: string) {
  const [row] = await studio.parts.db.select().from(jobs).where(eq(jobs.id, jobId));
  return { ...row!, request: VideoRequest.parse(row!.request) };
}

async function generate(shotId: string, wishes: object = {}) {
  const answer = await maya.call("POST", at(`/shots/${shotId}/generate`), wishes);
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  return answer.body.job as JobView;
}

test("where no engine starts from pictures nothing waits for the shot before, and named pictures are refused", async () => {
  await anAgent(studio, {});
  const { run } = (await maya.call("POST", at("/generate"))).body;
  for (const job of run.jobs as JobView[])
    expect(await rowOf(job.id)).toMatchObject({
      state: "queued",
      request: expect.not.objectContaining({ conditioning: [] }),
    });
  const picture = { assetId: "0197a0b2-0000-7000-8000-000000000000", frame: 0 };
  const refused = await maya.call("POST", at(`/shots/${shotIds[0]}/generate`), { conditioning: [picture] });
  expect(refused.body.error.code).toBe("capability/missing");
  await maya.call("POST", `/v1/runs/${run.id}/cancel`);
});

test("shots of a scene that are asked for together go on from each other; another scene begins anew", async () => {
  await anAgent(studio, { takesPictures: true }, "dreamer");
  const { run } = (await maya.call("POST", at("/generate"))).body;
  const [first, second, third] = await Promise.all((run.jobs as JobView[]).map((job) => rowOf(job.id)));
  expect([first, second, third].map((row) => [row!.shotId, row!.dependsOn])).toEqual([
    [shotIds[0], []],
    [shotIds[1], [first!.id]],
    [shotIds[2], []],
  ]);
  expect(second!.request.conditioning).toEqual([{ input: "shot:0", frame: 0, strength: 1 }]);
  expect([first!.request.conditioning, third!.request.conditioning]).toEqual([undefined, undefined]);
  await rendered(studio, run.jobs);
});

test("a shot alone starts from the end of the take that plays before it, or from what somebody names, or from nothing", async () => {
  const takes = await listTakes(studio.parts.db, projectId, shotIds[0]!);
  const assetId = takes[0]!.videoAssetId;
  const conditioningOf = async (wishes: object) =>
    (await rowOf((await generate(shotIds[1]!, wishes)).id)).request.conditioning;
  expect(await conditioningOf({})).toEqual([{ assetId, frame: 0, strength: 1 }]);
  expect(await conditioningOf({ conditioning: [] })).toEqual([]);
  const named = [{ assetId, frame: 12, strength: 0.5 }];
  expect(await conditioningOf({ conditioning: named })).toEqual(named);
});

test("pictures to start from are this film's own, and lie within the shot", async () => {
  const ask = async (conditioning: object[]) =>
    (await maya.call("POST", at(`/shots/${shotIds[1]}/generate`), { conditioning, frames: 24 })).body.error;
  const other = (await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Other" })).body
    .project;
  expect(await ask([{ assetId: other.id, frame: 0 }])).toMatchObject({ code: "thing/not-found" });
  expect(await ask([{ assetId: "../secret", frame: 0 }])).toMatchObject({ code: "thing/not-found" });
  const [take] = await listTakes(studio.parts.db, projectId, shotIds[0]!);
  expect(await ask([{ assetId: take!.videoAssetId, frame: 24 }])).toMatchObject({
    message: "The shot is 24 frames long; there is no frame 24.",
  });
});

test("the pictures of an element go with every shot that shows it", async () => {
  const [take] = await listTakes(studio.parts.db, projectId, shotIds[0]!);
  const added = await maya.call("POST", at("/elements"), {
    ...{ kind: "character", name: "Maya", description: "a runner", triggerWords: [] },
    refs: [{ assetId: take!.videoAssetId }],
  });
  expect(added.status, JSON.stringify(added.body)).toBeLessThan(300);
  const row = await rowOf((await generate(shotIds[0]!)).id);
  expect(row.request.references).toEqual([
    { assetId: take!.videoAssetId, elementId: added.body.element.id, kind: "character", name: "Maya" },
  ]);
  expect((await rowOf((await generate(shotIds[2]!)).id)).request.references).toBeUndefined();
});

test("where an engine goes between keyframes, two or more that are named so are taken, and nothing else", async () => {
  await anAgent(studio, { takesKeyframes: true, maxFrames: 505 });
  const [take] = await listTakes(studio.parts.db, projectId, shotIds[0]!);
  const key = (frame: number) => ({ assetId: take!.videoAssetId, frame, strength: 1, use: "keyframe" as const });
  const ask = async (conditioning: object[], frames = 24) =>
    (await maya.call("POST", at(`/shots/${shotIds[1]}/generate`), { conditioning, frames })).body.error;
  expect(await ask([{ ...key(0), use: undefined }])).toMatchObject({ code: "capability/missing" });
  expect(await ask([key(0), { ...key(12), use: "depth" }])).toMatchObject({ code: "capability/missing" });
  expect(await ask([key(0)])).toMatchObject({
    message: "It takes two keyframes or more to make the frames between them.",
  });
  expect(await ask([key(0), key(12)], 600)).toMatchObject({ code: "request/invalid" });
  const row = await rowOf((await generate(shotIds[1]!, { conditioning: [key(0), key(12)] })).id);
  expect(row.request.conditioning).toEqual([key(0), key(12)]);
});

test("a render has the tier and the passes that are asked for; each part of a long one, too", async () => {
  const { request } = await rowOf((await generate(shotIds[2]!, { tier: "fine", passes: ["beauty", "depth"] })).id);
  expect(request).toMatchObject({ tier: "fine", passes: ["depth"] });
  const { id } = await generate(shotIds[2]!, { frames: 600, passes: ["depth"] });
  const parts = await studio.parts.db.select().from(jobs).where(eq(jobs.parentId, id));
  expect(parts.map(({ kind, request: part }) => [kind, VideoRequest.parse(part).passes])).toEqual([
    ["chunk", ["depth"]],
    ["chunk", ["depth"]],
  ]);
});

test("a film between keyframes has no passes: whoever asks for both is told so", async () => {
  await anAgent(studio, { takesKeyframes: true, maxFrames: 505 });
  const [take] = await listTakes(studio.parts.db, projectId, shotIds[0]!);
  const key = (frame: number) => ({ assetId: take!.videoAssetId, frame, strength: 1, use: "keyframe" as const });
  const wish = { conditioning: [key(0), key(12)], frames: 24 };
  const ask = (more: object) => maya.call("POST", at(`/shots/${shotIds[2]}/generate`), { ...wish, ...more });
  const sentence =
    "A film between keyframes has no camera, so there are no passes of it. Ask for it with `passes: []`, or for the passes without the keyframes.";
  expect((await ask({ passes: ["depth"] })).body.error).toMatchObject({ code: "request/invalid", message: sentence });
  expect((await ask({ passes: [] })).status).toBe(202);
});
