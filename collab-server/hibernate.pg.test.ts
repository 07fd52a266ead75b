/** Rooms that nobody writes in let go of their documents, and nobody notices. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { CollabServer } from "./collab-server.ts";
import { until } from "./testing/peer.ts";
import { openCollabStudio, startServer, type CollabStudio } from "./testing/studio.ts";

vi.mock("./limits.ts", async (original) => {
  const { limits } = await original<typeof import("./limits.ts")>();
  return {
    limits: { ...limits, hibernateAfterMs: 250, unloadAfterMs: 400, indexAfterQuietMs: 50, sweepMs: 50, rowsAsleep: 5 },
  };
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

async function health(): Promise<{ rooms: number; asleep: number }> {
  return (await fetch(`http://127.0.0.1:${server.port}/healthz`)).json() as Promise<{ rooms: number; asleep: number }>;
}

test("a quiet room falls asleep with people in it; whoever comes, edits or comes back finds all of it", async () => {
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "editor");
  const a = studio.join(server, projectId, userId);
  for (let i = 0; i < 12; i += 1) {
    a.type(`line ${i}. `);
    await until("saved", () => a.isSaved);
  }
  a.doc.getText("screenplay").delete(0, 3);
  await until("saved", () => a.isSaved);
  await until("it sleeps", async () => (await health()).asleep === 1);
  const [row] =
    await studio.sql`select snapshot_position as p, position as head from film_documents where project_id = ${projectId}`;
  expect(row?.["p"]).toBe(row?.["head"]);

  const late = studio.join(server, projectId, userId);
  await until("a newcomer", () => late.provider.synced);
  expect(late.textAtSync).toBe(a.text);
  await until("it sleeps again", async () => (await health()).asleep === 1);
  a.type("written to a sleeping room. ");
  await until("seen and saved", () => a.isSaved && late.text === a.text);
  await until("it sleeps again", async () => (await health()).asleep === 1);
  late.provider.disconnect();
  late.type("meanwhile. ");
  late.provider.connect();
  await until("coming back", () => late.isSaved && a.text === late.text);
  expect((await studio.stored(projectId)).getText("screenplay").toString()).toBe(a.text);
  for (const peer of [a, late]) peer.close();
});

test("a room that everybody left is forgotten, with a short log and a version behind", async () => {
  await until("nothing is open", async () => (await health()).rooms === 0);
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "editor");
  const a = studio.join(server, projectId, userId);
  a.type("kept");
  await until("saved", () => a.isSaved);
  a.close();
  await until("forgotten", async () => (await health()).rooms === 0);
  const [row] = await studio.sql`
    select (select count(*) from film_updates u where u.document_id = d.id) as rows,
      (select count(*) from film_versions v where v.document_id = d.id) as versions
    from film_documents d where project_id = ${projectId}`;
  expect([Number(row?.["rows"]), Number(row?.["versions"])]).toEqual([0, 1]);
  const b = studio.join(server, projectId, userId);
  await until("found again", () => b.provider.synced);
  expect(b.textAtSync).toBe("kept");
});

test("what the process counts can be read by Prometheus", async () => {
  const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  for (const line of text.trim().split("\n"))
    expect(line).toMatch(/^(# TYPE [a-z_]+ (gauge|counter|histogram)|[a-z_]+(\{le="[^"]+"\})? [0-9.]+)$/);
  expect(Number(/^backlot_collab_edits_total (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(10);
  expect(Number(/^backlot_collab_commit_seconds_count (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(10);
});
