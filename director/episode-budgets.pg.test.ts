import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { spentBy } from "#db/queries/episode-budgets.ts";
import { changeEpisode, findEpisode, insertEpisode } from "#db/queries/episodes.ts";
import { lockRow, moveJob } from "#db/queries/job-moves.ts";
import { createRun } from "#db/queries/runs.ts";
import { jobAttempts } from "#db/schema/work.ts";
import type { Budget } from "#domain/episode/budget.ts";
import type { JobState } from "#domain/jobs/lifecycle.ts";
import { startTestStudio, type TestStudio } from "./testing/studio.ts";
import { aVideoRequest } from "./testing/video-request.ts";

let studio: TestStudio;
beforeAll(async () => {
  studio = await startTestStudio();
  await studio.startDirector();
}, 60_000);
afterAll(() => studio.stop());

/** An episode of three beats that wait for an agent, within a budget. */
async function execute(budget: Budget | null): Promise<{ id: string; runId: string; beats: string[] }> {
  const { db } = studio.handle;
  const { workspaceId, projectId } = studio;
  const mine = { workspaceId, projectId, createdBy: "u1" };
  const { id } = await insertEpisode(db, { ...mine, worldKey: "w", intent: "Rain." });
  const nodes = [1, 2, 3].map((number) => ({
    ...{ key: `beat:${number}`, kind: "shot" as const, lane: "batch" as const, request: aVideoRequest() },
  }));
  const { runId, jobs } = await createRun(db, { ...mine, kind: "episode", nodes });
  await changeEpisode(db, id, { state: "EXECUTING", runId, budget });
  return { id, runId, beats: jobs.map((job) => job.id) };
}
const attempt = (jobId: string, number: number, outcome: string | null, seconds: number | null) =>
  studio.handle.db.insert(jobAttempts).values({
    ...{ jobId, attempt: number, agentId: "a1", claim: v7(), outcome, seconds },
    ...(outcome === null ? {} : { finishedAt: new Date() }),
  });
async function becomes(jobId: string, ...states: JobState[]): Promise<void> {
  for (const state of states)
    await studio.handle.db.transaction(async (tx) => moveJob(tx, (await lockRow(tx, jobId))!, state, {}));
}
const stateOf = async (id: string) => (await findEpisode(studio.handle.db, id))?.state;
const statesOf = (beats: string[]) => Promise.all(beats.map(async (beat) => (await studio.job(beat)).state));

test("an episode that has used its attempts up is abandoned by the director, and says why", async () => {
  const { id, beats } = await execute({ risk: "daring", attempts: 3, gpuSeconds: null });
  await attempt(beats[0]!, 1, "failed", 2);
  await attempt(beats[0]!, 2, "handed_back", 1);
  await becomes(beats[1]!, "leased", "running");
  await attempt(beats[1]!, 1, null, null);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(await stateOf(id)).toBe("EXECUTING");
  await attempt(beats[0]!, 3, "failed", 2);
  await attempt(beats[0]!, 4, "lost", 0);
  await expect.poll(() => stateOf(id), { timeout: 15_000 }).toBe("ABANDONED");
  expect((await findEpisode(studio.handle.db, id))?.terminatedReason).toContain(
    "4 attempts were made of a budget of 3",
  );
  await expect.poll(() => statesOf(beats), { timeout: 10_000 }).toEqual(["cancelled", "cancelled", "cancelled"]);
});

test("seconds of an attempt under way count until now; what has no budget goes on whatever it costs", async () => {
  const free = await execute(null);
  const bound = await execute({ risk: "balanced", attempts: null, gpuSeconds: 60 });
  for (const { beats } of [free, bound]) {
    await attempt(beats[0]!, 1, "succeeded", 40);
    await attempt(beats[1]!, 1, null, null);
  }
  for (const { beats } of [free, bound])
    await studio.handle.sql`
      update job_attempts set started_at = now() - interval '25 seconds' where job_id = ${beats[1]!}`;
  const spent = (await spentBy(studio.handle.db, [bound.runId])).get(bound.runId);
  expect(spent).toMatchObject({ attempts: 2, running: 1 });
  expect(spent?.gpuSeconds).toBeGreaterThan(64);
  expect(spent?.gpuSeconds).toBeLessThan(80);
  await expect.poll(() => stateOf(bound.id), { timeout: 15_000 }).toBe("ABANDONED");
  expect(await stateOf(free.id)).toBe("EXECUTING");
  expect(await statesOf(free.beats)).toEqual(["queued", "queued", "queued"]);
});
