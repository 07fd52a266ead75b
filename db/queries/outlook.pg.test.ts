import { afterAll, beforeAll, expect, test } from "vitest";
import { jobAttempts, jobs as jobRows } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import type { AgentInfo } from "#domain/jobs/messages/agent-info.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import type { VideoRequest } from "#domain/jobs/messages/render-request.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { eq } from "drizzle-orm";
import { measuredHistory } from "./history.ts";
import { outlookOf, readQueueAhead } from "./outlook.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
});
afterAll(() => film.close());

const anAgent = (id: string, runs: Id[], slots = 1): AgentInfo => ({
  v: protocolVersion,
  id,
  engines: [{ id: "previz", capabilities: ["video"], models: [], version: "1", limits: {} }],
  device: "test",
  memory: { ramBytes: 1 },
  slots,
  state: runs.length > 0 ? "busy" : "idle",
  running: runs.map((jobId) => ({ jobId, kind: "shot", startedAt: new Date().toISOString() })),
  speed: {},
  at: new Date().toISOString(),
});

/** Jobs of this many frames at 640 × 360. */
async function queue(...frames: number[]): Promise<JobView[]> {
  const template = (await film.queue([{ kind: "stage" }])).jobs[0]!;
  const request = (await film.row(template.id)).request as VideoRequest;
  await film.db.delete(jobRows).where(eq(jobRows.id, template.id));
  const nodes = frames.map((count) => ({ request: { ...request, width: 640, height: 360, frames: count } }));
  return (await film.queue(nodes)).jobs;
}

test("queued jobs know when they begin and how long they take, from what the fleet measured at their size", async () => {
  const [running, short, long, blockedBy] = await queue(48, 48, 480, 48);
  // Two seconds to begin and a tenth of a second for each frame; another engine's music says nothing about it.
  const done = [24, 96, 240].map((frames, index) => ({
    jobId: running!.id,
    attempt: 10 + index,
    agentId: "a",
    outcome: "succeeded",
    engine: "previz",
    capability: "video",
    units: frames,
    frames,
    width: 640,
    height: 360,
    seconds: 2 + frames / 10,
    finishedAt: new Date(),
  }));
  await film.db.insert(jobAttempts).values([
    ...done,
    {
      ...done[0]!,
      attempt: 20,
      capability: "audio.music",
      engine: "band",
      units: 8,
      seconds: 99,
      width: null,
      height: null,
    },
    { ...done[0]!, attempt: 21, outcome: "failed", seconds: 500 },
  ]);
  expect(
    (await measuredHistory(film.db)).map(({ engine, seconds }) => `${engine} ${Math.round(seconds * 10) / 10}`).sort(),
  ).toEqual(["band 99", "previz 11.6", "previz 26", "previz 4.4"]);
  await film.db
    .update(jobRows)
    .set({ state: "running", attempt: 1, claim: "c", progress: 0.5, startedAt: new Date() })
    .where(eq(jobRows.id, running!.id));

  const ahead = await readQueueAhead(film.db, [anAgent("a", [running!.id])]);
  const outlook = outlookOf(ahead);
  // Half of 6.8 s is left of what runs; then one after the other.
  expect(ahead.left.get(running!.id)).toBeCloseTo(3.4, 1);
  expect(outlook.get(short!.id)?.waitSeconds).toBeCloseTo(3.4, 1);
  expect(outlook.get(short!.id)?.runSeconds).toBeCloseTo(6.8, 1);
  expect(outlook.get(long!.id)?.waitSeconds).toBeCloseTo(10.2, 1);
  expect(outlook.get(long!.id)?.runSeconds).toBeCloseTo(50, 1);
  expect(outlook.get(blockedBy!.id)?.waitSeconds).toBeCloseTo(60.2, 1);

  const two = outlookOf(await readQueueAhead(film.db, [anAgent("a", [running!.id]), anAgent("b", [], 2)]));
  expect(two.get(short!.id)?.waitSeconds).toBe(0);
  expect(outlookOf(await readQueueAhead(film.db, [])).size).toBe(0);
});

test("history is read by its index, a few rows of each engine", async () => {
  const [job] = await queue(48);
  const many = Array.from({ length: 3000 }, (_, index) => ({
    jobId: job!.id,
    attempt: 100 + index,
    agentId: "a",
    outcome: "succeeded",
    engine: index % 2 === 0 ? "previz" : "ltx",
    capability: "image",
    units: 1,
    seconds: 1,
    finishedAt: new Date(),
  }));
  for (let from = 0; from < many.length; from += 1000)
    await film.db.insert(jobAttempts).values(many.slice(from, from + 1000));
  const history = (await measuredHistory(film.db)).filter((one) => one.capability === "image");
  expect(history.length).toBe(120);
  expect(new Set(history.map((one) => one.engine)).size).toBe(2);
});
