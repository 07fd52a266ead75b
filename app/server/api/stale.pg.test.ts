import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { rendered } from "../testing/rendered.ts";
import { startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

const script = (action: string) =>
  `EXT. PIER - DAY\n\nMaya runs along the pier.\n\nINT. CABIN - NIGHT\n\n${action}\n\nEXT. SEA - DAWN\n\nA gull.\n`;

let studio: TestStudio;
let maya: TestCaller;
let projectId: string;
let shotIds: string[];
beforeAll(async () => {
  studio = await startTestStudio();
  maya = await studio.comeIn("Maya");
  const { workspaceId } = maya;
  const made = await maya.call("POST", "/v1/projects", {
    ...{ workspaceId, title: "Ferry", screenplay: script("Maya sleeps.") },
  });
  projectId = made.body.project.id;
  shotIds = await parsed();
});
afterAll(() => studio.stop());

const at = (rest: string) => `/v1/projects/${projectId}${rest}`;

async function parsed(): Promise<string[]> {
  const { scenes } = (await maya.call("POST", at("/storyboard/parse"), {})).body;
  const { film } = (await maya.call("POST", at("/storyboard/commit"), { scenes })).body;
  return film.shots.map((shot: { id: string }) => shot.id);
}

const stale = async () => (await maya.call("GET", at("/stale"))).body;

test("a shot is stale when what it says has changed since its take, says what, and is re-shot by itself", async () => {
  expect(shotIds).toHaveLength(3);
  await rendered(studio, (await maya.call("POST", at("/generate"))).body.run.jobs);
  expect(await stale()).toMatchObject({ shots: [], estimate: { jobs: 0 } });
  const none = await maya.call("POST", at("/generate"), { stale: true });
  expect([none.status, none.body.error.code]).toEqual([409, "thing/conflict"]);

  await maya.call("PUT", at("/screenplay"), script("Maya wakes up."));
  expect(await parsed()).toEqual(shotIds);
  const found = await stale();
  expect(found.shots).toEqual([
    {
      ...{ shotId: shotIds[1], number: "2A", takeId: expect.any(String), takeNumber: 1, isUnderWay: false },
      changes: [{ what: "action", before: "Maya sleeps.", after: "Maya wakes up." }],
    },
  ]);
  expect(found.estimate).toMatchObject({ jobs: 1, cost: { amount: 0 } });
  expect((await maya.call("POST", at("/estimate"), { stale: true })).body).toEqual(found.estimate);

  const again = await maya.call("POST", at("/generate"), { stale: true });
  expect(again.body.run.jobs.map((job: JobView) => job.shotId)).toEqual([shotIds[1]]);
  expect(await stale()).toMatchObject({ shots: [{ isUnderWay: true }], estimate: { jobs: 0 } });
  expect((await maya.call("POST", at("/generate"), { stale: true })).status).toBe(409);
  await rendered(studio, again.body.run.jobs);
  expect((await stale()).shots).toEqual([]);

  // The take before, chosen again, is as old as it was; there is one that fits, so nothing is to be shot.
  await maya.call("POST", `/v1/takes/${found.shots[0].takeId}/choose`);
  const chosen = await stale();
  expect(chosen).toMatchObject({ shots: [{ shotId: shotIds[1], takeNumber: 1 }], estimate: { jobs: 0 } });
  const { takes } = (await maya.call("GET", at(`/takes?shotId=${shotIds[1]!}`))).body;
  expect(takes.map((take: { id: string }) => take.id)).toEqual([chosen.shots[0].fittingTakeId, found.shots[0].takeId]);
  expect((await maya.call("POST", at("/generate"), { stale: true })).status).toBe(409);
});

test("what somebody wished for one render only makes nothing stale", async () => {
  const wish = { prompt: "A storm over the pier", frames: 30, seed: 9, width: 320, height: 180 };
  const { job } = (await maya.call("POST", at(`/shots/${shotIds[0]!}/generate`), wish)).body;
  await rendered(studio, [job]);
  expect((await stale()).shots.map((shot: { shotId: string }) => shot.shotId)).not.toContain(shotIds[0]);
});

test("the price of thousands of shots is asked for in one request", async () => {
  const many = [...shotIds, ...Array.from({ length: 4000 }, () => randomUUID())];
  const asked = await maya.call("POST", at("/estimate"), { shotIds: many });
  expect(asked.body).toMatchObject({ jobs: 3 });
  const thumbnails = (await maya.call("POST", at("/estimate"), { kind: "thumbnail" })).body;
  expect(thumbnails).toMatchObject({ jobs: 3 });
  expect(thumbnails.renderSeconds).not.toBe(asked.body.renderSeconds);
  const tooMany = { shotIds: Array.from({ length: 5001 }, () => "s") };
  for (const route of ["/estimate", "/generate"])
    expect((await maya.call("POST", at(route), tooMany)).body.error.code).toBe("request/invalid");
});
