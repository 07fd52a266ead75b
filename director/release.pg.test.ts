import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openAgents } from "#bus/agents.ts";
import { listReleased } from "#bus/job-queue.ts";
import { pauseQueue } from "#db/queries/queue-control.ts";
import { createRun } from "#db/queries/runs.ts";
import { jobs } from "#db/schema/work.ts";
import { projects, workspaces } from "#db/schema/workspace.ts";
import type { GraphNode } from "#domain/jobs/graph.ts";
import type { AgentInfo } from "#domain/jobs/messages/agent-info.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import { startTestStudio, type TestStudio } from "./testing/studio.ts";
import { aVideoRequest } from "./testing/video-request.ts";

// Agents that report and take nothing: what is released stays to be looked at.
let studio: TestStudio;
beforeAll(async () => {
  studio = await startTestStudio();
  await Promise.all([studio.startDirector(), studio.startDirector()]);
}, 60_000);
afterAll(() => studio.stop());
afterEach(async () => {
  await openAgents(studio.bus).leave("a1");
  await studio.handle.db.delete(jobs);
  await studio.bus.jsm.streams.purge("GPU_JOBS");
});

const anAgent = (slots: number, over: Partial<AgentInfo> = {}) =>
  openAgents(studio.bus).report({
    v: protocolVersion,
    id: "a1",
    engines: [{ id: "test", capabilities: ["video", "image", "export"], models: [], version: "1", limits: {} }],
    device: "cpu",
    memory: { ramBytes: 1 },
    slots,
    state: "idle",
    running: [],
    speed: {},
    at: "",
    ...over,
  });

async function aWorkspace(limits: Partial<typeof workspaces.$inferInsert> = {}) {
  const { db } = studio.handle;
  const [workspace] = await db
    .insert(workspaces)
    .values({ name: "W", ...limits })
    .returning();
  const [project] = await db.insert(projects).values({ workspaceId: workspace!.id, title: "P" }).returning();
  const queue = async (count: number, over: Partial<GraphNode> = {}) => {
    const node: GraphNode = { kind: "shot", lane: "batch", request: aVideoRequest(), ...over };
    const run = { workspaceId: workspace!.id, projectId: project!.id, kind: "test" as const, createdBy: "u1" };
    return (await createRun(db, { ...run, nodes: Array.from({ length: count }, () => node) })).jobs.map(({ id }) => id);
  };
  return { projectId: project!.id, queue };
}

/** Positions in the work queue by job, when nothing is added for a while. */
async function releasedNow(count: number): Promise<Map<string, number[]>> {
  await expect.poll(async () => (await listReleased(studio.bus)).size, { timeout: 10_000 }).toBe(count);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const released = await listReleased(studio.bus);
  expect(released.size).toBe(count);
  return released;
}

test("an agent is handed twice its slots, whatever it can do, and each job once by two directors", async () => {
  const one = await aWorkspace();
  const ids = await one.queue(30);
  await one.queue(5, { request: { ...aVideoRequest(), role: "image", atFraction: 0 } as GraphNode["request"] });
  await anAgent(8);
  const released = await releasedNow(16);
  expect([...released.values()].every((places) => places.length === 1)).toBe(true);
  const rows = await studio.handle.db
    .select()
    .from(jobs)
    .where(sql`released_at is not null`);
  expect(rows.map((row) => row.id).sort()).toEqual([...released.keys()].sort());
  expect([...released.keys()].filter((id) => ids.includes(id)).length).toBeGreaterThanOrEqual(11);
});

test("behind six thousand jobs of one workspace another's single job is among the next", async () => {
  const crowd = await aWorkspace();
  const [first] = await crowd.queue(1);
  await studio.handle.db.execute(sql`
    insert into jobs (id, run_id, workspace_id, project_id, kind, capability, lane, request, priority)
    select gen_random_uuid(), run_id, workspace_id, project_id, kind, capability, lane, request, 50
    from jobs, generate_series(1, 6000) where id = ${first!}`);
  const small = await aWorkspace();
  const [single] = await small.queue(1);
  // Postgres tells of the job and the broker of the agent: only the first must have arrived for sure.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await anAgent(1);
  expect([...(await releasedNow(2)).keys()]).toContain(single);
});

test("a paused film's jobs come back from the work queue and go again when it is let go", async () => {
  const film = await aWorkspace();
  await anAgent(2);
  const ids = await film.queue(4);
  await releasedNow(4);
  const pause = (isPaused: boolean) => pauseQueue(studio.handle.db, film.projectId, { isPaused, by: "u1", agents: 1 });
  await pause(true);
  await releasedNow(0);
  await film.queue(1);
  await releasedNow(0);
  await pause(false);
  expect([...(await releasedNow(4)).keys()].sort()).toEqual([...ids].sort());
});

test("a workspace has no more jobs out than its limit, and the next one goes when one of them has ended", async () => {
  const limited = await aWorkspace({ maxRunning: 2 });
  const ids = await limited.queue(4);
  await anAgent(5);
  const released = await releasedNow(2);
  expect([...released.keys()].sort()).toEqual(ids.slice(0, 2).sort());
  await studio.handle.db.update(jobs).set({ state: "succeeded", finishedAt: new Date() }).where(eq(jobs.id, ids[0]!));
  await studio.bus.jsm.streams.deleteMessage("GPU_JOBS", released.get(ids[0]!)![0]!);
  expect([...(await releasedNow(2)).keys()].sort()).toEqual(ids.slice(1, 3).sort());
});

test("what nobody here can do waits, and goes as soon as an agent comes that can", async () => {
  const film = await aWorkspace();
  const [large] = await film.queue(1, { request: aVideoRequest(), engineWanted: "ltx" });
  const [plain] = await film.queue(1);
  await anAgent(3);
  expect([...(await releasedNow(1)).keys()]).toEqual([plain]);
  const ltx = { id: "ltx", capabilities: ["video" as const], models: [], version: "1", limits: { maxFrames: 505 } };
  await anAgent(3, { engines: [ltx] });
  expect([...(await releasedNow(2)).keys()]).toContain(large);
});

test("a draining agent is handed nothing", async () => {
  const film = await aWorkspace();
  await anAgent(3, { state: "draining" });
  await film.queue(2);
  await releasedNow(0);
  await anAgent(3);
  await releasedNow(2);
});
