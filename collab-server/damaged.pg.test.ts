/** An update that decodes and that Yjs still cannot apply: nobody can tell before a document is loaded. */
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { documentIdOf } from "#domain/ids.ts";
import type { CollabServer } from "./collab-server.ts";
import { until } from "./testing/peer.ts";
import { openCollabStudio, startServer, type CollabStudio } from "./testing/studio.ts";
import { inspectUpdate } from "./updates.ts";

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

/** A record whose field names as its parent something of the same client that is still to come. */
function poison(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 5;
  doc.getMap("shots").set("s", new Y.Map([["title", "x"]]));
  const good = Y.encodeStateAsUpdate(doc);
  for (let at = 0; at < good.length; at += 1) {
    const bad = Uint8Array.from(good);
    bad[at] = 100;
    try {
      Y.decodeUpdate(bad);
    } catch {
      continue;
    }
    try {
      Y.applyUpdate(new Y.Doc(), bad);
    } catch {
      return bad;
    }
  }
  throw new Error("Yjs has learnt to apply all of them");
}

test("what Yjs would fail on is refused at the door", () => {
  expect(() => inspectUpdate(poison())).toThrow("a later one");
});

test("a poisoned document becomes read-only and named; what can be read of it is, and the process lives", async () => {
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "editor");
  const a = studio.join(server, projectId, userId);
  a.type("good words. ");
  await until("saved", () => a.isSaved);
  a.close();
  // From before there was the check at the door.
  await studio.sql`update film_documents set position = position + 1 where project_id = ${projectId}`;
  await studio.sql`
    insert into film_updates (document_id, position, bytes)
    select id, position, ${Buffer.from(poison())} from film_documents where project_id = ${projectId}`;
  const other = await startServer(studio);
  const editor = studio.join(other, projectId, userId);
  await until("in", () => editor.provider.synced);

  const damage = async () =>
    (await studio.sql`select damage from film_documents where project_id = ${projectId}`)[0]?.["damage"] as
      | string
      | null;
  await until("it is named", async () => (await damage()) !== null, 15_000);
  const health = (await (await fetch(`http://127.0.0.1:${other.port}/healthz`)).json()) as { damaged: string[] };
  expect(health.damaged).toEqual([documentIdOf(projectId)]);
  editor.close();

  for (const where of [other, await startServer(studio)]) {
    const reader = studio.join(where, projectId, userId);
    await until("it is read", () => reader.provider.synced && reader.text === "good words. ");
    reader.type("more");
    await until("and not changed", () => reader.refusals.length === 1);
    expect(reader.refusals[0]).toContain("damaged");
    reader.close();
    await where.stop();
  }
  const rows =
    await studio.sql`select 1 from film_updates u join film_documents d on d.id = u.document_id where project_id = ${projectId}`;
  expect(rows.length).toBe(2);
});
