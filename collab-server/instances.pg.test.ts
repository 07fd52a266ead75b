/** Several servers, one Postgres, one NATS: whoever is on which, everybody is in the same film. */
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { ask } from "#bus/messages.ts";
import { FilmEditReply } from "#domain/collab/film-edits.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { CollabServer } from "./collab-server.ts";
import { ephemeralMessage } from "./frames.ts";
import { until } from "./testing/peer.ts";
import { openCollabStudio, spawnServer, startServer, type CollabStudio } from "./testing/studio.ts";

let studio: CollabStudio;
const servers: CollabServer[] = [];
beforeAll(async () => {
  studio = await openCollabStudio();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});
afterAll(() => studio.close());

async function twoServers(): Promise<[CollabServer, CollabServer]> {
  const [one, two] = await Promise.all([startServer(studio), startServer(studio)]);
  servers.push(one, two);
  await until("they know each other", async () => (await othersOf(one)) === 1 && (await othersOf(two)) === 1);
  return [one, two];
}
async function othersOf(server: { port: number }): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${server.port}/healthz`);
  return ((await response.json()) as { otherInstances: number }).otherInstances;
}
async function aFilm() {
  const projectId = await studio.addProject();
  return { projectId, userId: await studio.addPerson(projectId, "editor") };
}

test("people on two servers see each other's words, cursors and drags as on one", async () => {
  const [one, two] = await twoServers();
  const { projectId, userId } = await aFilm();
  const a = studio.join(one, projectId, userId);
  await until("a is in", () => a.provider.synced);
  a.provider.awareness.setLocalStateField("user", { name: "Ada" });
  const b = studio.join(two, projectId, await studio.addPerson(projectId, "editor"));
  await until("b is in", () => b.provider.synced);
  b.provider.awareness.setLocalStateField("user", { name: "Bo" });
  const nameOf = (peer: typeof a, of: typeof a) =>
    peer.provider.awareness.getStates().get(of.doc.clientID)?.["user"]?.name;
  await until("they see each other", () => nameOf(a, b) === "Bo" && nameOf(b, a) === "Ada");
  for (let i = 0; i < 40; i += 1) {
    a.type("a");
    b.type("b");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await until("all is saved and equal", () => a.isSaved && b.isSaved && a.text === b.text && a.text.length === 80);
  expect((await studio.stored(projectId)).getText("screenplay").toString()).toBe(a.text);
  const drag = JSON.stringify({ type: "drag", from: "a", clipIds: ["c"], deltaFrames: 4 });
  a.provider.ws?.send(ephemeralMessage(drag).head);
  await until("b sees the drag", () => b.ephemeralFrames.length === 1);
  a.provider.disconnect();
  await until("a's cursor goes", () => nameOf(b, a) === undefined);
});

test("what one server says too large for the broker is read from the log", async () => {
  const [one, two] = await twoServers();
  const { projectId, userId } = await aFilm();
  const [a, b] = [studio.join(one, projectId, userId), studio.join(two, projectId, userId)];
  await until("both are in", () => a.provider.synced && b.provider.synced);
  a.type("x".repeat(1_500_000));
  await until("b has it", () => b.text.length === 1_500_000);
  b.type("!");
  await until("and a has b's", () => a.text.endsWith("!") || a.text.startsWith("!"));
});

test("an edit that two servers are asked for at once is made once", async () => {
  const [one, two] = await twoServers();
  const { projectId, userId } = await aFilm();
  const editId = randomUUID();
  const edit = { kind: "replace-screenplay", text: "INT. FERRY - NIGHT" };
  const request = { v: 1, editId, projectId, edit };
  // The queue group gives each request to one of the two.
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => ask(studio.bus, subjects.edit(projectId), request, FilmEditReply)),
  );
  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
  expect(replies[0]).toEqual({ status: "stored", position: 1 });
  const [a, b] = [studio.join(one, projectId, userId), studio.join(two, projectId, userId)];
  await until("both have it once", () => a.text === "INT. FERRY - NIGHT" && b.text === a.text);
});

test("without the broker both servers go on, and hear of each other from the log", async () => {
  const [one, two] = await twoServers();
  const { projectId, userId } = await aFilm();
  const [a, b] = [studio.join(one, projectId, userId), studio.join(two, projectId, userId)];
  await until("both are in", () => a.provider.synced && b.provider.synced);
  await studio.nats.kill();
  a.type("a alone. ");
  b.type("b alone. ");
  await until("saved", () => a.isSaved && b.isSaved);
  await until("equal all the same", () => a.text === b.text && a.text.length === 18);
  await studio.nats.restart();
  await until("the broker is back", () => studio.bus.connected(), 10_000);
  a.type("together. ");
  await until("and they hear each other", () => b.text === a.text, 10_000);
  expect([...a.closeCodes, ...b.closeCodes]).toEqual([]);
}, 40_000);

test("a server that is killed loses nothing acknowledged and nothing seen, and its people go on with another at once", async () => {
  const [first, second] = await Promise.all([spawnServer(studio.env), spawnServer(studio.env)]);
  const { projectId, userId } = await aFilm();
  await until("they know each other", async () => (await othersOf(first)) === 1 && (await othersOf(second)) === 1);
  const here = Array.from({ length: 3 }, () => studio.join(first, projectId, userId));
  const there = Array.from({ length: 3 }, () => studio.join(second, projectId, userId));
  await until("all are in", () => [...here, ...there].every((peer) => peer.provider.synced));
  const marks = here.map(() => [""]);
  const typing = setInterval(() => {
    here.forEach((peer, i) => {
      const mark = `<${i}.${marks[i]!.length}>`;
      marks[i]!.push(mark);
      peer.type(mark);
    });
    for (const peer of there) peer.type("b");
  }, 6);
  await until("some of it is acknowledged", () => here.every((peer) => peer.saved > 30));
  await first.kill("SIGKILL");
  clearInterval(typing);
  const killedAt = Date.now();
  const stored = (await studio.stored(projectId)).getText("screenplay").toString();
  here.forEach((peer, i) => {
    for (const mark of marks[i]!.slice(0, peer.saved)) expect(stored).toContain(mark);
  });
  for (const peer of there) for (const mark of peer.text.match(/<[^>]*>/g) ?? []) expect(stored).toContain(mark);
  const moved = here.map((peer) => {
    peer.provider.destroy();
    const again = studio.join(second, projectId, userId, { connect: false });
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(peer.doc));
    again.provider.connect();
    return again;
  });
  await until("they are back", () => moved.every((peer) => peer.provider.synced && peer.isSaved));
  expect(Date.now() - killedAt).toBeLessThan(5000);
  await until("all are equal", () => [...moved, ...there].every((peer) => peer.text === moved[0]!.text));
  for (const list of marks) for (const mark of list) expect(moved[0]!.text).toContain(mark);
  await until("the gone one is noticed", async () => (await othersOf(second)) === 0);
  await second.kill("SIGKILL");
}, 40_000);

test("a server that stops says goodbye, and hands everybody a code to come back with", async () => {
  const [one, two] = await twoServers();
  const { projectId, userId } = await aFilm();
  const a = studio.join(one, projectId, userId);
  await until("in", () => a.provider.synced);
  servers.splice(servers.indexOf(one), 1);
  await one.stop();
  expect(a.closeCodes).toEqual([4503]);
  await until("the other one knows", async () => (await othersOf(two)) === 0, 1000);
});

test("a copy of a document that was begun anew is not merged into it", async () => {
  const server = await startServer(studio);
  servers.push(server);
  const { projectId, userId } = await aFilm();
  const a = studio.join(server, projectId, userId, { params: { generation: "" } });
  await until("in", () => a.provider.synced);
  const first = a.frames[0]!;
  expect(first[0]).toBe(103);
  const generation = new TextDecoder().decode(first.subarray(2));
  const same = studio.join(server, projectId, userId, { params: { generation } });
  await until("the same copy comes in", () => same.provider.synced);
  const other = studio.join(server, projectId, userId, { params: { generation: randomUUID() } });
  await until("another one does not", () => other.closeCodes.includes(4410));
  expect(other.provider.shouldConnect).toBe(false);
  const stock = studio.join(server, projectId, userId);
  await until("who keeps no copy is not asked", () => stock.provider.synced);
  expect(stock.frames.some((frame) => frame[0] === 103)).toBe(false);
});
