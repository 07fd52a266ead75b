import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyTicket } from "#bus/ticket-mac.ts";
import { subscribe } from "#bus/messages.ts";
import { AccessChange } from "#domain/collab/access-change.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import { call, startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

const script = `INT. FERRY LOUNGE - NIGHT

MAYA, 30, sits at the window. Rain on the glass.

MAYA
It never left the harbour.

EXT. HARBOUR - DUSK

Maya runs along the pier.
`;

let studio: TestStudio;
let maya: TestCaller;
let projectId: string;
beforeAll(async () => {
  studio = await startTestStudio();
  maya = await studio.comeIn("Maya");
  const made = await maya.call("POST", "/v1/projects", {
    workspaceId: maya.workspaceId,
    title: "Night Ferry",
    screenplay: script,
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  projectId = made.body.project.id;
});
afterAll(() => studio.stop());

const at = (rest: string) => `/v1/projects/${projectId}${rest}`;

/** The board, made once for the tests that need shots. */
async function board(): Promise<{ id: string; durationFrames: number }[]> {
  const film = (await maya.call("GET", at(""))).body.film;
  if (film.shots.length > 0) return film.shots;
  const parsed = await maya.call("POST", at("/storyboard/parse"), {});
  return (await maya.call("POST", at("/storyboard/commit"), { scenes: parsed.body.scenes })).body.film.shots;
}

test("a project answers with its film, at 1280×720 and 24 unless said", async () => {
  const { body } = await maya.call("GET", at(""));
  expect(body.project).toMatchObject({ title: "Night Ferry", role: "owner", workspaceId: maya.workspaceId });
  expect(body.film.meta).toEqual({ title: "Night Ferry", width: 1280, height: 720, fps: { num: 24, den: 1 } });
  expect(body.film.screenplay).toBe(script);
});

test("projects come in pages, and a foreign cursor is said to be one", async () => {
  const other = await studio.comeIn("Pager");
  for (const title of ["One", "Two", "Three"])
    await other.call("POST", "/v1/projects", { workspaceId: other.workspaceId, title });
  const first = (await other.call("GET", "/v1/projects?limit=2")).body;
  const second = (await other.call("GET", `/v1/projects?limit=2&cursor=${first.cursor}`)).body;
  expect([...first.projects, ...second.projects].map((project: { title: string }) => project.title)).toEqual([
    "Three",
    "Two",
    "One",
  ]);
  expect(second.cursor).toBeUndefined();
  expect((await other.call("GET", "/v1/projects?cursor=rubbish")).status).toBe(400);
  expect((await other.call("GET", "/v1/projects?limit=0")).body.error.code).toBe("request/invalid");
});

test("title and size are changed in the film and found in the list", async () => {
  const { body } = await maya.call("PATCH", at(""), { title: "Night Ferry 2", width: 1920, height: 1080 });
  expect(body.film.meta).toMatchObject({ title: "Night Ferry 2", width: 1920, height: 1080 });
  expect((await maya.call("GET", "/v1/projects")).body.projects[0].title).toBe("Night Ferry 2");
  expect((await maya.call("PATCH", at(""), { width: 1281 })).status).toBe(400);
  await maya.call("PATCH", at(""), { width: 1280, height: 720 });
});

test("a ticket names user and document and leads to where the request came", async () => {
  const { body } = await maya.call("POST", at("/ticket"));
  expect(body).toMatchObject({
    url: `${studio.url.replace("http", "ws")}/collab`,
    documentId: `project:${projectId}`,
    role: "owner",
  });
  expect(verifyTicket(body.ticket, studio.parts.env.sessionSecret, Date.now())).toMatchObject({
    userId: maya.userId,
    name: "Maya",
    documentId: body.documentId,
  });
});

test("the screenplay goes in and comes out as text, and may be empty", async () => {
  const draft = (await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Draft" })).body
    .project.id;
  const path = `/v1/projects/${draft}/screenplay`;
  expect((await maya.call("PUT", path, "INT. A - DAY\n\nÉté 🎬.\n")).status).toBe(200);
  const read = await maya.call("GET", path);
  expect(read.body).toBe("INT. A - DAY\n\nÉté 🎬.\n");
  expect(read.headers.get("content-type")).toContain("text/plain");
  expect((await maya.call("PUT", path, "")).status).toBe(200);
  const parsed = await maya.call("POST", `/v1/projects/${draft}/storyboard/parse`);
  expect(parsed.status).toBe(200);
  expect(parsed.body).toMatchObject({ scenes: [], parser: "rules", message: expect.stringContaining("no text") });
});

test("a file from Windows comes out byte for byte as it went in, and is plain text in the film", async () => {
  const draft = (await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Windows" })).body
    .project.id;
  const path = `/v1/projects/${draft}/screenplay`;
  const bytesNow = async () => {
    const response = await fetch(new URL(path, studio.url), { headers: { authorization: `Bearer ${maya.token}` } });
    return new Uint8Array(await response.arrayBuffer());
  };
  const file = new TextEncoder().encode("\uFEFFINT. A - DAY\r\n\r\nÉté 🎬.\r\n");
  expect((await maya.call("PUT", path, file)).status).toBe(200);
  expect(await bytesNow()).toEqual(file);
  expect((await maya.call("GET", `/v1/projects/${draft}`)).body.film.screenplay).toBe("INT. A - DAY\n\nÉté 🎬.\n");
  const mixed = new TextEncoder().encode("INT. A - DAY\r\n\nRain.\n");
  expect((await maya.call("PUT", path, mixed)).status).toBe(200);
  expect(await bytesNow()).toEqual(new TextEncoder().encode("INT. A - DAY\n\nRain.\n"));
});

test("a script over 2 MB, with or without a length said, is refused with a sentence, and one just below goes in", async () => {
  const big = `${"x".repeat(79)}\n`.repeat(25_000);
  expect((await maya.call("PUT", at("/screenplay"), `${big}x`)).body.error).toMatchObject({
    code: "screenplay/too-large",
    message: expect.stringContaining("2 MB"),
  });
  const stream = new ReadableStream({
    start(controller) {
      for (let i = 0; i < 30; i += 1) controller.enqueue(new TextEncoder().encode("y".repeat(100_000)));
      controller.close();
    },
  });
  const response = await fetch(new URL(at("/screenplay"), studio.url), {
    method: "PUT",
    headers: { authorization: `Bearer ${maya.token}`, "content-type": "text/plain" },
    body: stream,
    duplex: "half",
  } as RequestInit);
  expect(response.status).toBe(413);
  expect((await maya.call("POST", at("/storyboard/parse"), { text: `${big}x` })).status).toBe(413);
  expect((await maya.call("GET", at("/screenplay"))).body).toBe(script);
  const draft = (await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Long" })).body.project
    .id;
  expect((await maya.call("PUT", `/v1/projects/${draft}/screenplay`, big)).status).toBe(200);
});

test("a binary file is no script", async () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  for (const bytes of [png, new TextEncoder().encode("INT.\u0000 A"), new Uint8Array([0x49, 0xc3, 0x28])]) {
    const answer = await maya.call("PUT", at("/screenplay"), bytes);
    expect(answer.status).toBe(415);
    expect(answer.body.error.code).toBe("screenplay/not-text");
  }
  expect((await maya.call("GET", at("/screenplay"))).body).toBe(script);
});

test("parse proposes, commit puts it on the board, assemble on the timeline", async () => {
  const parsed = (await maya.call("POST", at("/storyboard/parse"), { mode: "screenplay" })).body;
  expect(parsed.parser).toBe("rules");
  expect(parsed.scenes.map((scene: { heading: string }) => scene.heading)).toEqual([
    "INT. FERRY LOUNGE - NIGHT",
    "EXT. HARBOUR - DUSK",
  ]);
  expect((await maya.call("GET", at(""))).body.film.shots).toEqual([]);
  const ai = (await maya.call("POST", at("/storyboard/ai-parse"), {})).body;
  expect(ai.parser).toBe("rules");
  const { film } = (await maya.call("POST", at("/storyboard/commit"), { scenes: parsed.scenes })).body;
  expect(film.scenes).toHaveLength(2);
  expect(film.shots.length).toBeGreaterThan(1);
  const cut = (await maya.call("POST", at("/timeline/assemble"))).body.film;
  expect(cut.clips).toHaveLength(film.shots.length);
});

test("generate queues a job with the shot's own length at draft size", async () => {
  const [shot] = await board();
  const { status, body } = await maya.call("POST", at(`/shots/${shot!.id}/generate`), { seed: 7 });
  expect(status).toBe(202);
  expect(body.job).toMatchObject({ shotId: shot!.id, kind: "shot", capability: "video", state: "queued", attempt: 0 });
  const [row] = await studio.parts.sql`select request from jobs where id = ${body.job.id}`;
  expect(row!["request"]).toMatchObject({
    role: "video",
    seed: 7,
    width: 640,
    height: 360,
    frames: shot!.durationFrames,
    fps: { num: 24, den: 1 },
  });
  expect((await maya.call("GET", `/v1/jobs/${body.job.id}`)).body.job.queuePosition).toBe(1);
  expect((await maya.call("PATCH", `/v1/jobs/${body.job.id}`, { priority: 5 })).body.job.priority).toBe(5);
  expect((await maya.call("POST", `/v1/jobs/${body.job.id}/cancel`)).body.job.state).toBe("cancelled");
  expect((await maya.call("POST", `/v1/jobs/${body.job.id}/cancel`)).status).toBe(200);
  const again = await maya.call("POST", `/v1/jobs/${body.job.id}/retry`);
  expect(again.body.job).toMatchObject({ state: "queued", retryOf: body.job.id });
  await maya.call("POST", `/v1/jobs/${again.body.job.id}/cancel`);
});

test("a shot asked for in one frame is one picture of the library, not a film of one frame", async () => {
  const [shot] = await board();
  const wish = { frames: 1, seed: 9, steps: 12, width: 512, height: 288 };
  const { status, body } = await maya.call("POST", at(`/shots/${shot!.id}/generate`), wish);
  expect(status, JSON.stringify(body)).toBe(202);
  expect(body.job).toMatchObject({ shotId: shot!.id, kind: "image", capability: "image", state: "queued" });
  const [row] = await studio.parts.sql`select request, frames from jobs where id = ${body.job.id}`;
  expect(row!["request"]).toMatchObject({
    role: "image",
    seed: 9,
    steps: 12,
    width: 512,
    height: 288,
    atFraction: 0.5,
  });
  expect(row!["request"].plan.frames).toBe(shot!.durationFrames);
  expect(row!["request"]).not.toHaveProperty("frames");
  const two = await maya.call("POST", at(`/shots/${shot!.id}/generate`), { frames: 2 });
  expect(two.body.job).toMatchObject({ kind: "shot", capability: "video" });
  for (const { id } of [body.job, two.body.job]) await maya.call("POST", `/v1/jobs/${id}/cancel`);
});

test("a shot of 0 or 100,000 frames, or any other bad wish, is refused by name", async () => {
  const [shot] = await board();
  const wish = async (body: object) => {
    const answer = await maya.call("POST", at(`/shots/${shot!.id}/generate`), body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(400);
    return answer.body.error.details.fields[0];
  };
  expect(await wish({ frames: 0 })).toEqual({ field: "frames", message: "a shot is at least 1 frame long" });
  expect(await wish({ frames: 100_000 })).toEqual({ field: "frames", message: "a shot is at most 14400 frames long" });
  for (const body of [
    { width: 641 },
    { height: 0 },
    { seed: -1 },
    { fps: 0 },
    { steps: 0.5 },
    { guidance: 99 },
    { priority: 1e9 },
    { frames: "48" },
    { frames: Number.NaN },
    { guidance: Number.POSITIVE_INFINITY },
    { prompt: "x".repeat(20_001) },
    { tier: "best" },
    { passes: ["depth", "soul"] },
    { passes: Array.from({ length: 5000 }, () => "depth") },
    { conditioning: Array.from({ length: 5000 }, () => ({ assetId: "a", frame: 0 })) },
    ...[
      { frame: Number.NaN },
      { frame: -1 },
      { strength: Number.NaN },
      { strength: 2 },
      { use: "soul" },
      { assetId: "" },
    ].map((bad) => ({ conditioning: [{ assetId: "a", frame: 0, ...bad }] })),
  ]) {
    const { field, message } = await wish(body);
    expect(field.split(".")[0], JSON.stringify(body).slice(0, 200)).toBe(Object.keys(body)[0]);
    expect(message).toMatch(/\w{2,}.*\w/);
  }
  expect((await maya.call("POST", at("/shots/nobody/generate"))).status).toBe(404);
  expect(
    (await maya.call("POST", at(`/shots/${shot!.id}/generate`), { engine: "dream-machine" })).body.error.code,
  ).toBe("capability/missing");
  expect(
    (
      await call(studio.url, "POST", at("/generate"), "{not json", {
        authorization: `Bearer ${maya.token}`,
        "content-type": "application/json",
      })
    ).status,
  ).toBe(400);
});

test("generate all leaves out what is under way; saying JSON and sending nothing is saying nothing", async () => {
  const shots = await board();
  const all = await maya.call("POST", at("/generate"), undefined, { "content-type": "application/json" });
  expect(all.status, JSON.stringify(all.body)).toBe(202);
  expect(all.body.run.jobs).toHaveLength(shots.length);
  expect((await maya.call("POST", at("/generate"))).status).toBe(409);
  const listed = (await maya.call("GET", at("/jobs?limit=2"))).body;
  expect(listed.jobs).toHaveLength(2);
  expect(listed.cursor).toBeDefined();
  const estimate = (await maya.call("GET", at("/estimate"))).body;
  expect(estimate).toMatchObject({ jobs: shots.length, cost: { amount: 0 } });
  expect(estimate.renderSeconds).toBeGreaterThan(0);
  for (const job of all.body.run.jobs) await maya.call("POST", `/v1/jobs/${job.id}/cancel`);
});

test("thumbnails are queued for shots that have none", async () => {
  const shots = await board();
  expect((await maya.call("POST", at("/storyboard/thumbnails"))).body).toEqual({ queued: shots.length, skipped: 0 });
  expect((await maya.call("POST", at("/storyboard/thumbnails"), { shotIds: [shots[0]!.id] })).body).toEqual({
    queued: 0,
    skipped: 1,
  });
  expect(
    (await maya.call("POST", at("/storyboard/thumbnails"), { shotIds: [shots[0]!.id], force: true })).body,
  ).toEqual({ queued: 1, skipped: 0 });
});

test("a score covers the whole cut, an export the whole timeline", async () => {
  const shots = await board();
  await maya.call("POST", at("/timeline/assemble"));
  const total = shots.reduce((sum, shot) => sum + shot.durationFrames, 0);
  const score = (await maya.call("POST", at("/score"))).body.job;
  const film = (await maya.call("POST", at("/exports"), { format: "mp4" })).body.job;
  const rows = await studio.parts.sql`select id, request from jobs where id in (${score.id}, ${film.id})`;
  const request = (id: string) => rows.find((row) => row["id"] === id)!["request"];
  expect(request(score.id).seconds).toBeCloseTo(total / 24, 5);
  expect(request(film.id)).toMatchObject({ role: "export", frames: total, width: 1280, height: 720 });
  const pdf = (await maya.call("POST", at("/exports"), { format: "otio" })).body.error;
  expect([pdf.code, pdf.message]).toEqual(["capability/missing", expect.stringContaining("MP4, WebM, GIF, PNG")]);
  const still = (await maya.call("POST", at("/exports"), { format: "png", frame: total - 1 })).body.job;
  const [png] = await studio.parts.sql`select request from jobs where id = ${still.id}`;
  expect(png!["request"]).toMatchObject({ format: "png", atFrame: total - 1, sound: [] });
  const beyond = await maya.call("POST", at("/exports"), { format: "png", frame: total });
  expect([beyond.status, beyond.body.error.message]).toEqual([409, expect.stringContaining("no frame")]);
  const silent = await maya.call("POST", at("/exports"), { format: "wav" });
  expect([silent.status, silent.body.error.message]).toEqual([409, expect.stringContaining("no sound")]);
  const blank = (await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Blank" })).body
    .project.id;
  expect((await maya.call("POST", `/v1/projects/${blank}/exports`, { format: "mp4" })).status).toBe(409);
  expect((await maya.call("POST", `/v1/projects/${blank}/score`)).status).toBe(409);
});

test("events resume after the last one seen, without a gap and without repeats", async () => {
  const shots = await board();
  const { job } = (await maya.call("POST", at(`/shots/${shots[0]!.id}/generate`))).body;
  const [before] = await studio.parts.sql`select max(id)::int - 1 as id from project_events`;
  const end = new AbortController();
  const response = await fetch(new URL(at("/events"), studio.url), {
    headers: { authorization: `Bearer ${maya.token}`, "last-event-id": String(before!["id"]) },
    signal: end.signal,
  });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let seen = "";
  while (!seen.includes(job.id)) seen += (await reader.read()).value ?? "";
  await maya.call("POST", `/v1/jobs/${job.id}/cancel`);
  // The director passes events on; here the test says it.
  studio.bus.nc.publish(subjects.projectEvents(projectId), new TextEncoder().encode("{}"));
  while (!seen.includes('"cancelled"')) seen += (await reader.read()).value ?? "";
  end.abort();
  const ids = [...seen.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  expect(seen).toMatch(/^event: job$/m);
});

test("a deleted film is gone for everybody, and open sockets are told", async () => {
  const made = (await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Gone" })).body.project
    .id;
  const told: unknown[] = [];
  const listening = subscribe(studio.bus, subjects.accessChanged, AccessChange, (change) => void told.push(change));
  await studio.bus.flush();
  expect((await maya.call("DELETE", `/v1/projects/${made}`)).status).toBe(200);
  expect((await maya.call("GET", `/v1/projects/${made}`)).status).toBe(404);
  expect((await maya.call("POST", `/v1/projects/${made}/ticket`)).status).toBe(404);
  await expect.poll(() => told).toContainEqual({ projectId: made });
  await listening.stop();
});

test("a film whose document nobody can begin is not left lying about", async () => {
  const lonely = await startTestStudio();
  try {
    const guest = await lonely.comeIn("Robin");
    await lonely.bus.close();
    const answer = await guest.call("POST", "/v1/projects", { workspaceId: guest.workspaceId, title: "Nobody there" });
    expect(answer.status).toBe(503);
    expect(answer.body.error.code).toBe("document/unavailable");
    expect((await guest.call("GET", "/v1/projects")).body.projects).toEqual([]);
  } finally {
    await lonely.stop();
  }
});

test("every route of the contract is described and exists", async () => {
  const { paths } = (await call(studio.url, "GET", "/v1/openapi.json")).body;
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  for (const route of contract) expect(described, route).toContain(route);
  expect(await maya.call("GET", "/v1/no-such-thing")).toMatchObject({
    status: 404,
    body: { error: { code: "thing/not-found" } },
  });
});

test("pages carry a policy with the hash of their own scripts, and nothing may frame them", async () => {
  const { withPolicy } = await import("../pages-handler.ts");
  const page = await withPolicy(
    new Response("<script>go()</script><script src='/x.js'></script>", { headers: { "content-type": "text/html" } }),
    {},
  );
  const hash = createHash("sha256").update("go()").digest("base64");
  expect(page.headers.get("content-security-policy")).toContain(`script-src 'self' 'sha256-${hash}';`);
  expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect((await call(studio.url, "GET", "/healthz")).headers.get("x-content-type-options")).toBe("nosniff");
});

test("readiness names every part and what is away", async () => {
  const { status, body } = await call(studio.url, "GET", "/readyz");
  expect(status).toBe(503);
  expect(body.parts).toMatchObject({
    postgres: { ok: true },
    nats: { ok: true },
    storage: { ok: true },
    collab: { ok: false },
    director: { ok: false },
    agents: { ok: true, message: "none" },
  });
});

const contract = `
POST /guests, GET /me, GET /workspaces, POST /workspaces, GET /workspaces/{id}/members, PATCH /workspaces/{id}/members/{userId},
DELETE /workspaces/{id}/members/{userId}, POST /workspaces/{id}/invites, GET /workspaces/{id}/invites, DELETE /invites/{id},
POST /invites/accept, GET /projects, POST /projects, GET /projects/{id}, PATCH /projects/{id}, DELETE /projects/{id},
POST /projects/{id}/ticket, PUT /projects/{id}/screenplay, GET /projects/{id}/screenplay, POST /projects/{id}/storyboard/parse,
POST /projects/{id}/storyboard/ai-parse, POST /projects/{id}/storyboard/commit, POST /projects/{id}/storyboard/thumbnails,
POST /projects/{id}/shots/{shotId}/generate, POST /projects/{id}/generate, GET /projects/{id}/estimate, POST /projects/{id}/estimate,
GET /projects/{id}/stale, POST /projects/{id}/images,
POST /projects/{id}/edit/segment, POST /projects/{id}/edit/segment-text, POST /projects/{id}/edit/detect, POST /projects/{id}/edit/inpaint,
POST /projects/{id}/timeline/assemble, GET /jobs/{id}, POST /jobs/{id}/cancel, POST /jobs/{id}/retry, PATCH /jobs/{id},
GET /projects/{id}/jobs, GET /projects/{id}/events, GET /projects/{id}/takes, POST /takes/{id}/choose, POST /projects/{id}/assets,
POST /assets/{id}/complete, GET /assets/{id}, DELETE /assets/{id}, POST /projects/{id}/exports, POST /generations,
GET /generations/{id}/status, GET /generations/{id}/result, POST /generations/{id}/cancel, POST /episodes, POST /episodes/{id}/plan,
POST /episodes/{id}/execute, GET /episodes/{id}, GET /episodes, POST /episodes/{id}/terminate, GET /agents, POST /tokens, GET /tokens,
DELETE /tokens/{id}, POST /webhooks, GET /webhooks, DELETE /webhooks/{id}`
  .split(",")
  .map((route) => route.trim());
