import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { v7 } from "uuid";
import { insertAsset } from "#db/queries/assets.ts";
import { changeEpisode, findEpisode, insertEpisode } from "#db/queries/episodes.ts";
import { lockRow, moveJob } from "#db/queries/job-moves.ts";
import { cancelRun } from "#db/queries/run-cancel.ts";
import { insertProject } from "#db/queries/projects.ts";
import { jobAttempts, takes } from "#db/schema/work.ts";
import type { JobState } from "#domain/jobs/lifecycle.ts";
import { startLlmDouble, type LlmDouble, type Way } from "#testing/llm-double.ts";
import { startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

let studio: TestStudio;
let double: LlmDouble;
let maya: TestCaller;
beforeAll(async () => {
  [studio, double] = await Promise.all([startTestStudio(), startLlmDouble()]);
  maya = await studio.comeIn("Maya");
});
beforeEach(() => {
  delete studio.parts.env.llm;
});
afterAll(() => Promise.all([studio.stop(), double.stop()]));

const alley = "A rainy neon alley with a slow walking detective";

async function begin(
  intent = alley,
  world_id = `w-${v7()}`,
  caller = maya,
): Promise<{ id: string; projectId: string }> {
  const { status, body } = await caller.call("POST", "/v1/episodes", { world_id, intent });
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body.state).toBe("CREATED");
  return { id: body.episode_id, projectId: body.project_id };
}
const post = (id: string, what: string, body?: object) => maya.call("POST", `/v1/episodes/${id}/${what}`, body);
const read = async (id: string) => (await maya.call("GET", `/v1/episodes/${id}`)).body;
const filmOf = async (projectId: string) => (await maya.call("GET", `/v1/projects/${projectId}`)).body.film;

/** The language model is there, and answers like this. */
function withModel(...ways: Way[]): void {
  studio.parts.env.llm = { baseUrl: double.baseUrl, model: "a-model", timeoutSeconds: 10 };
  double.answerWith(...ways);
}

/** What the director and an agent would do with a beat's job. */
async function becomes(jobId: string, ...states: JobState[]): Promise<void> {
  for (const state of states)
    await studio.parts.db.transaction(async (tx) => {
      const row = await lockRow(tx, jobId);
      const failed = { errorCode: "job/capacity", errorMessage: "No room." };
      expect(
        await moveJob(tx, row!, state, state === "failed" ? failed : {}),
        `${row!.state} → ${state}`,
      ).not.toBeNull();
      if (state !== "succeeded") return;
      const asset = {
        workspaceId: row!.workspaceId,
        projectId: row!.projectId,
        kind: "video",
        name: "take",
        contentType: "video/mp4",
        bytes: 1,
        sha256: createHash("sha256").update(jobId).digest("hex"),
        objectKey: `x/${jobId}`,
        state: "ready",
        source: "test",
      };
      const video = await insertAsset(tx, asset);
      await tx.insert(takes).values({
        projectId: row!.projectId,
        shotId: row!.shotId!,
        number: 1,
        jobId,
        engine: "test",
        params: {},
        width: 640,
        height: 360,
        frames: 120,
        fpsNum: 24,
        fpsDen: 1,
        videoAssetId: video.id,
      });
    });
}
const done = ["leased", "running", "uploading", "succeeded"] as const;

test("an intent in an unknown world is planned by rules into three shots of a film that people can open", async () => {
  const { id, projectId } = await begin();
  expect(await read(id)).toMatchObject({ episode_id: id, state: "CREATED", project_id: projectId, beats: [] });
  const planned = await post(id, "plan");
  expect(planned.status, JSON.stringify(planned.body)).toBe(200);
  expect(planned.body).toMatchObject({ state: "PLANNED", planner: "rules", world: { source: "empty" }, beat_count: 3 });
  expect(planned.body.planner_note).toBeUndefined();
  const { shots, scenes, screenplay, meta } = await filmOf(projectId);
  expect(meta.title).toBe("A rainy neon alley with a slow walking detective");
  expect(scenes.map((scene: { heading: string }) => scene.heading)).toEqual(["EXT. RAINY NEON ALLEY - NIGHT"]);
  const beats = planned.body.beats as { shot_id: string; description: string; state: string; number: number }[];
  expect(shots.map((shot: { id: string; action: string }) => [shot.id, shot.action])).toEqual(
    beats.map((beat) => [beat.shot_id, beat.description]),
  );
  expect(shots.map((shot: { durationFrames: number }) => shot.durationFrames)).toEqual([120, 120, 120]);
  expect(beats.map((beat) => [beat.number, beat.state])).toEqual([
    [1, "PENDING"],
    [2, "PENDING"],
    [3, "PENDING"],
  ]);
  expect(screenplay).toContain("Close on the detective.");
});

test("planning twice, even at once, is planning once", async () => {
  const { id, projectId } = await begin();
  const answers = await Promise.all([post(id, "plan", { beats: 2 }), post(id, "plan", { beats: 2 })]);
  expect(answers.map((answer) => [answer.status, answer.body.state])).toEqual([
    [200, "PLANNED"],
    [200, "PLANNED"],
  ]);
  expect((await post(id, "plan", { beats: 9 })).body.beats).toEqual(answers[0]!.body.beats);
  expect((await filmOf(projectId)).shots).toHaveLength(2);
});

test("calls out of order are refused with a sentence or change nothing", async () => {
  const { id } = await begin();
  const early = await post(id, "execute");
  expect([early.status, early.body.error.code]).toEqual([409, "episode/wrong-state"]);
  expect(early.body.error.message).toContain("plan");
  await post(id, "plan");
  const first = await post(id, "execute");
  expect([first.status, first.body.state]).toEqual([202, "EXECUTING"]);
  const again = await Promise.all([post(id, "execute"), post(id, "execute")]);
  for (const answer of again) expect([answer.status, answer.body.run_id]).toEqual([202, first.body.run_id]);
  expect((await post(id, "plan")).body.error.code).toBe("episode/wrong-state");
  const ended = await post(id, "terminate", { reason: "over budget" });
  expect(ended.body).toMatchObject({ state: "TERMINATED", terminated_reason: "over budget" });
  expect((await post(id, "terminate", { reason: "another" })).body.terminated_reason).toBe("over budget");
  for (const call of ["plan", "execute"]) expect((await post(id, call)).status).toBe(409);
  expect(ended.body.beats.map((beat: { state: string }) => beat.state)).toEqual([
    "CANCELLED",
    "CANCELLED",
    "CANCELLED",
  ]);
});

test("each beat is submitted once, however often and at once it is asked for", async () => {
  const { id, projectId } = await begin();
  await post(id, "plan");
  const answers = await Promise.all([1, 2, 3, 4].map(() => post(id, "execute")));
  expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202, 202]);
  expect(new Set(answers.map((answer) => answer.body.run_id)).size).toBe(1);
  const listed = await maya.call("GET", `/v1/projects/${projectId}/jobs`);
  expect(listed.status, JSON.stringify(listed.body)).toBe(200);
  const { jobs } = listed.body;
  expect(jobs.map((job: { stepKey: string }) => job.stepKey).sort()).toEqual(["beat:1", "beat:2", "beat:3"]);
  const { beats } = await read(id);
  for (const beat of beats) {
    const job = jobs.find((each: { id: string }) => each.id === beat.job_id);
    expect(job).toMatchObject({ stepKey: beat.beat_id, shotId: beat.shot_id, capability: "video", state: "queued" });
  }
});

test("an episode is what its beats become: executing, partly done, completed after a retry", async () => {
  const { id } = await begin();
  await post(id, "plan");
  const { beats, run_id: runId } = (await post(id, "execute")).body;
  const [one, two, three] = beats.map((beat: { job_id: string }) => beat.job_id);
  await becomes(one, ...done);
  await becomes(two, "leased", "running");
  expect(await read(id)).toMatchObject({ state: "EXECUTING", accepted_count: 1 });
  await becomes(two, "uploading", "succeeded");
  await becomes(three, "leased", "failed");
  const tried3 = { jobId: three, agentId: "a1", outcome: "failed", errorKind: "capacity", errorMessage: "No room." };
  await studio.parts.db.insert(jobAttempts).values({ ...tried3, attempt: 1, errorDetail: "CUDA at 10.0.0.7" });
  const partly = await read(id);
  expect(partly.state).toBe("PARTIALLY_COMPLETED");
  expect(partly.beats.map((beat: { state: string }) => beat.state)).toEqual(["ACCEPTED", "ACCEPTED", "ABORTED"]);
  expect(partly.beats[0].artefacts).toEqual([
    { type: "video", uri: expect.stringMatching(/^\/v1\/assets\//), version: 1 },
  ]);
  expect(partly.beats[2].error).toEqual({ code: "job/capacity", message: "No room." });
  const diagnosis = async () => (await maya.call("GET", `/v1/episodes/${id}/diagnostics`)).body;
  const found = await diagnosis();
  expect(found.suggestions.join(" ")).toMatch(/No engine had room.*retry/i);
  const why = { job_id: three, attempt: 1, outcome: "failed", error: { code: "job/capacity", message: "No room." } };
  expect(found.beats.map((beat: { attempts: object[] }) => beat.attempts)).toMatchObject([[], [], [why]]);
  expect(JSON.stringify(found)).not.toContain("10.0.0.7");
  expect((await post(id, "terminate")).body.error.code).toBe("episode/wrong-state");
  expect((await maya.call("POST", `/v1/jobs/${three}/retry`)).status).toBe(202);
  const retrying = await read(id);
  expect(retrying).toMatchObject({ state: "EXECUTING", run_id: runId });
  expect(retrying.beats[2].job_id).not.toBe(three);
  await becomes(retrying.beats[2].job_id, ...done);
  expect(await read(id)).toMatchObject({ state: "COMPLETED", accepted_count: 3 });
  expect((await diagnosis()).beats[2].attempts).toMatchObject([why]);
});

test("a beat longer than one render may be is one beat all the same, rendered in parts", async () => {
  const { id, projectId } = await begin();
  await post(id, "plan", { beats: 1, seconds: 30 });
  const { beats } = (await post(id, "execute")).body;
  expect(beats.map((beat: { state: string }) => beat.state)).toEqual(["PENDING"]);
  const rows = await studio.parts
    .sql`select id, step_key, parent_id from jobs where project_id = ${projectId} order by seq`;
  expect(rows.map((row) => row["step_key"])).toEqual(["beat:1", "beat:1/chunk:0", "beat:1/chunk:1"]);
  expect(rows[0]!["id"]).toBe(beats[0].job_id);
  await becomes(rows[1]!["id"], "leased", "running");
  expect(await read(id)).toMatchObject({ state: "EXECUTING", beats: [{ state: "EXECUTING" }] });
  expect((await post(id, "terminate")).body.state).toBe("TERMINATED");
  const states = await studio.parts.sql`select state from jobs where project_id = ${projectId} order by seq`;
  expect(states.map((row) => row["state"])).toEqual(["cancelled", "cancelling", "cancelled"]);
});

test("a workspace whose quota is used up hears so, and may execute the episode later", async () => {
  const robin = await studio.comeIn("Robin");
  const { id } = await begin(alley, "w", robin);
  await robin.call("POST", `/v1/episodes/${id}/plan`);
  const allow = (seconds: number | null) =>
    studio.parts.sql`update workspaces set gpu_seconds_per_day = ${seconds} where id = ${robin.workspaceId}`;
  await allow(0);
  const refused = await robin.call("POST", `/v1/episodes/${id}/execute`);
  expect([refused.status, refused.body.error.code]).toEqual([429, "quota/exceeded"]);
  expect((await robin.call("GET", `/v1/episodes/${id}`)).body.state).toBe("PLANNED");
  await allow(null);
  expect((await robin.call("POST", `/v1/episodes/${id}/execute`)).status).toBe(202);
});

test("a budget is kept with the run; one that is too small is refused, and nothing is begun", async () => {
  const { id } = await begin();
  await post(id, "plan");
  const small = await post(id, "execute", { budget: { attempts: 2 } });
  expect([small.status, small.body.error.code]).toEqual([400, "request/invalid"]);
  expect(small.body.error.message).toContain("allow at least 3 attempts");
  expect(await read(id)).toMatchObject({ state: "PLANNED" });
  const begun = await post(id, "execute", { risk: "cautious", budget: { gpu_seconds: 90 } });
  expect(begun.body).toMatchObject({
    state: "EXECUTING",
    budget: { risk: "cautious", attempts: 5, gpu_seconds: 90 },
  });
  const attempt = { jobId: begun.body.beats[0].job_id, agentId: "a1", attempt: 1, outcome: "failed", seconds: 7 };
  await studio.parts.db.insert(jobAttempts).values({ ...attempt, finishedAt: new Date() });
  const { body } = await maya.call("GET", `/v1/episodes/${id}/diagnostics`);
  expect(body.spent).toEqual({ attempts: 1, gpu_seconds: 7 });
});

test("an abandoned episode goes on with a larger budget, from what did not succeed", async () => {
  const { id } = await begin();
  await post(id, "plan");
  const { beats, run_id: runId } = (await post(id, "execute", { budget: { attempts: 3 } })).body;
  await becomes(beats[0].job_id, ...done);
  const attempt = { jobId: beats[0].job_id, agentId: "a1", attempt: 1, outcome: "succeeded", seconds: 4 };
  await studio.parts.db.insert(jobAttempts).values({ ...attempt, finishedAt: new Date() });
  await changeEpisode(studio.parts.db, id, { state: "ABANDONED", terminatedReason: "3 attempts were made." });
  await cancelRun(studio.parts.db, runId);
  expect(await read(id)).toMatchObject({ state: "ABANDONED", terminated_reason: "3 attempts were made." });
  expect((await post(id, "terminate")).body.error.code).toBe("episode/wrong-state");
  const { suggestions } = (await maya.call("GET", `/v1/episodes/${id}/diagnostics`)).body;
  expect(suggestions).toEqual([expect.stringContaining("Go on with a larger one")]);
  const small = await post(id, "execute", { budget: { attempts: 2 } });
  expect([small.status, small.body.error.message]).toEqual([400, expect.stringContaining("allow at least 3")]);
  expect(await read(id)).toMatchObject({ state: "ABANDONED" });
  const on = await post(id, "execute", { risk: "balanced" });
  expect([on.status, on.body.state, on.body.run_id]).toEqual([202, "EXECUTING", runId]);
  expect(on.body.terminated_reason).toBeUndefined();
  // Three for each of the two that are left, and the one that was made.
  expect(on.body.budget).toEqual({ risk: "balanced", attempts: 7, gpu_seconds: null });
  expect(on.body.beats.map((beat: { state: string }) => beat.state)).toEqual(["ACCEPTED", "PENDING", "PENDING"]);
});

test("what was ended is not gone on with by retrying its run or one of its jobs", async () => {
  const { id } = await begin();
  await post(id, "plan");
  const { beats, run_id: runId } = (await post(id, "execute")).body;
  await post(id, "terminate");
  for (const state of ["TERMINATED", "ABANDONED"] as const) {
    await changeEpisode(studio.parts.db, id, { state });
    for (const path of [`/v1/runs/${runId}/retry`, `/v1/jobs/${beats[0].job_id}/retry`]) {
      const refused = await maya.call("POST", path);
      expect([refused.status, refused.body.error?.code]).toEqual([409, "episode/wrong-state"]);
      expect(refused.body.error.details).toEqual({ state });
    }
  }
  expect((await read(id)).beats.map((beat: { state: string }) => beat.state)).toEqual(Array(3).fill("CANCELLED"));
});

test("an episode whose every beat fails for good is impossible, and what to mend is said first", async () => {
  const { id } = await begin();
  await post(id, "plan", { beats: 1 });
  const { beats } = (await post(id, "execute")).body;
  await becomes(beats[0].job_id, "leased");
  await studio.parts.db.transaction(async (tx) => {
    const lack = { errorCode: "job/missing-model", errorMessage: "No weights." };
    await moveJob(tx, (await lockRow(tx, beats[0].job_id))!, "failed", lack);
  });
  expect(await read(id)).toMatchObject({ state: "IMPOSSIBLE" });
  const { suggestions } = (await maya.call("GET", `/v1/episodes/${id}/diagnostics`)).body;
  expect(suggestions[0]).toContain("Install it on an agent");
  expect((await maya.call("POST", `/v1/jobs/${beats[0].job_id}/retry`)).status).toBe(202);
  expect(await read(id)).toMatchObject({ state: "EXECUTING" });
});

test("what an app that died left undone is done by the next call", async () => {
  const { db } = studio.parts;
  const mine = { workspaceId: maya.workspaceId, createdBy: maya.userId };
  const { id: projectId } = await insertProject(db, { ...mine, title: "Left" });
  const { id } = await insertEpisode(db, { ...mine, projectId, worldKey: "w", intent: alley });
  expect((await post(id, "plan")).body).toMatchObject({ state: "PLANNED", beat_count: 3 });
  expect((await filmOf(projectId)).shots).toHaveLength(3);

  const { kept } = (await findEpisode(db, id))!;
  const { id: other, projectId: otherFilm } = await begin();
  await changeEpisode(db, other, { state: "PLANNED", kept: kept! });
  const { beats } = (await post(other, "execute")).body;
  expect(beats.map((beat: { job_id?: string }) => typeof beat.job_id)).toEqual(["string", "string", "string"]);
  expect((await filmOf(otherFilm)).shots).toHaveLength(3);

  await changeEpisode(db, other, { state: "TERMINATED", terminatedReason: "over" });
  expect((await post(other, "terminate")).body.beats.map((beat: { state: string }) => beat.state)).toEqual(
    Array(3).fill("CANCELLED"),
  );
});

test("people change the film between plan and execution: what is on the board is what is rendered", async () => {
  const { id, projectId } = await begin("Maya runs along the pier at dusk. She finds a letter. She cries.");
  await post(id, "plan", { seconds: 2 });
  const film = await filmOf(projectId);
  const scenes = [
    {
      ...film.scenes[0],
      shots: film.shots
        .filter((shot: { number: string }) => shot.number !== "1B")
        .map((shot: { number: string }) => ({ ...shot, ...(shot.number === "1A" ? { action: "Maya dances." } : {}) })),
    },
  ];
  expect((await maya.call("POST", `/v1/projects/${projectId}/storyboard/commit`, { scenes })).status).toBe(200);
  const { beats } = (await post(id, "execute")).body;
  expect(beats.map((beat: { state: string }) => beat.state)).toEqual(["PENDING", "CANCELLED", "PENDING"]);
  const [row] = await studio.parts.sql`select request, frames from jobs where id = ${beats[0].job_id}`;
  expect(row!["frames"]).toBe(48);
  expect(row!["request"].prompt).toContain("Maya dances.");
  const { suggestions } = (await maya.call("GET", `/v1/episodes/${id}/diagnostics`)).body;
  expect(suggestions.join(" ")).toContain("taken out of the film");
  expect((await post(id, "plan")).status).toBe(409);
  expect((await filmOf(projectId)).shots[0].action).toBe("Maya dances.");
});

test("terminating stops what waits and what runs; what is done stays", async () => {
  const { id } = await begin();
  await post(id, "plan");
  const { beats } = (await post(id, "execute")).body;
  await becomes(beats[0].job_id, ...done);
  await becomes(beats[1].job_id, "leased", "running");
  expect((await post(id, "terminate", { reason: "enough" })).body).toMatchObject({
    state: "TERMINATED",
    accepted_count: 1,
  });
  const states = await Promise.all(
    beats.map(async (beat: { job_id: string }) => (await maya.call("GET", `/v1/jobs/${beat.job_id}`)).body.job.state),
  );
  expect(states).toEqual(["succeeded", "cancelling", "cancelled"]);
  expect((await read(id)).beats[0].artefacts).toHaveLength(1);
});

test("a world that is stored is planned with, grows by what a plan names, and is the workspace's own", async () => {
  const world = `harbour ${v7()}`;
  const path = `/v1/worlds/${encodeURIComponent(world)}`;
  expect((await maya.call("GET", path)).status).toBe(404);
  const elements = [
    { kind: "character", name: "Hale", description: "50s, white beard, navy uniform", triggerWords: [] },
  ];
  expect((await maya.call("PUT", path, { elements })).body).toMatchObject({
    world_id: world,
    source: "stored",
    elements,
  });
  const { id, projectId } = await begin("Hale climbs the lighthouse", world);
  expect((await post(id, "plan")).body).toMatchObject({ world: { source: "stored", elements: 2 } });
  const film = await filmOf(projectId);
  expect(film.elements.map((one: { name: string }) => one.name)).toEqual(["Hale", "lighthouse"]);
  expect(film.screenplay).toContain("HALE, 50s, white beard, navy uniform.");
  expect((await maya.call("GET", path)).body.elements.map((one: { name: string }) => one.name)).toEqual([
    "Hale",
    "lighthouse",
  ]);
  const kept = (await maya.call("GET", "/v1/worlds?limit=200")).body.worlds as { world_id: string }[];
  expect(kept.map((one) => one.world_id)).toContain(world);
  const robin = await studio.comeIn("Robin");
  expect((await robin.call("GET", path)).status).toBe(404);
  const { id: theirs } = await begin("Hale waves", world, robin);
  expect((await robin.call("POST", `/v1/episodes/${theirs}/plan`)).body.world).toMatchObject({ source: "empty" });
});

const aPlan = {
  title: "The lamp",
  beats: [1, 2, 3].map((number) => ({
    description: `Hale climbs step ${number}.`,
    place: "Lighthouse",
    setting: "int",
    time: "NIGHT",
    characters: ["Hale"],
    dialogue: number === 3 ? [{ character: "Hale", text: "There." }] : [],
    shot: "close_up",
    move: "push_in",
    seconds: 3,
  })),
  elements: [{ kind: "character", name: "Hale", description: "an old keeper" }],
};

test("a language model plans where one is set, and the answer says so", async () => {
  withModel({ fenced: aPlan });
  const { id, projectId } = await begin("A keeper lights the lamp");
  const { body } = await post(id, "plan");
  expect(body).toMatchObject({ planner: "llm", model: "a-model", title: "The lamp", beat_count: 3 });
  expect(body.planner_note).toBeUndefined();
  const film = await filmOf(projectId);
  expect(
    film.shots.map((shot: { action: string; durationFrames: number }) => [shot.action, shot.durationFrames]),
  ).toEqual([
    ["Hale climbs step 1.", 72],
    ["Hale climbs step 2.", 72],
    ["Hale climbs step 3.", 72],
  ]);
  expect(JSON.stringify(double.asked[0]!.messages)).toContain("A keeper lights the lamp");
  await post(id, "plan");
  expect(double.asked).toHaveLength(1);
  const other = await begin("A keeper lights the lamp");
  await Promise.all([post(other.id, "plan"), post(other.id, "plan"), post(other.id, "plan")]);
  expect(double.asked).toHaveLength(2);
});

test("a model that says nothing usable is said so, and rules plan instead", async () => {
  for (const [way, sentence] of [
    [{ say: "I'd rather not." }, "shape"],
    [{ say: '{"title":"x","beats":[],"elements":[]}' }, "shape"],
    [{ cutOff: aPlan, keep: 150 }, "cut off"],
    [{ refuse: 429 }, "too much to do"],
  ] as [Way, string][]) {
    withModel(way);
    const { id } = await begin();
    const { status, body } = await post(id, "plan");
    expect([status, body.planner, body.beat_count], JSON.stringify(way)).toEqual([200, "rules", 3]);
    expect(body.planner_note).toContain(sentence);
    expect(body.planner_note).toContain("Planned by rules instead.");
    expect(body.planner_note).not.toContain("127.0.0.1");
    expect((await maya.call("GET", `/v1/episodes/${id}/diagnostics`)).body.suggestions).toContain(body.planner_note);
  }
  withModel("silent");
  studio.parts.env.llm!.timeoutSeconds = 0.2;
  const { id } = await begin();
  expect((await post(id, "plan")).body).toMatchObject({
    planner: "rules",
    planner_note: expect.stringContaining("0.2 s"),
  });
});

test("what a model says is kept without what no row and no script can hold", async () => {
  const [first, ...rest] = aPlan.beats;
  const odd = {
    ...aPlan,
    title: "The\u0000 lamp\ud800",
    beats: [{ ...first!, description: "Hale\u0000 climbs." }, ...rest],
  };
  withModel({ say: JSON.stringify(odd) });
  const { id, projectId } = await begin();
  expect((await post(id, "plan")).body).toMatchObject({ planner: "llm", title: "The lamp" });
  expect((await filmOf(projectId)).shots[0].action).toBe("Hale climbs.");
});

test("a model's answer that was cut off is used as far as it is whole", async () => {
  withModel({ cutOff: aPlan, keep: JSON.stringify(aPlan).indexOf("step 3") });
  const { id } = await begin();
  const { body } = await post(id, "plan");
  expect(body).toMatchObject({ planner: "llm", beat_count: 2, planner_note: "The model wrote 2 of 3 beats." });
});

test("reference pictures make a world where a model has eyes; without, they are said to be unread", async () => {
  const { id, projectId } = await begin("A keeper lights the lamp");
  await bring(projectId);
  const blind = await begin("A keeper lights the lamp");
  await bring(blind.projectId);
  expect((await post(blind.id, "plan")).body.world).toEqual({
    source: "empty",
    elements: expect.any(Number),
    note: expect.stringContaining("The reference picture was not read"),
  });
  withModel(
    { say: JSON.stringify({ elements: [{ kind: "location", name: "Red lighthouse", description: "red and white" }] }) },
    { say: JSON.stringify(aPlan) },
  );
  const { body } = await post(id, "plan");
  expect(body.world).toEqual({ source: "extracted", elements: 3 });
  expect(JSON.stringify(double.asked[0]!.messages)).toContain("data:image/png;base64,");
  expect(JSON.stringify(double.asked[1]!.messages)).toContain("Red lighthouse");
});

test("who may not see the film may not know of the episode; who may only look changes nothing", async () => {
  const { id, projectId } = await begin();
  const robin = await studio.comeIn("Robin");
  for (const [method, path] of [
    ["GET", ""],
    ["GET", "/diagnostics"],
    ["POST", "/plan"],
    ["POST", "/execute"],
    ["POST", "/terminate"],
  ] as const) {
    const { status, body } = await robin.call(method, `/v1/episodes/${id}${path}`);
    expect([status, body.error.code], path).toEqual([404, "thing/not-found"]);
  }
  expect((await robin.call("GET", "/v1/episodes")).body.episodes).toEqual([]);
  expect((await robin.call("GET", `/v1/episodes?workspaceId=${maya.workspaceId}`)).status).toBe(404);
  expect(
    (await robin.call("POST", "/v1/episodes", { world_id: "w", intent: "x", workspaceId: maya.workspaceId })).status,
  ).toBe(404);
  const invite = await maya.call("POST", `/v1/workspaces/${maya.workspaceId}/invites`, { role: "viewer", projectId });
  expect((await robin.call("POST", "/v1/invites/accept", { token: invite.body.token })).status).toBe(200);
  expect((await robin.call("GET", `/v1/episodes/${id}`)).status).toBe(200);
  expect(
    (await robin.call("GET", "/v1/episodes")).body.episodes.map((one: { episode_id: string }) => one.episode_id),
  ).toEqual([id]);
  for (const call of ["plan", "execute", "terminate"])
    expect((await robin.call("POST", `/v1/episodes/${id}/${call}`)).status, call).toBe(403);
  await maya.call("DELETE", `/v1/projects/${projectId}`);
  expect((await maya.call("GET", `/v1/episodes/${id}`)).status).toBe(404);
});

test("episodes come in pages, newest first, and what is wrong with a request is named", async () => {
  const pager = await studio.comeIn("Pager");
  const made: string[] = [];
  for (const intent of ["One", "Two", "Three"]) made.unshift((await begin(intent, "w", pager)).id);
  const first = (await pager.call("GET", "/v1/episodes?limit=2")).body;
  const second = (await pager.call("GET", `/v1/episodes?limit=2&cursor=${first.cursor}`)).body;
  expect([...first.episodes, ...second.episodes].map((one: { episode_id: string }) => one.episode_id)).toEqual(made);
  expect(second.cursor).toBeUndefined();
  for (const [body, field] of [
    [{ intent: "x" }, "world_id"],
    [{ world_id: "w" }, "intent"],
    [{ world_id: "w", intent: "  " }, "intent"],
    [{ world_id: "w", intent: "x".repeat(8001) }, "intent"],
  ] as const) {
    const answer = await pager.call("POST", "/v1/episodes", body);
    expect([answer.status, answer.body.error.details.fields[0].field]).toEqual([400, field]);
  }
  expect((await pager.call("POST", `/v1/episodes/${made[0]}/plan`, { beats: 0 })).status).toBe(400);
  expect((await pager.call("GET", "/v1/episodes/nothing")).status).toBe(404);
  const key = { "idempotency-key": "once" };
  const twice = [1, 2].map(() => pager.call("POST", "/v1/episodes", { world_id: "w", intent: "Once" }, key));
  const ids = (await Promise.all(twice))
    .filter((answer) => answer.status === 201)
    .map((answer) => answer.body.episode_id);
  expect(new Set(ids).size).toBe(1);
});

/** A picture of one pixel, brought as people bring files. */
async function bring(projectId: string): Promise<void> {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const begun = await maya.call("POST", `/v1/projects/${projectId}/assets`, {
    name: "lighthouse.png",
    contentType: "image/png",
    bytes: png.byteLength,
    sha256: createHash("sha256").update(png).digest("hex"),
  });
  const { asset, upload } = begun.body;
  const link = new URL(upload.url, studio.url);
  const to = new URL(link.pathname + link.search, studio.url);
  expect((await fetch(to, { method: "PUT", headers: upload.headers, body: png })).ok).toBe(true);
  expect((await maya.call("POST", `/v1/assets/${asset.id}/complete`)).status).toBe(200);
}
