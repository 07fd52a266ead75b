/** However many films are visited, only a few that nobody is in stay in memory. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { CollabServer } from "./collab-server.ts";
import { until } from "./testing/peer.ts";
import { openCollabStudio, startServer, type CollabStudio } from "./testing/studio.ts";

vi.mock("./limits.ts", async (original) => {
  const { limits } = await original<typeof import("./limits.ts")>();
  return { limits: { ...limits, maxUnusedRooms: 2, unloadAtLeastAfterMs: 100, sweepMs: 50, putAwayTogether: 2 } };
});

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

async function roomsOpen(): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/healthz`);
  return ((await answer.json()) as { rooms: number }).rooms;
}

test("of many films just left the longest unused are put away at once, those with people in them stay", async () => {
  const films = await Promise.all(
    Array.from({ length: 7 }, async () => {
      const projectId = await studio.addProject();
      return { projectId, userId: await studio.addPerson(projectId, "editor") };
    }),
  );
  const [first, ...others] = films.map(({ projectId, userId }) => studio.join(server, projectId, userId));
  for (const peer of [first!, ...others]) {
    peer.type("kept");
    await until("saved", () => peer.isSaved);
  }
  expect(await roomsOpen()).toBe(7);
  for (const peer of others) peer.close();
  await until(
    "three are open: two unused ones, and the one with somebody in it",
    async () => (await roomsOpen()) === 3,
  );
  first!.type(" and more");
  await until("saved", () => first!.isSaved);
  for (const { projectId, userId } of films.slice(1)) {
    const back = studio.join(server, projectId, userId);
    await until("whole again", () => back.provider.synced && back.text === "kept");
    back.close();
  }
  first!.close();
});
