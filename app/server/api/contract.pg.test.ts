/** Every route that the API's description names, asked by nobody, by strangers and by people who may only look. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { lockRow, moveJob } from "#db/queries/job-moves.ts";
import { assets, takes } from "#db/schema/work.ts";
import type { JobState } from "#domain/jobs/lifecycle.ts";
import type { StudioParts } from "../studio-parts.ts";
import { sampleOf, type Schema } from "../testing/sample-of.ts";
import { type Answer, call, startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";
import { describeApi } from "./openapi.ts";
import { createApi } from "./v1.ts";

type Operation = {
  security: object[];
  responses: Record<string, unknown>;
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
};
type Route = { method: string; path: string; operation: Operation };

const routes: Route[] = Object.entries(describeApi(createApi({} as StudioParts)).paths ?? {}).flatMap(([path, item]) =>
  ["get", "put", "post", "patch", "delete"].flatMap((method) => {
    const operation = (item as Record<string, unknown>)[method] as Operation | undefined;
    return operation === undefined ? [] : [{ method: method.toUpperCase(), path, operation }];
  }),
);
const ofCallers = routes.filter(({ operation }) => operation.security.length > 0);
const nameOf = ({ method, path }: Route) => `${method} ${path}`;

/** What somebody who may only look may do all the same: it changes nothing that is others'. */
const readersMay = new Set([
  "POST /projects/{id}/estimate",
  "POST /projects/{id}/ticket",
  "POST /projects/{id}/elements/detect",
  "POST /projects/{id}/storyboard/parse",
  "POST /projects/{id}/storyboard/ai-parse",
  // Without `rotate` it is the link that the result gives them, too.
  "POST /generations/{id}/viewer",
]);
/** Nobody else's to know of, whoever they work with. */
const isPersonal = (path: string) => /^\/(webhooks|tokens)\//.test(path);
/** Answers until it is left. */
const isStream = (path: string) => path.endsWith("/events");

let studio: TestStudio;
let olga: TestCaller;
let vito: TestCaller;
let stan: TestCaller;
/** By the path that leads to it, e.g. "/jobs/{id}". */
let things: Record<string, string>;
let shotId: string;

beforeAll(async () => {
  studio = await startTestStudio();
  [olga, vito, stan] = (await Promise.all(["Olga", "Vito", "Stan"].map((name) => studio.comeIn(name)))) as [
    TestCaller,
    TestCaller,
    TestCaller,
  ];
  const { workspaceId } = olga;
  const made = async (path: string, body: unknown) => (await olga.call("POST", path, body)).body;
  const project = (await made("/v1/projects", { workspaceId, title: "Ours", screenplay: "EXT. PIER - DAY\n\nRain." }))
    .project.id;
  const at = `/v1/projects/${project}`;
  const invite = await made(`/v1/workspaces/${workspaceId}/invites`, { role: "viewer" });
  await vito.call("POST", "/v1/invites/accept", { token: invite.token });
  const { scenes } = await made(`${at}/storyboard/parse`, {});
  shotId = (await made(`${at}/storyboard/commit`, { scenes })).film.shots[0].id;
  const job = (await made(`${at}/shots/${shotId}/generate`, {})).job;
  const asset = await picture(project);
  const [take] = await studio.parts.db
    .insert(takes)
    .values({
      ...{ projectId: project, shotId, number: 1, engine: "previz", params: {}, width: 640, height: 360, frames: 24 },
      ...{ fpsNum: 24, fpsDen: 1, videoAssetId: asset },
    })
    .returning();
  const generation = await made("/v1/generations", { prompt: "A ferry in the rain.", workspaceId });
  const episode = await made("/v1/episodes", { world_id: "ferry", intent: "Maya waits." });
  things = {
    "/projects/{id}": project,
    "/workspaces/{id}": workspaceId,
    "/invites/{id}": invite.id,
    "/jobs/{id}": job.id,
    "/runs/{id}": job.runId,
    "/takes/{id}": take!.id,
    "/assets/{id}": asset,
    "/tokens/{id}": (await made("/v1/tokens", { name: "ci" })).id,
    "/webhooks/{id}": (await made("/v1/webhooks", { url: "https://example.org/hook" })).webhook.id,
    "/library-elements/{id}": (
      await made(`/v1/workspaces/${workspaceId}/elements`, {
        kind: "object",
        element: { name: "Lamp", description: "", triggerWords: [] },
      })
    ).element.id,
    "/generations/{id}": generation.job_id,
    "/episodes/{id}": episode.episode_id,
  };
  for (const [kind, id] of Object.entries(things)) expect([kind, id]).toEqual([kind, expect.any(String)]);
});
afterAll(() => studio.stop());

async function picture(projectId: string): Promise<string> {
  const [row] = await studio.parts.db
    .insert(assets)
    .values({
      ...{ workspaceId: olga.workspaceId, projectId, kind: "image", name: "pier.png", contentType: "image/png" },
      ...{ bytes: 9, sha256: "0".repeat(64), objectKey: "none", state: "ready", source: "upload" },
    })
    .returning();
  return row!.id;
}

const noId = "00000000-0000-7000-8000-000000000000";
const baseOf = (path: string) => /^\/[\w-]+\/\{id\}/.exec(path)?.[0] ?? "";

function ask(who: TestCaller | null, { method, path, operation }: Route): Promise<Answer> {
  const address = `/v1${path}`
    .replace("{id}", things[baseOf(path)] ?? noId)
    .replace("{shotId}", shotId)
    .replace(/\{\w+\}/g, noId);
  const json = operation.requestBody?.content["application/json"];
  const body =
    json !== undefined ? sampleOf(json.schema) : operation.requestBody === undefined ? undefined : "EXT. PIER - DAY";
  return who === null ? call(studio.url, method, address, body) : who.call(method, address, body);
}

/** A client made from the description must not meet an answer that is not in it. */
function expectDescribed(route: Route, { status, body }: Answer): void {
  const said = `${nameOf(route)} answered ${status} ${JSON.stringify(body).slice(0, 300)}`;
  expect(Object.keys(route.operation.responses), said).toContain(String(status));
  if (status >= 400) expect(body.error, said).toEqual(expect.objectContaining({ code: expect.any(String) }));
}

test.each(ofCallers.map((route) => [nameOf(route), route] as const))(
  "%s is closed to nobody in particular",
  async (_, route) => {
    const answer = await ask(null, route);
    expect([answer.status, answer.body.error?.code]).toEqual([401, "auth/required"]);
    expectDescribed(route, answer);
  },
);

test("a stranger hears of nothing that is others', by any route", async () => {
  const kinds = ofCallers.filter(({ path }) => things[baseOf(path)] !== undefined);
  expect(kinds.length).toBeGreaterThan(40);
  for (const route of kinds) {
    const answer = await ask(stan, route);
    expectDescribed(route, answer);
    expect([nameOf(route), answer.status, answer.body.error.code]).toEqual([nameOf(route), 404, "thing/not-found"]);
  }
});

test("who may only look is told so by every route that changes something", async () => {
  for (const route of ofCallers) {
    if (things[baseOf(route.path)] === undefined || isStream(route.path)) continue;
    const answer = await ask(vito, route);
    expectDescribed(route, answer);
    const name = nameOf(route);
    if (isPersonal(route.path)) expect([name, answer.status]).toEqual([name, 404]);
    else if (route.method !== "GET" && !readersMay.has(name)) expect([name, answer.status]).toEqual([name, 403]);
    else expect([name, [200, 302, 403, 404, 409].includes(answer.status)]).toEqual([name, true]);
  }
});

test("what belongs to nobody else answers as described", async () => {
  for (const route of ofCallers) {
    if (route.path.includes("{")) continue;
    const answer = await ask(stan, route);
    expectDescribed(route, answer);
    expect([nameOf(route), answer.status < 500]).toEqual([nameOf(route), true]);
  }
});

test("calls out of order are harmless or say what state the job is in", async () => {
  const at = `/v1/projects/${things["/projects/{id}"]}`;
  const inState = async (...states: JobState[]) => {
    const { job } = (await olga.call("POST", `${at}/shots/${shotId}/generate`, {})).body;
    for (const state of states)
      await studio.parts.db.transaction(async (tx) => moveJob(tx, (await lockRow(tx, job.id))!, state));
    return job.id as string;
  };
  const post = async (id: string, what: string) => {
    const { status, body } = await olga.call("POST", `/v1/jobs/${id}/${what}`);
    return [status, body.job?.state ?? body.error.code];
  };
  const wrong = [409, "job/wrong-state"];
  const done = await inState("running", "succeeded");
  expect([await post(done, "cancel"), await post(done, "retry")]).toEqual([wrong, wrong]);
  const running = await inState("running");
  expect([await post(running, "retry"), await post(running, "cancel"), await post(running, "cancel")]).toEqual([
    wrong,
    [200, "cancelling"],
    [200, "cancelling"],
  ]);
  expect((await olga.call("PATCH", `/v1/jobs/${running}`, { priority: 3 })).body.error.code).toBe("job/wrong-state");
  const failed = await inState("running", "failed");
  const ids = async (state: string) =>
    (await olga.call("GET", `${at}/jobs?state=${state}`)).body.jobs.map((job: { id: string }) => job.id);
  expect(await ids("failed")).toEqual([failed]);
  expect(await ids("failed,succeeded")).toEqual([failed, done]);
  expect((await olga.call("GET", `${at}/jobs?state=tired`)).status).toBe(400);
  expect(await post(failed, "cancel")).toEqual(wrong);
  const twice = await Promise.all([1, 2].map(() => olga.call("POST", `/v1/jobs/${failed}/retry`)));
  expect(twice.map(({ status }) => status)).toEqual([202, 202]);
  expect(twice[0]!.body.job.id).toBe(twice[1]!.body.job.id);
  expect(twice[0]!.body.job).toMatchObject({ state: "queued", retryOf: failed });
});

test("pictures are edited by whoever can, and nobody can yet: the wish is read, then refused in words", async () => {
  const at = `/v1/projects/${things["/projects/{id}"]}`;
  const assetId = things["/assets/{id}"];
  const edit = (name: string, body: object) => olga.call("POST", `${at}/edit/${name}`, body);
  const point = { x: 10, y: 20 };
  for (const [name, wish] of [
    ["segment", { assetId, points: [point] }],
    ["segment-text", { assetId, text: "the ferry" }],
    ["detect", { assetId }],
    ["inpaint", { assetId, maskAssetId: assetId, prompt: "a lighthouse" }],
  ] as const) {
    const answer = await edit(name, wish);
    expect([name, answer.status, answer.body.error.code]).toEqual([name, 409, "capability/missing"]);
    expect((await edit(name, { ...wish, assetId: noId })).status).toBe(404);
    expect((await edit(name, {})).body.error.details.fields[0].field).toBe("assetId");
  }
  expect((await edit("segment", { assetId, points: [] })).status).toBe(400);
});

test("a picture from words is a job of its own, the film's size unless said", async () => {
  const at = `/v1/projects/${things["/projects/{id}"]}/images`;
  const { status, body } = await olga.call("POST", at, { prompt: "A red ferry in the rain at night", seed: 7 });
  expect([status, body.job?.kind, body.job?.capability]).toEqual([202, "image", "image"]);
  const [row] = await studio.parts.sql`select request from jobs where id = ${body.job.id}`;
  expect(row!["request"]).toMatchObject({ role: "image", width: 1280, height: 720, seed: 7 });
  expect((await olga.call("POST", at, { prompt: "  " })).status).toBe(400);
  expect((await olga.call("POST", at, { prompt: "A ferry", engine: "dream-machine" })).body.error.code).toBe(
    "capability/missing",
  );
});

test("an Idempotency-Key belongs to one request, its query included", async () => {
  const key = { "idempotency-key": "q1" };
  const post = (query: string) => olga.call("POST", `/v1/tokens${query}`, { name: "once" }, key);
  const first = await post("");
  expect((await post("")).body).toEqual(first.body);
  expect((await post("?other=1")).status).toBe(409);
});
