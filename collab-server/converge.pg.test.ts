import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import type { CollabServer } from "./collab-server.ts";
import { docOf, until } from "./testing/peer.ts";
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

const textOf = (doc: Y.Doc) => doc.getText("screenplay").toString();

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
  expect(textOf(await studio.stored(projectId))).toBe(a.text);
});

test("whoever is told to be in sync has the whole film, from memory as from Postgres", async () => {
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "editor");
  const a = studio.join(server, projectId, userId);
  a.type("INT. FERRY LOUNGE - NIGHT");
  await until("saved", () => a.isSaved);
  const other = await startServer(studio);
  const late = [server, other, other, other].map((one) => studio.join(one, projectId, userId));
  await until("all are in sync", () => late.every((peer) => peer.provider.synced));
  expect(late.map((peer) => peer.textAtSync)).toEqual(Array(4).fill("INT. FERRY LOUNGE - NIGHT"));
  await other.stop();
});

test("a large film comes whole, and its log is compacted", async () => {
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "editor");
  const a = studio.join(server, projectId, userId);
  const big = Array.from({ length: 30_000 }, (_, i) => `line ${i}\n`).join("");
  a.type(big);
  await until("saved", () => a.isSaved);
  await until("compacted", async () => {
    const [row] =
      await studio.sql`select snapshot_position as p, (select count(*) from film_updates u where u.document_id = d.id) as rows
      from film_documents d where project_id = ${projectId}`;
    return Number(row?.["p"]) === 1 && Number(row?.["rows"]) === 0;
  });
  a.type("after");
  await until("saved again", () => a.isSaved);
  const b = studio.join(server, projectId, userId);
  await until("in sync", () => b.provider.synced);
  expect(b.textAtSync).toBe(`${big}after`);
  expect(textOf(await studio.stored(projectId))).toBe(`${big}after`);
});

test("after a time apart both sides get only what they lack", async () => {
  const projectId = await studio.addProject();
  const a = studio.join(server, projectId, await studio.addPerson(projectId, "editor"));
  const b = studio.join(server, projectId, await studio.addPerson(projectId, "editor"));
  a.type("together. ");
  await until("b has it", () => b.text === "together. ");
  await until("saved", () => a.isSaved);
  b.provider.disconnect();
  b.doc.getText("screenplay").delete(0, 3);
  b.type("b alone. ");
  a.type("a alone. ");
  await until("saved", () => a.isSaved);
  b.provider.connect();
  await until("equal again", () => a.text === b.text && a.text.includes("b alone") && a.text.includes("a alone"));
  await until("b is saved", () => b.isSaved);
  expect(textOf(await studio.stored(projectId))).toBe(a.text);
});

test("coming back with nothing new stores nothing and is saved at once", async () => {
  const projectId = await studio.addProject();
  const a = studio.join(server, projectId, await studio.addPerson(projectId, "editor"));
  a.type("some words");
  a.doc.getText("screenplay").delete(0, 5);
  await until("saved", () => a.isSaved);
  const rows = async () =>
    (
      await studio.sql`select 1 from film_updates u join film_documents d on d.id = u.document_id where project_id = ${projectId}`
    ).length;
  const before = await rows();
  a.provider.disconnect();
  a.provider.connect();
  await until("back and saved", () => a.provider.synced && a.isSaved);
  expect(await rows()).toBe(before);
});

test("cursors are seen by the others and go with their owner", async () => {
  const projectId = await studio.addProject();
  const a = studio.join(server, projectId, await studio.addPerson(projectId, "editor"));
  const b = studio.join(server, projectId, await studio.addPerson(projectId, "viewer"));
  await until("both are in sync", () => a.provider.synced && b.provider.synced);
  a.provider.awareness.setLocalStateField("user", { name: "Ada" });
  b.provider.awareness.setLocalStateField("user", { name: "Bo" });
  const seen = (peer: typeof a, id: number) => peer.provider.awareness.getStates().get(id)?.["user"]?.name;
  await until("they see each other", () => seen(a, b.doc.clientID) === "Bo" && seen(b, a.doc.clientID) === "Ada");
  const late = studio.join(server, projectId, await studio.addPerson(projectId, "viewer"));
  await until(
    "the late one sees both",
    () => seen(late, a.doc.clientID) === "Ada" && seen(late, b.doc.clientID) === "Bo",
  );
  a.provider.disconnect();
  await until(
    "a's cursor is gone",
    () => seen(b, a.doc.clientID) === undefined && seen(late, a.doc.clientID) === undefined,
  );
  expect(seen(late, b.doc.clientID)).toBe("Bo");
});

test("two servers that write to one film at once lose nothing of either", async () => {
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "editor");
  const other = await startServer(studio);
  const a = studio.join(server, projectId, userId);
  const b = studio.join(other, projectId, userId);
  await until("both are in sync", () => a.provider.synced && b.provider.synced);
  for (let i = 0; i < 20; i += 1) {
    a.type("a");
    b.type("b");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await until("all is saved", () => a.isSaved && b.isSaved);
  const stored = textOf(await studio.stored(projectId));
  expect([...stored].sort().join("")).toBe("a".repeat(20) + "b".repeat(20));
  const positions =
    await studio.sql`select u.position from film_updates u join film_documents d on d.id = u.document_id where project_id = ${projectId} order by 1`;
  expect(positions.map((row) => Number(row["position"]))).toEqual(positions.map((_, i) => i + 1));
  await other.stop();
});

test("a seeded crowd that comes and goes ends equal, everywhere", async () => {
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "editor");
  const seed = 7;
  const random = randomFrom(seed);
  const peers = Array.from({ length: 6 }, () => studio.join(server, projectId, userId));
  for (let step = 0; step < 300; step += 1) {
    const peer = peers[Math.floor(random() * peers.length)]!;
    const text = peer.doc.getText("screenplay");
    const dice = random();
    if (dice < 0.7)
      text.insert(Math.floor(random() * (text.length + 1)), String.fromCharCode(97 + Math.floor(random() * 26)));
    else if (dice < 0.9 && text.length > 0) text.delete(Math.floor(random() * text.length), 1);
    else if (peer.provider.shouldConnect) peer.provider.disconnect();
    else peer.provider.connect();
    if (step % 8 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (const peer of peers) peer.provider.connect();
  await until(`all equal and saved, seed ${seed}`, () =>
    peers.every((peer) => peer.isSaved && peer.text === peers[0]!.text),
  );
  const stored = await studio.stored(projectId);
  expect(textOf(stored)).toBe(peers[0]!.text);
  expect(Y.encodeStateVector(stored)).toEqual(Y.encodeStateVector(docOf([Y.encodeStateAsUpdate(peers[0]!.doc)])));
});

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
