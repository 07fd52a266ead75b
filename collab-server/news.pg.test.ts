import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetProgress, keepProgress, openKeptProgress } from "#bus/kept-progress.ts";
import { publish } from "#bus/messages.ts";
import { ensureTopology } from "#bus/topology.ts";
import type { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import type { ProjectEvent } from "#domain/jobs/messages/project-event.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { CollabServer } from "./collab-server.ts";
import { ephemeralMessage } from "./frames.ts";
import { until } from "./testing/peer.ts";
import { openCollabStudio, startServer, type CollabStudio } from "./testing/studio.ts";

let studio: CollabStudio;
let server: CollabServer;
beforeAll(async () => {
  studio = await openCollabStudio();
  server = await startServer(studio);
});
afterAll(async () => {
  await server.stop();
  await studio.close();
});

const progressOf = (projectId: string, jobId: string, fraction: number, preview?: string): ProgressMessage => ({
  v: protocolVersion,
  jobId,
  projectId,
  shotId: "shot-1",
  attempt: 1,
  claim: "claim-01",
  agentId: "agent-1",
  state: "running",
  stage: "frames",
  fraction,
  ...(preview === undefined ? {} : { preview }),
});

test("progress and its picture reach the project's editors only, and whoever comes later gets the newest", async () => {
  const [projectId, elsewhere] = [await studio.addProject(), await studio.addProject()];
  const a = studio.join(server, projectId, await studio.addPerson(projectId, "viewer"));
  const stranger = studio.join(server, elsewhere, await studio.addPerson(elsewhere, "owner"));
  await until("both are in", () => a.provider.synced && stranger.provider.synced);
  const jobId = randomUUID();
  publish(studio.bus, subjects.progress(projectId, jobId), progressOf(projectId, jobId, 0.1, "anBlZw=="));
  publish(studio.bus, subjects.progress(projectId, jobId), progressOf(projectId, jobId, 0.5));
  publish(studio.bus, subjects.progress(projectId, jobId), { v: protocolVersion, nonsense: true });
  // What came within one window is one piece of news: the newest, with its picture.
  await until("a hears of it", () => a.jobFrames.length === 1 && a.ephemeralFrames.length === 1);
  expect(a.jobFrames[0]).toEqual({ type: "progress", progress: progressOf(projectId, jobId, 0.5) });
  expect(a.ephemeralFrames).toEqual([{ type: "preview", jobId, shotId: "shot-1", jpeg: "anBlZw==" }]);

  const late = studio.join(server, projectId, await studio.addPerson(projectId, "viewer"));
  await until("the late one hears", () => late.jobFrames.length === 1 && late.ephemeralFrames.length === 1);
  expect(late.jobFrames[0]).toEqual(a.jobFrames[0]);

  const done: ProjectEvent = {
    type: "job",
    job: {
      id: jobId,
      runId: "run",
      projectId,
      kind: "shot",
      capability: "video",
      state: "succeeded",
      progress: 1,
      attempt: 1,
      priority: 0,
      createdAt: new Date().toISOString(),
      artifacts: [],
    },
  };
  publish(studio.bus, subjects.projectEvents(projectId), done);
  await until("both hear of the end", () => a.jobFrames.length === 2 && late.jobFrames.length === 2);
  const later = studio.join(server, projectId, await studio.addPerson(projectId, "viewer"));
  await until("in", () => later.provider.synced);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(later.jobFrames).toEqual([]);
  expect([...stranger.jobFrames, ...stranger.ephemeralFrames]).toEqual([]);
});

test("an editor's drag is seen by the others while it lasts, a viewer's is not", async () => {
  const projectId = await studio.addProject();
  const a = studio.join(server, projectId, await studio.addPerson(projectId, "editor"));
  const b = studio.join(server, projectId, await studio.addPerson(projectId, "viewer"));
  await until("both are in", () => a.provider.synced && b.provider.synced);
  const drag = { type: "drag", from: "a", clipIds: ["c1"], deltaFrames: 12 };
  b.provider.ws?.send(ephemeralMessage(JSON.stringify({ ...drag, from: "b" })).head);
  a.provider.ws?.send(ephemeralMessage(JSON.stringify(drag)).head);
  await until("b sees it", () => b.ephemeralFrames.length === 1);
  expect(b.ephemeralFrames).toEqual([drag]);
  expect(a.ephemeralFrames).toEqual([]);
});

test("after a restart whoever comes sees the picture and the per cent of what runs, before its agent speaks again", async () => {
  await ensureTopology(studio.bus, 30);
  const projectId = await studio.addProject();
  const [running, over] = [randomUUID(), randomUUID()];
  keepProgress(studio.bus, progressOf(projectId, running, 0.4, "anBlZw=="));
  keepProgress(studio.bus, progressOf(projectId, over, 0.9));
  forgetProgress(studio.bus, { projectId, jobId: over });
  await studio.bus.flush();
  const restarted = await startServer(studio);
  await restarted.onBus;
  const kept = openKeptProgress(studio.bus);
  await expect.poll(async () => (await kept.list(projectId)).length).toBe(1);
  const late = studio.join(restarted, projectId, await studio.addPerson(projectId, "viewer"));
  await until("the late one hears", () => late.jobFrames.length === 1 && late.ephemeralFrames.length === 1);
  expect(late.jobFrames[0]).toEqual({ type: "progress", progress: progressOf(projectId, running, 0.4) });
  expect(late.ephemeralFrames[0]).toMatchObject({ jobId: running, jpeg: "anBlZw==" });
  await restarted.stop();
});

test("after the broker was away it asks for what was told meanwhile", async () => {
  // Of its own: the others' broker stays.
  const own = await openCollabStudio();
  const instance = await startServer(own);
  await instance.onBus;
  // Hears from the first moment on, unlike somebody who has to come back as well.
  await own.bus.jsm.streams.add({ name: "EAR", subjects: [subjects.eventsMissed] });
  await own.nats.kill();
  await own.nats.restart();
  const asked = () =>
    own.bus.jsm.streams.info("EAR").then(
      ({ state }) => state.messages,
      () => 0,
    );
  await expect.poll(asked, { timeout: 20_000 }).toBe(1);
  const stored = await own.bus.jsm.streams.getMessage("EAR", { last_by_subj: subjects.eventsMissed });
  expect(stored.json()).toEqual({ seconds: expect.any(Number) });
  await instance.stop();
  await own.close();
}, 40_000);
