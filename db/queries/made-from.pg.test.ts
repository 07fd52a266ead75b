import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { madeFrom } from "#domain/film/staleness.ts";
import { aFilm, aShot } from "#domain/prompt/testing/a-film.ts";
import { shotNodes } from "#domain/jobs/chain.ts";
import type { GraphNode } from "#domain/jobs/graph.ts";
import type { Artifact } from "#domain/jobs/messages/artifact.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import { aVideoRequest } from "#domain/jobs/testing/video-request.ts";
import { eventsAfter } from "./project-events.ts";
import { recordResult } from "./results.ts";
import { retryJob, retryRun } from "./run-retry.ts";
import { listTakes } from "./takes.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
});
afterAll(() => film.close());

const made = madeFrom(aFilm(), aShot({ action: "Rain." }), { seed: 7, engineWanted: "previz" });
const video: Artifact = {
  ...{ role: "video", name: "video", sha256: "0".repeat(64), bytes: 9, contentType: "video/mp4", meta: {} },
};

/** The job ends as its agent says. */
async function end(jobId: string, well: boolean): Promise<void> {
  const { attempt } = await film.row(jobId);
  await recordResult(
    film.db,
    {
      ...{ v: protocolVersion, jobId, projectId: film.projectId, attempt: attempt + 1, claim: randomUUID() },
      outcome: well
        ? { status: "succeeded", artifacts: [video] }
        : { status: "failed", kind: "permanent", message: "No." },
      agentId: "a1",
      runtime: { engine: "previz", device: "none", seconds: 1 },
    },
    null,
    () => ({ retry: false }),
  );
}

const shot = (shotId: string, limit: number): GraphNode[] =>
  shotNodes(
    aVideoRequest({ frames: 20 }),
    { key: "shot:0", kind: "shot", lane: "batch", shotId, madeFrom: made },
    { maxFrames: limit },
  );

test("a take knows what its shot said when it was asked for, and so does whoever hears of it", async () => {
  const { jobs } = await film.queue(shot("whole", 100));
  await end(jobs[0]!.id, true);
  const [take] = await listTakes(film.db, film.projectId, "whole");
  expect(take).toMatchObject({ shotId: "whole", number: 1, madeFrom: made });
  const told = (await eventsAfter(film.db, film.projectId, 0, 1000)).flatMap(({ event }) =>
    event.type === "take" ? [event.take.madeFrom] : [],
  );
  expect(told).toEqual([made]);
});

test("of a long shot its head knows, its chunks need not", async () => {
  const { runId, jobs } = await film.queue(shot("long", 12));
  const rows = await film.rowsOf(runId);
  expect(rows.map((row) => [row.stepKey, row.madeFrom !== null])).toEqual([
    ["shot:0", true],
    ["shot:0/chunk:0", false],
    ["shot:0/chunk:1", false],
  ]);
  for (const job of [...jobs.slice(1), jobs[0]!]) await end(job.id, true);
  expect((await listTakes(film.db, film.projectId, "long"))[0]?.madeFrom).toEqual(made);
});

test("what takes the place of a step that failed is made from the same, by itself, in its run, and of parts", async () => {
  const alone = await film.queue([{ kind: "shot", shotId: "alone", request: aVideoRequest(), madeFrom: made }]);
  await end(alone.jobs[0]!.id, false);
  expect((await film.row((await retryJob(film.db, alone.jobs[0]!.id, null)).id)).madeFrom).toEqual(made);

  const many = await film.queue(shot("many", 12));
  await end(many.jobs[1]!.id, false);
  const again = await retryRun(film.db, many.runId, null);
  const head = again!.jobs.find((job) => job.stepKey === "shot:0")!;
  expect(head.id).not.toBe(many.jobs[0]!.id);
  expect((await film.row(head.id)).madeFrom).toEqual(made);
});

test("a take whose record cannot be read is a take all the same", async () => {
  const broken = { v: 9 } as unknown as typeof made;
  const { jobs } = await film.queue([{ kind: "shot", shotId: "odd", request: aVideoRequest(), madeFrom: broken }]);
  await end(jobs[0]!.id, true);
  expect(await listTakes(film.db, film.projectId, "odd")).toEqual([expect.not.objectContaining({ madeFrom: broken })]);
});
