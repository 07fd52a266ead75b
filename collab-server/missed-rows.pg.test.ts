/** What one server writes reaches whoever is connected to another, however it comes to know of it. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { RoomBytes } from "./room-bytes.ts";
import { Dice } from "./testing/dice.ts";
import { FilmRecord } from "./testing/film-record.ts";
import { Instance } from "./testing/instance.ts";
import { until } from "./testing/peer.ts";
import { SeededPeer } from "./testing/seeded-peer.ts";
import { SocketPair } from "./testing/socket-pair.ts";
import { openCollabStudio, type CollabStudio } from "./testing/studio.ts";
import { tightenLimits } from "./testing/tight-limits.ts";
import type { SqlWeather } from "./testing/unreliable-sql.ts";

tightenLimits();
let studio: CollabStudio;
beforeAll(async () => {
  studio = await openCollabStudio();
});
afterAll(() => studio.close());

const dice = new Dice(1);
const faults: string[] = [];

interface Parts {
  prefix?: string;
  delayMs?: SqlWeather["delayMs"];
  longestDeskMs?: number;
}
function aServer({ prefix = randomUUID(), delayMs = () => ({ there: 0, back: 0 }), longestDeskMs = 0 }: Parts = {}) {
  return Instance.start({
    studio,
    dice: dice.fork(),
    prefix,
    sql: { delayMs, loses: () => "nothing" },
    bus: { longestMs: 0, loses: () => false, mostBytes: 2048 },
    longestDeskMs,
    onLate: () => {},
  });
}
function somebody(film: FilmRecord, name: string): SeededPeer {
  return new SeededPeer({ name, role: "editor", film, dice: dice.fork(), onFault: (what) => faults.push(what) });
}
function join(peer: SeededPeer, server: Instance): void {
  const pair = new SocketPair({ dice: dice.fork(), longestMs: 0, windowBytes: 1024 * 1024, longestNoticeMs: 1 });
  peer.plugIn(pair.peer);
  void server.enter(peer, pair);
}
const type = (peer: SeededPeer, text: string) => peer.doc.getText("screenplay").insert(0, text);
const textOf = (peer: SeededPeer) => peer.doc.getText("screenplay").toString();

test("a row that a sleeping room finds on waking reaches those who were there while it slept", async () => {
  const prefix = randomUUID();
  const [one, two] = [await aServer({ prefix }), await aServer({ prefix })];
  const film = new FilmRecord(await studio.addProject());
  const [a, b, late] = [somebody(film, "a"), somebody(film, "b"), somebody(film, "late")];
  join(a, one);
  join(b, two);
  type(a, "before. ");
  await until("both have it", () => textOf(b) === "before. " && a.isSaved);
  const room = await one.rooms.open(film.projectId);
  await until("the room sleeps", () => room?.content.isAwake === false);
  // For a moment nothing is heard of the other server.
  two.setAway(true);
  type(b, "meanwhile. ");
  await until("b is saved", () => b.isSaved);
  join(late, one);
  await until("the late one has all", () => textOf(late).includes("meanwhile"));
  two.setAway(false);
  await one.rooms.checkHeads();
  await until("a has all", () => textOf(a) === textOf(b), 2000).catch(() => {});
  expect(textOf(a)).toBe(textOf(b));
  for (const peer of [a, b, late]) peer.end();
  await Promise.all([one.stop(), two.stop()]);
});

test("of two rows that are too large for the broker the second is not missed while the first is read", async () => {
  const prefix = randomUUID();
  // What this server reads of the log takes its time on the way back.
  let isSlow = false;
  const one = await aServer({ prefix, delayMs: () => ({ there: 0, back: isSlow ? 150 : 0 }) });
  const two = await aServer({ prefix });
  await until("they know each other", () => one.backplane.others === 1 && two.backplane.others === 1);
  const film = new FilmRecord(await studio.addProject());
  const [a, b] = [somebody(film, "a"), somebody(film, "b")];
  join(a, one);
  join(b, two);
  await until("both are in", () => a.isSynced && b.isSynced && b.sent === 1 && b.isSaved);
  isSlow = true;
  type(b, "x".repeat(3000));
  await until("the first is saved", () => b.isSaved);
  await sleep(60);
  type(b, "y".repeat(3000));
  await until("the second is saved", () => b.isSaved);
  await until("a has both", () => textOf(a).length === 6000, 2000).catch(() => {});
  expect(textOf(a).length).toBe(6000);
  for (const peer of [a, b]) peer.end();
  await Promise.all([one.stop(), two.stop()]);
});

test("whoever comes back to a sleeping film of some size gets in", async () => {
  const server = await aServer({ longestDeskMs: 400 });
  const film = new FilmRecord(await studio.addProject());
  const [a, b] = [somebody(film, "a"), somebody(film, "b")];
  join(a, server);
  join(b, server);
  type(a, "x".repeat(4000));
  await until("both have it", () => textOf(b).length === 4000 && a.isSaved);
  const room = await server.rooms.open(film.projectId);
  for (let round = 0; round < 3; round += 1) {
    b.unplug();
    await until("the room sleeps", () => room?.content.isAwake === false);
    join(b, server);
    await until("b is back", () => b.isSynced);
    type(b, "!");
    await until("b is saved", () => b.isSaved && b.sent >= 2);
  }
  expect(textOf(a)).toBe(textOf(b));
  for (const peer of [a, b]) peer.end();
  await server.stop();
});

test("somebody who was behind gets a row that was stored before what was shown before it", () => {
  const doc = new Y.Doc();
  const rows: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => rows.push(update));
  for (const letter of ["a", "b", "c"]) doc.getText("t").insert(doc.getText("t").length, letter);
  const [a, b, c] = rows as [Uint8Array, Uint8Array, Uint8Array];
  const bytes = new RoomBytes({ snapshot: null, rows: [{ position: 1, bytes: a }] });
  // Ours is shown first, because its commit takes long; the other server's is stored first, and compacted.
  const ours = bytes.add(c, null);
  const theirs = bytes.add(b, 2);
  bytes.beginCondensing();
  bytes.endCondensing({ bytes: Y.mergeUpdates([a, b]), position: 2 });
  ours.position = 3;
  const behind = new Y.Doc();
  for (const update of [a, c, ...bytes.since(theirs.sequence).parts]) Y.applyUpdate(behind, update);
  expect(behind.getText("t").toString()).toBe("abc");
});

test("nobody was shown or told what they must not be", () => {
  expect(faults).toEqual([]);
});
