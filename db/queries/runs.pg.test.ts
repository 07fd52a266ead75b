import { afterAll, beforeAll, expect, test } from "vitest";
import { retryJob, runState } from "./runs.ts";
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

test("a run is what its jobs are", () => {
  expect(runState(["queued", "queued"])).toBe("queued");
  expect(runState(["succeeded", "queued"])).toBe("running");
  expect(runState(["succeeded", "succeeded"])).toBe("succeeded");
  expect(runState(["succeeded", "failed"])).toBe("partial");
  expect(runState(["failed", "cancelled"])).toBe("failed");
  expect(runState(["expired"])).toBe("failed");
  expect(runState(["cancelled"])).toBe("cancelled");
});
