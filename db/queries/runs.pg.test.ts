import { afterAll, beforeAll, expect, test } from "vitest";
import type { JoinRequest } from "#domain/jobs/messages/render-request.ts";
import { newestEventPosition } from "./event-position.ts";
import { inputsFor } from "./job-inputs.ts";
import { getJob, requestCancel } from "./jobs.ts";
import { eventsAfter } from "./project-events.ts";
import { setPriority } from "./queue-control.ts";
import { cancelRun } from "./run-cancel.ts";
import { retryJob, retryRun } from "./run-retry.ts";
import { getRun } from "./runs.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
});
afterAll(() => film.close());

test("a graph is queued with its steps, their parts and what each waits for", async () => {
  const { runId, jobs } = await film.queue([
    { key: "join", kind: "shot", dependsOn: ["chunk:0", "chunk:1"] },
    { key: "chunk:0", kind: "chunk", part: { head: "join", index: 0, count: 2 } },
    { key: "chunk:1", kind: "chunk", dependsOn: ["chunk:0"], part: { head: "join", index: 1, count: 2 } },
  ]);
  const rows = await film.rowsOf(runId);
  expect(rows.map((row) => [row.stepKey, row.blocked, row.parentId, row.partIndex])).toEqual([
    ["join", 2, null, null],
    ["chunk:0", 0, rows[0]!.id, 0],
    ["chunk:1", 1, rows[0]!.id, 1],
  ]);
  expect(rows[2]!.dependsOn).toEqual([rows[1]!.id]);
  expect(rows[0]).toMatchObject({ frames: 4, width: 640, height: 360, units: 4 });
  expect(jobs[1]).toMatchObject({ stepKey: "chunk:0", part: { headJobId: rows[0]!.id, index: 0, count: 2 } });
  // Places are asked for by whoever lists jobs.
  expect(jobs[1]!.queuePosition).toBeUndefined();
});

test("a step may wait for jobs of an earlier run, and not for what will never be done", async () => {
  const first = await film.queue([{ key: "planning" }, { key: "env" }]);
  const [planning, env] = first.jobs.map((job) => job.id);
  await film.move(first.runId, "planning", "succeeded");
  const second = await film.queue([{ key: "package", dependsOnJobs: [planning!, env!] }]);
  const waiting = () => film.row(second.jobs[0]!.id);
  expect(await waiting()).toMatchObject({ blocked: 1 });
  await film.move(first.runId, "env", "failed");
  expect(await waiting()).toMatchObject({ state: "failed" });
  await expect(film.queue([{ dependsOnJobs: [env!] }])).rejects.toMatchObject({ code: "run/wrong-state" });
  await expect(film.queue([{ dependsOnJobs: ["00000000-0000-7000-8000-000000000000"] }])).rejects.toMatchObject({
    code: "request/invalid",
  });
});

test("five thousand jobs are queued at once, in order", async () => {
  const { jobs } = await film.queue(Array.from({ length: 5000 }, (_, index) => ({ shotId: `shot-${index}` })));
  expect(jobs.map((job) => job.shotId)).toEqual(Array.from({ length: 5000 }, (_, index) => `shot-${index}`));
});

test("a retry that is asked for twice is one job", async () => {
  const { runId, jobs } = await film.queue([{ key: "only" }]);
  await film.move(runId, "only", "failed");
  const [one, two] = await Promise.all([retryJob(film.db, jobs[0]!.id, null), retryJob(film.db, jobs[0]!.id, null)]);
  expect(one.id).toBe(two.id);
  expect(one).toMatchObject({ retryOf: jobs[0]!.id, state: "queued" });
});

const chain = [
  { key: "join", kind: "shot" as const, request: aJoin(), dependsOn: ["chunk:0", "chunk:1", "chunk:2"] },
  ...[0, 1, 2].map((index) => ({
    key: `chunk:${index}`,
    kind: "chunk" as const,
    dependsOn: index === 0 ? [] : [`chunk:${index - 1}`],
    part: { head: "join", index, count: 3 },
  })),
];

function aJoin(): JoinRequest {
  const parts = [0, 1, 2].map((index) => ({ name: `chunk:${index}`, trimHead: 0, frames: 4 }));
  const fps = { num: 24, den: 1 };
  return { role: "join", parts, width: 640, height: 360, fps, frames: 12, prompt: "", seed: 1 };
}

/** Moves a step as an agent's work would. */
async function work(runId: string, step: string, to: "running" | "succeeded" | "failed", progress = 0): Promise<void> {
  await film.move(
    runId,
    step,
    to,
    to === "failed" ? { errorCode: "job/permanent", errorMessage: "no." } : { progress },
  );
}

const statesOf = async (runId: string) =>
  Object.fromEntries((await getRun(film.db, runId))!.jobs.map((job) => [job.stepKey, job.state]));

test("people see a chained shot as one job that runs from its first part on, and hear of it when a part moves", async () => {
  const before = await newestEventPosition(film.db, film.projectId);
  const { runId, jobs } = await film.queue(chain);
  const head = jobs[0]!.id;
  const shown = async () => {
    const { state, progress, message } = (await getJob(film.db, head))!;
    return { state, progress: Math.round(progress * 1000) / 1000, message };
  };
  expect(await shown()).toMatchObject({ state: "queued", progress: 0 });
  await work(runId, "chunk:0", "running", 0.5);
  expect(await shown()).toEqual({ state: "running", progress: 0.167, message: "Part 1 of 3" });
  await work(runId, "chunk:0", "succeeded", 1);
  await work(runId, "chunk:1", "running", 0.5);
  expect(await shown()).toEqual({ state: "running", progress: 0.5, message: "Part 2 of 3" });
  const told = (await eventsAfter(film.db, film.projectId, before)).flatMap(({ event }) =>
    event.type === "job" && event.job.id === head ? [event.job.progress] : [],
  );
  expect(told).toHaveLength(4);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(await getRun(film.db, runId)).toMatchObject({ kind: "test", state: "running", progress: 0.5 });
});

test("a step is handed what those it waited for have made, by their names", async () => {
  const { runId, jobs } = await film.queue([
    { key: "planning" },
    { key: "env", dependsOn: ["planning"] },
    { key: "package", dependsOn: ["planning", "env"] },
  ]);
  await film.move(runId, "planning", "succeeded", { output: { beats: 3 } });
  await film.addFile(jobs[1]!.id, "model", { name: "scene.glb", contentType: "model/gltf-binary" });
  await film.addFile(jobs[1]!.id, "splat", { name: "background.splat", contentType: "application/octet-stream" });
  await film.move(runId, "env", "succeeded");
  const rows = await film.rowsOf(runId);
  const inputs = await inputsFor(film.db, rows);
  expect(inputs.get(jobs[0]!.id)).toBeUndefined();
  expect(inputs.get(jobs[1]!.id)).toEqual([{ name: "planning", fromJobId: jobs[0]!.id, output: { beats: 3 } }]);
  expect(inputs.get(jobs[2]!.id)!.map(({ name, role, meta }) => [name, role, meta?.["engine"]])).toEqual([
    ["planning", undefined, undefined],
    ["env/background.splat", "splat", "test"],
    ["env/scene.glb", "model", "test"],
  ]);
  expect(await inputsFor(film.db, rows.slice(0, 1))).toEqual(new Map());
});

test("a run is retried from the last good step: what succeeded is used again, the rest has new jobs in the same run", async () => {
  const { runId, jobs } = await film.queue(chain);
  await work(runId, "chunk:0", "succeeded");
  await work(runId, "chunk:1", "failed");
  expect(await statesOf(runId)).toEqual({
    join: "failed",
    "chunk:0": "succeeded",
    "chunk:1": "failed",
    "chunk:2": "failed",
  });
  expect((await getRun(film.db, runId))!.state).toBe("failed");
  const run = (await retryRun(film.db, runId, "u1"))!;
  expect(await statesOf(runId)).toEqual({
    join: "running",
    "chunk:0": "succeeded",
    "chunk:1": "queued",
    "chunk:2": "queued",
  });
  const now = new Map(run.jobs.map((job) => [job.stepKey, job]));
  expect(now.get("chunk:0")).toMatchObject({ id: jobs[1]!.id, part: { headJobId: now.get("join")!.id } });
  expect(now.get("join")).toMatchObject({ retryOf: jobs[0]!.id });
  expect(await film.row(jobs[2]!.id)).toMatchObject({ state: "failed", supersededBy: now.get("chunk:1")!.id });
  const fresh = (await film.rowsOf(runId)).filter((row) => row.supersededBy === null);
  expect(Object.fromEntries(fresh.map((row) => [row.stepKey, row.blocked]))).toEqual({
    "chunk:0": 0,
    "chunk:1": 0,
    "chunk:2": 1,
    join: 2,
  });
  // Asked again while it goes on, nothing changes.
  expect((await retryRun(film.db, runId, "u1"))!.jobs.map((job) => job.id)).toEqual(run.jobs.map((job) => job.id));
  for (const step of ["chunk:1", "chunk:2", "join"]) await work(runId, step, "succeeded");
  expect(await getRun(film.db, runId)).toMatchObject({ state: "succeeded", progress: 1 });
  await expect(retryRun(film.db, runId, "u1")).rejects.toMatchObject({ code: "run/wrong-state" });
  expect(await retryRun(film.db, "00000000-0000-7000-8000-000000000000", "u1")).toBeNull();
});

test("retrying the job of a chained shot retries what it lacks, once, however often it is asked", async () => {
  const { runId, jobs } = await film.queue(chain);
  await work(runId, "chunk:0", "succeeded");
  await work(runId, "chunk:1", "succeeded");
  await work(runId, "chunk:2", "failed");
  const [one, two] = await Promise.all([retryJob(film.db, jobs[0]!.id, null), retryJob(film.db, jobs[0]!.id, null)]);
  expect(one).toMatchObject({ stepKey: "join", runId, retryOf: jobs[0]!.id, state: "running" });
  expect(two.id).toBe(one.id);
  expect(await statesOf(runId)).toEqual({
    join: "running",
    "chunk:0": "succeeded",
    "chunk:1": "succeeded",
    "chunk:2": "queued",
  });
  await work(runId, "chunk:2", "failed");
  await expect(retryJob(film.db, jobs[0]!.id, null)).rejects.toMatchObject({ code: "job/wrong-state" });
  expect(await retryJob(film.db, one.id, null)).toMatchObject({ retryOf: one.id });
});

test("a named step is done again although it succeeded, and with it what was made of it", async () => {
  const { runId } = await film.queue([
    { key: "planning" },
    { key: "env", dependsOn: ["planning"] },
    { key: "sync", dependsOn: ["env"] },
  ]);
  for (const step of ["planning", "env", "sync"]) await work(runId, step, "succeeded");
  await retryRun(film.db, runId, "u1", { steps: ["env"] });
  expect(await statesOf(runId)).toEqual({ planning: "succeeded", env: "queued", sync: "queued" });
  await work(runId, "env", "running");
  await expect(retryRun(film.db, runId, "u1", { steps: ["sync", "env"] })).rejects.toMatchObject({
    code: "run/wrong-state",
  });
});

test("a chained shot that is called off ends between its parts, and inside one it takes that one along", async () => {
  const between = await film.queue(chain);
  await work(between.runId, "chunk:0", "succeeded");
  expect((await requestCancel(film.db, between.jobs[0]!.id)).state).toBe("cancelled");
  expect(await statesOf(between.runId)).toEqual({
    join: "cancelled",
    "chunk:0": "succeeded",
    "chunk:1": "cancelled",
    "chunk:2": "cancelled",
  });
  expect((await getRun(film.db, between.runId))!.state).toBe("cancelled");

  const inside = await film.queue(chain);
  await work(inside.runId, "chunk:0", "running", 0.3);
  await requestCancel(film.db, inside.jobs[0]!.id);
  await requestCancel(film.db, inside.jobs[0]!.id);
  const states = { join: "cancelled", "chunk:0": "cancelling", "chunk:1": "cancelled", "chunk:2": "cancelled" };
  expect(await statesOf(inside.runId)).toEqual(states);
  await expect(retryRun(film.db, inside.runId, "u1")).rejects.toMatchObject({ code: "run/wrong-state" });
  // The part that was being called off wins the race: nothing goes on from it.
  await work(inside.runId, "chunk:0", "succeeded");
  expect(await statesOf(inside.runId)).toEqual({ ...states, "chunk:0": "succeeded" });
  await retryRun(film.db, inside.runId, "u1");
  expect(await statesOf(inside.runId)).toMatchObject({ "chunk:0": "succeeded", "chunk:1": "queued", join: "running" });
});

test("a chained shot that is moved ahead takes its parts along", async () => {
  const { runId, jobs } = await film.queue(chain);
  await work(runId, "chunk:0", "running");
  await setPriority(film.db, jobs[0]!.id, 7);
  const rows = await film.rowsOf(runId);
  expect(rows.map((row) => row.priority)).toEqual([7, 0, 7, 7]);
});

test("a run is called off as a whole; what succeeded stays, and asking again changes nothing", async () => {
  const { runId } = await film.queue([{ key: "a" }, { key: "b" }, { key: "c" }, { key: "d", dependsOn: ["c"] }]);
  await work(runId, "a", "succeeded");
  await work(runId, "b", "running");
  const once = await cancelRun(film.db, runId);
  expect(once).toMatchObject({ state: "running" });
  expect(await statesOf(runId)).toEqual({ a: "succeeded", b: "cancelling", c: "cancelled", d: "cancelled" });
  const told = await newestEventPosition(film.db, film.projectId);
  await cancelRun(film.db, runId);
  expect(await newestEventPosition(film.db, film.projectId)).toBe(told);
  await film.move(runId, "b", "cancelled");
  expect(await cancelRun(film.db, runId)).toMatchObject({ state: "partial" });
  expect(await cancelRun(film.db, "00000000-0000-7000-8000-000000000000")).toBeNull();
});
