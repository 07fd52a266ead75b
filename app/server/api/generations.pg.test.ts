import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { endHold } from "#db/queries/generations.ts";
import { lockRow, moveJob } from "#db/queries/job-moves.ts";
import { jobs } from "#db/schema/work.ts";
import { GenerationPlan } from "#domain/generation/generation-plan.ts";
import { generationFiles } from "#domain/generation/manifest.ts";
import { planGenerationScene } from "#domain/generation/plan-by-model.ts";
import { PlanRequest } from "#domain/jobs/messages/render-request.ts";
import type { ResultMessage } from "#domain/jobs/messages/result-message.ts";
import { type GenerationStage, generationStages } from "#domain/jobs/stages.ts";
import { startLlmDouble, type LlmDouble, type Way } from "#testing/llm-double.ts";
import { openStages, type Stages } from "../testing/staged.ts";
import { startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

const prompt = "A rainy neon alley with a slow walking detective and 80 bpm lo-fi music";

let studio: TestStudio;
let double: LlmDouble;
let maya: TestCaller;
let stages: Stages;
beforeAll(async () => {
  [studio, double] = await Promise.all([startTestStudio(), startLlmDouble()]);
  maya = await studio.comeIn("Maya");
  stages = await openStages(studio, prompt);
});
afterAll(async () => {
  await Promise.all([studio.stop(), double.stop(), stages.dispose()]);
});

async function begin(caller = maya, body: object = { prompt, seed: 7 }): Promise<string> {
  const { status, body: answer } = await caller.call("POST", "/v1/generations", body);
  expect(status).toBe(202);
  expect(answer).toEqual({ job_id: expect.any(String), status: "queued" });
  return answer.job_id;
}
beforeEach(() => {
  delete studio.parts.env.llm;
});
/** The language model is there, and answers like this. */
function withModel(way: Way, timeoutSeconds = 10): void {
  studio.parts.env.llm = { baseUrl: double.baseUrl, model: "a-model", timeoutSeconds };
  double.answerWith(way);
}
const planningOf = async (id: string) => {
  const rows = await studio.parts.db.select().from(jobs).where(eq(jobs.runId, id));
  return rows.findLast((row) => row.stepKey === "planning" && row.supersededBy === null)!;
};
const aBrief = {
  place: "narrow neon alley",
  setting: "EXT",
  time: "night",
  weather: "rain",
  action: "Kommissar Weber walks slowly through the rain.",
  people: [{ name: "Weber", look: "an old man in a dark coat and a hat" }],
  dialogue: [],
  shot: "Tracking",
  move: "tracking",
  music: "80 bpm lo-fi",
};
const statusOf = async (id: string) => (await maya.call("GET", `/v1/generations/${id}/status`)).body;
const jobOf = (id: string, stage: GenerationStage) => stages.jobOf(id, stage);
const end = (id: string, stage: GenerationStage, outcome: ResultMessage["outcome"]) => stages.end(id, stage, outcome);
const succeed = (id: string, stage: GenerationStage) => stages.succeed(id, stage);

test("a generation goes through its stages in order, says the next one, and has no result before it is done", async () => {
  const id = await begin();
  expect(await statusOf(id)).toMatchObject({
    job_id: id,
    status: "queued",
    stage: null,
    progress: 0,
    seed: 7,
    seconds: 6,
  });
  for (const [index, stage] of generationStages.entries()) {
    const { status, body } = await maya.call("GET", `/v1/generations/${id}/result`);
    expect([status, body.error.code]).toEqual([409, "generation/not-ready"]);
    await succeed(id, stage);
    const next = generationStages[index + 1];
    expect(await statusOf(id)).toMatchObject({
      status: next ?? "done",
      stage: next ?? null,
      progress: expect.closeTo((index + 1) / 6, 5),
    });
  }
});

test("the result follows from the manifest: a viewer's address, and links that give the very bytes", async () => {
  const id = await begin();
  for (const stage of generationStages) await succeed(id, stage);
  const { status, body } = await maya.call("GET", `/v1/generations/${id}/result`);
  expect(status).toBe(200);
  expect(body.downloads.map((file: { name: string }) => file.name)).toEqual([generationFiles.film]);
  const film = await fetch(new URL(body.downloads[0].url, studio.url));
  expect(await film.text()).toBe("not really a film");
  expect(film.headers.get("content-disposition")).toContain(generationFiles.film);
  const manifest = await (await fetch(new URL(body.manifest_url, studio.url))).json();
  expect(manifest).toMatchObject({ version: 1, files: [{ name: generationFiles.film }] });
  const listed = await maya.call("GET", `/v1/generations/${id}/manifest`);
  // What was written down by an older studio is read as of today.
  expect(listed.body).toMatchObject({ manifest: { version: 2, cost: { amount: 0 }, files: [{ label: "Film" }] } });
  expect(body.viewer_url).toBe(`${studio.parts.env.publicUrl}/view/${body.viewer_url.split("/view/")[1]}`);
});

test("the same prompt and seed plan the same scene, without a seed too; another seed another", async () => {
  const plans = await Promise.all(
    [{ prompt, seed: 7 }, { prompt, seed: 7 }, { prompt }, { prompt }, { prompt, seed: 8 }].map(async (body) => {
      const id = await begin(maya, body);
      await succeed(id, "planning");
      const [row] = await studio.parts.db
        .select()
        .from(jobs)
        .where(eq(jobs.id, await jobOf(id, "planning")));
      return GenerationPlan.parse(row!.output);
    }),
  );
  expect(plans[1]).toEqual(plans[0]);
  expect(plans[3]).toEqual(plans[2]);
  expect(plans[4]!.environment.setSeed).not.toBe(plans[0]!.environment.setSeed);
});

test("a request sent twice with one key is one generation", async () => {
  const send = () => maya.call("POST", "/v1/generations", { prompt }, { "idempotency-key": "g1" });
  const [first, second] = [await send(), await send()];
  expect(second.body).toEqual(first.body);
  expect(second.headers.get("idempotent-replay")).toBe("true");
});

test("a stage that fails ends the generation with its reason, and a retry goes on from there", async () => {
  const id = await begin();
  await succeed(id, "planning");
  await succeed(id, "env");
  const kept = [await jobOf(id, "planning"), await jobOf(id, "env")];
  await end(id, "motion", { status: "failed", kind: "permanent", message: "Nobody could act this." });
  expect(await statusOf(id)).toMatchObject({
    status: "failed",
    stage: "motion",
    error: { code: "job/permanent", message: "Nobody could act this." },
  });
  const result = await maya.call("GET", `/v1/generations/${id}/result`);
  expect(result).toMatchObject({ status: 409, body: { error: { details: { status: "failed", stage: "motion" } } } });
  const { status, body } = await maya.call("POST", `/v1/generations/${id}/retry`);
  expect([status, body.status, body.stage]).toEqual([202, "motion", "motion"]);
  expect([await jobOf(id, "planning"), await jobOf(id, "env")]).toEqual(kept);
  for (const stage of generationStages.slice(2)) await succeed(id, stage);
  expect(await statusOf(id)).toMatchObject({ status: "done", progress: 1 });
});

test("one stage is made anew with all that follow from it, and nothing else", async () => {
  const id = await begin();
  for (const stage of generationStages) await succeed(id, stage);
  const before = await Promise.all(generationStages.map((stage) => jobOf(id, stage)));
  const { body } = await maya.call("POST", `/v1/generations/${id}/retry`, { stage: "audio" });
  expect(body).toMatchObject({ status: "audio", stage: "audio" });
  const after = await Promise.all(generationStages.map((stage) => jobOf(id, stage)));
  expect(after.map((job, index) => job === before[index])).toEqual([true, true, true, false, false, false]);
  expect((await maya.call("GET", `/v1/generations/${id}/result`)).status).toBe(409);
});

test("a generation is called off before every stage, twice without harm, and goes on when it is retried", async () => {
  for (const [index, stage] of generationStages.entries()) {
    const id = await begin();
    for (const done of generationStages.slice(0, index)) await succeed(id, done);
    for (let times = 0; times < 2; times++) {
      const { status, body } = await maya.call("POST", `/v1/generations/${id}/cancel`);
      expect([status, body.status, body.stage]).toEqual([200, "cancelled", stage]);
    }
    const { body } = await maya.call("POST", `/v1/generations/${id}/retry`);
    expect(body.stages.map((one: { state: string }) => one.state)).toEqual(
      generationStages.map((_, place) => (place < index ? "succeeded" : "queued")),
    );
  }
});

test("a stage that is at work when its generation is called off ends first, well or not; nothing begins after it", async () => {
  for (const outcome of ["cancelled", "succeeded"] as const) {
    const id = await begin();
    await succeed(id, "planning");
    const jobId = await jobOf(id, "env");
    await studio.parts.db.transaction(async (tx) => {
      const row = await lockRow(tx, jobId);
      await moveJob(tx, row!, "running", { attempt: 1, claim: "claim-of-the-test", releasedAt: new Date() });
    });
    const { body } = await maya.call("POST", `/v1/generations/${id}/cancel`);
    expect(body).toMatchObject({ status: "env", stage: "env" });
    expect(body.stages.map((one: { state: string }) => one.state)).toEqual([
      ...["succeeded", "cancelling", "cancelled", "cancelled", "cancelled", "cancelled"],
    ]);
    if (outcome === "succeeded") await succeed(id, "env");
    else await end(id, "env", { status: "cancelled" });
    expect(await statusOf(id)).toMatchObject({
      status: "cancelled",
      stage: outcome === "succeeded" ? "motion" : "env",
    });
  }
});

test("a person's generations come newest first, page by page, and a stranger has none", async () => {
  const ids = [await begin(), await begin(), await begin()].reverse();
  const first = (await maya.call("GET", "/v1/generations?limit=2")).body;
  expect(first.generations.map((one: { job_id: string }) => one.job_id)).toEqual(ids.slice(0, 2));
  const second = (await maya.call("GET", `/v1/generations?limit=2&cursor=${first.cursor}`)).body;
  expect(second.generations[0]).toMatchObject({ job_id: ids[2], status: "queued", prompt });
  const stranger = await studio.comeIn("Nobody");
  expect((await stranger.call("GET", "/v1/generations")).body).toEqual({ generations: [] });
  expect((await stranger.call("GET", `/v1/generations?workspaceId=${maya.workspaceId}`)).status).toBe(404);
});

test("what is done cannot be called off, and what is whole cannot be retried", async () => {
  const id = await begin();
  for (const stage of generationStages) await succeed(id, stage);
  expect(await maya.call("POST", `/v1/generations/${id}/cancel`)).toMatchObject({
    status: 409,
    body: { error: { code: "run/wrong-state" } },
  });
  expect(await maya.call("POST", `/v1/generations/${id}/retry`)).toMatchObject({
    status: 409,
    body: { error: { code: "run/wrong-state" } },
  });
});

test("a stranger sees no generation of ours, and its project is on nobody's list of films", async () => {
  const id = await begin();
  const stranger = await studio.comeIn("Stranger");
  for (const [method, path] of [
    ["GET", "status"],
    ["GET", "result"],
    ["GET", "manifest"],
    ["POST", "cancel"],
    ["POST", "retry"],
  ] as const) {
    const { status, body } = await stranger.call(method, `/v1/generations/${id}/${path}`);
    expect([path, status, body.error.code]).toEqual([path, 404, "thing/not-found"]);
  }
  const elsewhere = await stranger.call("POST", "/v1/generations", { prompt, workspaceId: maya.workspaceId });
  expect(elsewhere.status).toBe(404);
  const { body } = await maya.call("GET", "/v1/projects");
  expect(body.projects).toEqual([]);
});

test("a prompt of nothing and a scene of hours are refused with what is wrong", async () => {
  for (const body of [
    ...[{ prompt: "  " }, { prompt, seconds: 7200 }, { prompt, seed: -1 }, {}, { prompt: "x".repeat(20_001) }],
    ...[{ prompt, seconds: Number.NaN }, { prompt, seconds: 0 }, { prompt: { a: 1 } }, { prompt, seed: 0.5 }],
  ])
    expect(await maya.call("POST", "/v1/generations", body)).toMatchObject({
      status: 400,
      body: { error: { code: "request/invalid" } },
    });
});

test("its news can be followed, and the project behind it is no film that can be opened or changed", async () => {
  const id = await begin();
  const { events_url: url } = await statusOf(id);
  const project = url.split("/")[3] as string;
  const stop = new AbortController();
  const events = await fetch(new URL(url, studio.url), {
    headers: { authorization: `Bearer ${maya.token}`, "last-event-id": "0" },
    signal: stop.signal,
  });
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
  let told = "";
  while (!told.includes(await jobOf(id, "planning"))) {
    const { value, done } = await reader.read();
    if (done) break;
    told += value;
  }
  expect(told).toMatch(/event: job\ndata: .*"stepKey":"planning"/);
  stop.abort();
  for (const [method, path, body] of [
    ["GET", ""],
    ["POST", "/ticket"],
    ["GET", "/screenplay"],
    ["PATCH", "", { title: "x" }],
    ["POST", "/score"],
  ] as const) {
    const answer = await maya.call(method, `/v1/projects/${project}${path}`, body);
    expect([method, path, answer.status]).toEqual([method, path, 404]);
  }
});

test("letters that no row can hold are refused", async () => {
  for (const prompt of ["A girl\\u0000 waves", "A girl \\ud800 waves"])
    expect(await maya.call("POST", "/v1/generations", { prompt: JSON.parse(`"${prompt}"`) as string })).toMatchObject({
      status: 400,
      body: { error: { code: "request/invalid" } },
    });
});

test("where a language model is set it understands the prompt while the answer is out already; its name is in the plan", async () => {
  withModel({ fenced: aBrief });
  const id = await begin(maya, { prompt: "Ein Kommissar geht langsam durch eine verregnete Neongasse", seed: 7 });
  await expect.poll(async () => (await statusOf(id)).planner).toBe("a-model");
  const row = await planningOf(id);
  expect(row.notBefore).toBeNull();
  const request = PlanRequest.parse(row.request);
  expect(request.given).toMatchObject({ model: "a-model", brief: { setting: "ext", time: "NIGHT", shot: "tracking" } });
  expect(planGenerationScene(request)).toMatchObject({
    planner: "a-model",
    environment: { place: "alley", hour: "night", weather: "rain", interior: false },
    characters: [{ name: "WEBER", action: "walk" }],
    audio: { tempo: 80 },
  });
  expect(JSON.stringify(double.asked.at(-1)!.messages)).toContain("Ein Kommissar");
  // Planned anew by a retry it is planned from the same brief.
  await end(id, "planning", { status: "failed", kind: "permanent", message: "No." });
  expect((await maya.call("POST", `/v1/generations/${id}/retry`)).status).toBe(202);
  expect((await planningOf(id)).request).toMatchObject({ given: { model: "a-model" } });
});

test("a model that has nothing usable to say, or is silent, holds nothing up: rules plan, and it is said why", async () => {
  for (const [way, sentence, timeout] of [
    [{ say: "A lovely idea!" }, "shape", 10],
    [{ say: JSON.stringify({ ...aBrief, place: "" }) }, "shape", 10],
    [{ refuse: 429 }, "too much to do", 10],
    ["silent", "did not answer", 0.3],
  ] as [Way, string, number][]) {
    withModel(way, timeout);
    const id = await begin();
    await expect.poll(async () => (await statusOf(id)).planner, { timeout: 5000 }).toBe("rules");
    expect((await statusOf(id)).planner_note).toMatch(new RegExp(`${sentence}.*Planned by rules instead\\.`));
    const row = await planningOf(id);
    expect(row.notBefore).toBeNull();
    expect(PlanRequest.parse(row.request).given).toBeUndefined();
  }
});

test("planning is held for a model no longer than its time, and for nobody where none is set", async () => {
  const id = await begin();
  expect((await planningOf(id)).notBefore).toBeNull();
  expect((await statusOf(id)).planner).toBe("rules");
  withModel("silent", 30);
  const held = await begin();
  const seconds = ((await planningOf(held)).notBefore!.getTime() - Date.now()) / 1000;
  expect(seconds).toBeGreaterThan(30);
  expect(seconds).toBeLessThanOrEqual(35);
  // The app that asked has died, the hold is over and planning has begun: what comes late changes nothing.
  await studio.parts.db.update(jobs).set({ releasedAt: new Date() }).where(eq(jobs.runId, held));
  expect(await endHold(studio.parts.db, held, { planner: "late" }, null)).toBe(false);
  expect((await statusOf(held)).planner).toBeUndefined();
});
