import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { findGeneration } from "#db/queries/generations.ts";
import { addressHeader } from "../auth.ts";
import { createRateLimit } from "../rate-limit.ts";
import { createStudioPages } from "../studio-pages.ts";
import { openStages, type Stages } from "../testing/staged.ts";
import { startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

const prompt = "A rainy neon alley with a slow walking detective and 80 bpm lo-fi music";

let studio: TestStudio;
let maya: TestCaller;
let stages: Stages;
beforeAll(async () => {
  studio = await startTestStudio();
  maya = await studio.comeIn("Maya");
  stages = await openStages(studio, prompt);
});
afterAll(async () => {
  await Promise.all([studio.stop(), stages.dispose()]);
});

async function begin(): Promise<string> {
  const { status, body } = await maya.call("POST", "/v1/generations", { prompt, seed: 7 });
  expect(status).toBe(202);
  return body.job_id;
}
const statusOf = async (id: string) => (await maya.call("GET", `/v1/generations/${id}/status`)).body;

/** The key in a viewer's address. */
const keyOf = (url: string) => url.split("/view/")[1] ?? "";
/** Somebody without an account, a cookie or a token. */
const stranger = async (path: string) => {
  const response = await fetch(`${studio.url}${path}`, { redirect: "manual" });
  const type = response.headers.get("content-type") ?? "";
  return {
    status: response.status,
    headers: response.headers,
    body: type.includes("json") ? await response.json() : null,
  };
};

test("a viewer's link opens its scene, and each of its files, to whoever has it, and nothing else", async () => {
  const id = await begin();
  await stages.finish(id);
  const key = keyOf((await maya.call("GET", `/v1/generations/${id}/result`)).body.viewer_url);
  const seen = await stranger(`/v1/view/${key}`);
  expect(seen).toMatchObject({
    status: 200,
    body: { title: prompt, manifest: { version: 2 }, files: [{ name: "film.mp4" }] },
  });
  expect(seen.headers.get("referrer-policy")).toBe("no-referrer");
  const film = await stranger(`/v1/view/${key}/files/film.mp4`);
  expect(film.status).toBe(302);
  const bytes = await fetch(new URL(film.headers.get("location")!, studio.url));
  expect(await bytes.text()).toBe("not really a film");
  expect((await stranger(`/v1/view/${key}/files/manifest.json`)).status).toBe(404);
  expect((await stranger(`/v1/generations/${id}/manifest`)).status).toBe(401);
});

test("a link opens nothing any more when its project is deleted", async () => {
  const id = await begin();
  await stages.finish(id);
  const key = keyOf((await maya.call("GET", `/v1/generations/${id}/result`)).body.viewer_url);
  const { projectId } = (await findGeneration(studio.parts.db, id))!;
  expect((await maya.call("DELETE", `/v1/projects/${projectId}`)).status).toBeLessThan(300);
  const answers = await Promise.all([`/v1/view/${key}`, `/v1/view/${key}/files/film.mp4`].map(stranger));
  expect(answers.map(({ status }) => status)).toEqual([404, 404]);
});

test("a key that is not quite right opens nothing, and says the same whatever is wrong with it", async () => {
  const [id, other] = [await begin(), await begin()];
  await stages.finish(id);
  const key = keyOf((await maya.call("GET", `/v1/generations/${id}/result`)).body.viewer_url);
  const last = key.endsWith("A") ? "B" : "A";
  const wrong = [
    key.slice(0, -1) + last,
    key.slice(0, -1),
    `${key}A`,
    `${other}.${key.split(".")[1]}`,
    id,
    `${id}.`,
    "x",
    "%00",
  ];
  const answers = await Promise.all(wrong.map((one) => stranger(`/v1/view/${one}`)));
  expect(answers.map(({ status, body }) => [status, body?.error.code])).toEqual(
    wrong.map(() => [404, "thing/not-found"]),
  );
  expect(new Set(answers.map(({ body }) => body?.error.message)).size).toBe(1);
});

test("a link can be taken back: the next one is another, and only who may edit takes it back", async () => {
  const id = await begin();
  await stages.finish(id);
  const link = async (rotate: boolean, caller = maya) =>
    caller.call("POST", `/v1/generations/${id}/viewer`, { rotate });
  const first = keyOf((await link(false)).body.viewer_url);
  expect(keyOf((await link(false)).body.viewer_url)).toBe(first);
  const second = keyOf((await link(true)).body.viewer_url);
  expect(second).not.toBe(first);
  expect([(await stranger(`/v1/view/${first}`)).status, (await stranger(`/v1/view/${second}`)).status]).toEqual([
    404, 200,
  ]);
  const third = keyOf((await link(true)).body.viewer_url);
  expect(new Set([first, second, third]).size).toBe(3);
  const somebody = await studio.comeIn("Somebody");
  expect((await link(true, somebody)).status).toBe(404);
  expect(await statusOf(id)).toMatchObject({ seed: 7, status: "done" });
});

test("a link to a scene that is being made anew says so", async () => {
  const id = await begin();
  await stages.finish(id);
  const key = keyOf((await maya.call("GET", `/v1/generations/${id}/result`)).body.viewer_url);
  await maya.call("POST", `/v1/generations/${id}/retry`, { stage: "package" });
  expect(await stranger(`/v1/view/${key}`)).toMatchObject({
    status: 409,
    body: { error: { code: "generation/not-ready" } },
  });
});

/** A scene that is done, and the key to it. */
async function aScene(): Promise<string> {
  const id = await begin();
  await stages.finish(id);
  return keyOf((await maya.call("GET", `/v1/generations/${id}/result`)).body.viewer_url);
}

test("of a scene's files only the one that is asked for is looked up and signed", async () => {
  const key = await aScene();
  const signed = vi.spyOn(studio.parts.store, "signGet");
  expect((await stranger(`/v1/view/${key}/files/film.mp4`)).status).toBe(302);
  expect(signed).toHaveBeenCalledTimes(1);
  signed.mockRestore();
});

/** The page of a link, as it is asked for from one address. */
const page = (key: string, address = "203.0.113.7") =>
  createStudioPages(studio.parts).scene(key, new Request("http://any/view", { headers: { [addressHeader]: address } }));

test("a viewer's page and what it asks for are counted together by address: too many a minute are told to wait", async () => {
  const key = await aScene();
  const before = studio.parts.viewLimit;
  studio.parts.viewLimit = createRateLimit(3, () => 1000);
  try {
    const asked = [`/v1/view/${key}`, `/v1/view/${key}/files/film.mp4`, "/v1/view/x", `/v1/view/${key}`];
    const seen = [];
    for (const path of asked) seen.push((await stranger(path)).status);
    expect(seen).toEqual([200, 302, 404, 429]);
    // Somebody at the same address is not shown the page either; whoever is elsewhere is.
    expect(await page(key, "127.0.0.1")).toEqual({ state: "busy", retryAfterSeconds: 60 });
    expect(await page(key)).toMatchObject({ state: "ready" });
  } finally {
    studio.parts.viewLimit = before;
  }
});

test("the page of a link says how far its scene is: being made, stopped with its reason, ready, or none", async () => {
  const id = await begin();
  const link = await maya.call("POST", `/v1/generations/${id}/viewer`, { rotate: false });
  const key = keyOf(link.body.viewer_url);
  expect(await page(key)).toMatchObject({ state: "making", title: prompt, stage: null, progress: 0, stageProgress: 0 });
  await stages.succeed(id, "planning");
  await stages.succeed(id, "env");
  expect(await page(key)).toMatchObject({ state: "making", stage: "motion", progress: 2 / 6 });
  await stages.end(id, "motion", { status: "failed", kind: "permanent", message: "Nobody could act this." });
  expect(await page(key)).toEqual({
    ...{ state: "stopped", title: prompt, prompt, stage: "motion", failed: true },
    look: { place: "alley", interior: false, hour: "night", weather: "rain", people: 1, seed: 7 },
  });
  await maya.call("POST", `/v1/generations/${id}/retry`);
  for (const stage of ["motion", "audio", "sync", "package"] as const) await stages.succeed(id, stage);
  const film = `${studio.parts.env.publicUrl}/v1/view/${key}/files/film.mp4`;
  expect(await page(key)).toEqual({ state: "ready", title: prompt, prompt, posterUrl: null, filmUrl: film });
  expect(await page(`${key}A`)).toBeNull();
});
