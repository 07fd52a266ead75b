import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jobs } from "#db/schema/work.ts";
import { inputsOf } from "#domain/prompt/inputs.ts";
import { loadFilm } from "../services/film-reader.ts";
import { startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

const script = `EXT. BRIDGE WING - NIGHT

CAPTAIN HALE, 60s, grips the wheel.

CAPTAIN HALE
There is no lighthouse on this crossing.
`;

let studio: TestStudio;
let maya: TestCaller;
let projectId: string;
let shotIds: string[];
const at = (rest: string) => `/v1/projects/${projectId}${rest}`;

beforeAll(async () => {
  studio = await startTestStudio();
  maya = await studio.comeIn("Maya");
  const project = { workspaceId: maya.workspaceId, title: "Night Ferry", screenplay: script };
  projectId = (await maya.call("POST", "/v1/projects", project)).body.project.id;
  const { scenes } = (await maya.call("POST", at("/storyboard/parse"), {})).body;
  const { film } = (await maya.call("POST", at("/storyboard/commit"), { scenes })).body;
  shotIds = film.shots.map((shot: { id: string }) => shot.id);
});
afterAll(() => studio.stop());

const add = async (element: object) => {
  const { status, body } = await maya.call("POST", at("/elements"), { description: "", triggerWords: [], ...element });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.element;
};

test("what the script speaks of is detected; once added it is in its shots, and the same name adds nothing", async () => {
  const found = (await maya.call("POST", at("/elements/detect"))).body.suggestions;
  expect(found).toContainEqual(expect.objectContaining({ kind: "character", name: "Captain Hale", confidence: 1 }));
  expect(found).toContainEqual(expect.objectContaining({ kind: "location", name: "Bridge wing", confidence: 0.85 }));
  const hale = await add({ kind: "character", name: "Captain Hale", triggerWords: ["hale_v2"] });
  expect(hale.shotIds.length).toBeGreaterThan(0);
  expect((await add({ kind: "character", name: "captain hale" })).id).toBe(hale.id);
  const again = (await maya.call("POST", at("/elements/detect"))).body.suggestions;
  expect(again.map((one: { name: string }) => one.name)).not.toContain("Captain Hale");
});

test("a job is asked with the very words that the inspector shows, trigger words and all", async () => {
  const [shotId] = shotIds as [string];
  const { job } = (await maya.call("POST", at(`/shots/${shotId}/generate`), {})).body;
  const [row] = await studio.parts.db.select().from(jobs).where(eq(jobs.id, job.id));
  const film = await loadFilm(studio.parts.db, projectId);
  const shown = inputsOf(
    film,
    film.shots.find((shot) => shot.id === shotId)!,
  ).prompt;
  expect((row!.request as { prompt: string }).prompt).toBe(shown);
  expect(shown).toContain("hale_v2");
});

test("a prompt asked for once gets the trigger words that it lacks", async () => {
  const own = { prompt: "Captain Hale in a storm" };
  const { job } = (await maya.call("POST", at(`/shots/${shotIds[0]}/generate`), own)).body;
  const [row] = await studio.parts.db.select().from(jobs).where(eq(jobs.id, job.id));
  expect((row!.request as { prompt: string }).prompt).toMatch(/^Captain Hale in a storm\. .*hale_v2\.$/);
});

test("fields are changed and taken away; shots are marked; then it is gone from all of them", async () => {
  const light = await add({ kind: "object", name: "Lighthouse", colours: ["#aa0000"] });
  const one = at(`/elements/${light.id}`);
  const changed = (await maya.call("PATCH", one, { description: "white, far off", colours: null })).body.element;
  expect(changed).toMatchObject({ description: "white, far off", shotIds: [] });
  expect(changed.colours).toBeUndefined();
  expect((await maya.call("PATCH", one, { colours: ["red"] })).status).toBe(400);
  const mark = async (word: string) =>
    (await maya.call("POST", `${one}/mark`, { shotIds: [shotIds[0]], mark: word })).body.element.shotIds;
  expect(await mark("in")).toEqual([shotIds[0]]);
  expect(await mark("out")).toEqual([]);
  expect(await mark("in")).toEqual([shotIds[0]]);
  expect((await maya.call("DELETE", one)).status).toBe(200);
  const { film } = (await maya.call("GET", at(""))).body;
  expect(film.shots[0].elementIds).toEqual([]);
  expect((await maya.call("PATCH", one, { name: "Gone" })).body.error.code).toBe("thing/not-found");
});
