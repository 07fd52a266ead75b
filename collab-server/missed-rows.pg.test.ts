/** What one server writes reaches whoever is connected to another, however it comes to know of it. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { RoomBytes } from "./room-bytes.ts";
import { Content } from "./testing/content.ts";
import { until } from "./testing/peer.ts";
import type { SeededPeer } from "./testing/seeded-peer.ts";
import { SmallCrowd } from "./testing/small-crowd.ts";
import { differenceOf, readStoredFilm } from "./testing/stored-film.ts";
import { openCollabStudio, type CollabStudio } from "./testing/studio.ts";
import { tightenLimits } from "./testing/tight-limits.ts";

tightenLimits();
let studio: CollabStudio;
beforeAll(async () => {
  studio = await openCollabStudio();
});
afterAll(() => studio.close());

const type = (peer: SeededPeer, text: string) => peer.doc.getText("screenplay").insert(0, text);
const textOf = (peer: SeededPeer) => peer.doc.getText("screenplay").toString();

test("a row that a sleeping room finds on waking reaches those who were there while it slept", async () => {
  const crowd = await SmallCrowd.gather(studio);
  const [one, two] = [await crowd.server(), await crowd.server()];
  const [a, b, late] = [crowd.person("editor"), crowd.person("editor"), crowd.person("editor")];
  crowd.join(a, one);
  crowd.join(b, two);
  type(a, "before. ");
  await until("both have it", () => textOf(b) === "before. " && a.isSaved);
  const room = await one.rooms.open(crowd.film.projectId);
  await until("the room sleeps", () => room?.content.isAwake === false);
  // For a moment nothing is heard of the other server.
  two.setAway(true);
  type(b, "meanwhile. ");
  await until("b is saved", () => b.isSaved);
  crowd.join(late, one);
  await until("the late one has all", () => textOf(late).includes("meanwhile"));
  two.setAway(false);
  await one.rooms.checkHeads();
  await until("a has all", () => textOf(a) === textOf(b), 2000).catch(() => {});
  expect(textOf(a)).toBe(textOf(b));
  expect(crowd.faults).toEqual([]);
  await crowd.disperse();
});

test("of two rows that are too large for the broker the second is not missed while the first is read", async () => {
  const crowd = await SmallCrowd.gather(studio);
  // What this server reads of the log takes its time on the way back.
  let isSlow = false;
  const one = await crowd.server({ delayMs: () => ({ there: 0, back: isSlow ? 150 : 0 }) });
  const two = await crowd.server();
  await until("they know each other", () => one.backplane.others === 1 && two.backplane.others === 1);
  const [a, b] = [crowd.person("editor"), crowd.person("editor")];
  crowd.join(a, one);
  crowd.join(b, two);
  await until("both are in", () => a.isSynced && b.isSynced && b.sent === 1 && b.isSaved);
  isSlow = true;
  type(b, "x".repeat(3000));
  await until("the first is saved", () => b.isSaved);
  await sleep(60);
  type(b, "y".repeat(3000));
  await until("the second is saved", () => b.isSaved);
  await until("a has both", () => textOf(a).length === 6000, 2000).catch(() => {});
  expect(textOf(a).length).toBe(6000);
  expect(crowd.faults).toEqual([]);
  await crowd.disperse();
});

test("whoever comes back to a sleeping film of some size gets in", async () => {
  const crowd = await SmallCrowd.gather(studio);
  const server = await crowd.server({}, { longestDeskMs: 400 });
  const [a, b] = [crowd.person("editor"), crowd.person("editor")];
  crowd.join(a, server);
  crowd.join(b, server);
  type(a, "x".repeat(4000));
  await until("both have it", () => textOf(b).length === 4000 && a.isSaved);
  const room = await server.rooms.open(crowd.film.projectId);
  for (let round = 0; round < 3; round += 1) {
    b.unplug();
    await until("the room sleeps", () => room?.content.isAwake === false);
    crowd.join(b, server);
    await until("b is back", () => b.isSynced);
    type(b, "!");
    await until("b is saved", () => b.isSaved && b.sent >= 2);
  }
  await until("a has it too", () => textOf(a) === textOf(b));
  expect(crowd.faults).toEqual([]);
  await crowd.disperse();
});

test("after a named edit whose answer got lost the next one is another edit, not the same place written twice", async () => {
  const crowd = await SmallCrowd.gather(studio);
  let losesNext = false;
  const server = await crowd.server({
    loses: (isAppend) => {
      if (!isAppend || !losesNext) return "nothing";
      losesNext = false;
      return "answer";
    },
  });
  const { projectId } = crowd.film;
  const rename = (editId: string, title: string) =>
    server.edits.answer(projectId, { v: 1, editId, projectId, edit: { kind: "change-meta", patch: { title } } });
  const a = crowd.person("editor");
  crowd.join(a, server);
  expect((await rename("first", "Night Ferry")).status).toBe("stored");
  losesNext = true;
  expect((await rename("second", "The Last Ferry")).status).toBe("stored");
  expect((await rename("third", "Ferry")).status).toBe("stored");
  const rows = await studio.sql<{ bytes: Buffer }[]>`
    select u.bytes from film_updates u join film_documents d on d.id = u.document_id
    where project_id = ${projectId} order by u.position`;
  const contents = rows.map((row) => Content.of(row.bytes));
  const all = contents.reduce((sum, content) => sum.add(content), new Content());
  expect(all.structs.size).toBe(contents.reduce((sum, content) => sum + content.structs.size, 0));
  const stored = await readStoredFilm(studio.sql, projectId);
  await until("a has what is stored", () => differenceOf(a.doc, stored.doc) === null, 2000).catch(() => {});
  expect(differenceOf(a.doc, stored.doc)).toBe(null);
  await crowd.disperse();
});

test("what a server showed before it was stored and died over comes back from those who saw it", async () => {
  const crowd = await SmallCrowd.gather(studio);
  let isStuck = false;
  const one = await crowd.server({ delayMs: (isAppend) => ({ there: isAppend && isStuck ? 60_000 : 0, back: 0 }) });
  const two = await crowd.server();
  await until("they know each other", () => one.backplane.others === 1 && two.backplane.others === 1);
  const [author, witness, other] = [crowd.person("editor"), crowd.person("editor"), crowd.person("editor")];
  crowd.join(author, one);
  crowd.join(witness, two);
  await until("both are in", () => author.isSynced && witness.isSynced);
  isStuck = true;
  type(author, "seen. ");
  await until("it is seen on the other server", () => textOf(witness) === "seen. ");
  one.kill();
  author.end();
  crowd.join(other, two);
  await until("it is stored after all", () => textOf(other) === "seen. ", 3000).catch(() => {});
  expect([textOf(witness), textOf(other)]).toEqual(["seen. ", "seen. "]);
  expect((await studio.stored(crowd.film.projectId)).getText("screenplay").toString()).toBe("seen. ");
  await crowd.disperse();
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
