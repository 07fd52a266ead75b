import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDb } from "#db/client.ts";
import { readFilmDocument } from "#db/queries/film-documents.ts";
import { documentIdOf } from "#domain/ids.ts";
import { startCollabServer, type CollabServer } from "./collab-server.ts";
import { loadEnv } from "./env.ts";
import { docOf, until } from "./testing/peer.ts";
import { openCollabStudio, type CollabStudio } from "./testing/studio.ts";

let studio: CollabStudio;
let server: CollabServer;
beforeAll(async () => {
  studio = await openCollabStudio();
  server = await startCollabServer(loadEnv(studio.env), pino({ level: "warn" }));
});
afterAll(async () => {
  await server.stop();
  await studio.close();
});

async function storedText(projectId: string): Promise<string> {
  const handle = openDb(studio.databaseUrl, { name: "reader", max: 1 });
  const updates = await readFilmDocument(handle.db, documentIdOf(projectId));
  await handle.close();
  return docOf(updates ?? []).getText("screenplay").toString();
}

test("two people end with the same text, and Postgres holds it", async () => {
  const projectId = await studio.addProject();
  const a = studio.join(server, projectId, await studio.addPerson(projectId, "owner"));
  const b = studio.join(server, projectId, await studio.addPerson(projectId, "editor"));
  await until("both are in sync", () => a.provider.synced && b.provider.synced);
  for (let i = 0; i < 50; i += 1) {
    a.type("a");
    b.type("b");
    if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await until("all is saved", () => a.isSaved && b.isSaved);
  await until("texts are equal", () => a.text === b.text && a.text.length === 100);
  expect(await storedText(projectId)).toBe(a.text);
});
