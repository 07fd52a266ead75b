import { expect, test } from "vitest";
import * as Y from "yjs";
import { emptyUpdate, inspectUpdate, isEmpty, mergeGathered, mergeInTree, StoredState } from "./updates.ts";

function record(doc: Y.Doc): Uint8Array[] {
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  return updates;
}

test("merging in a tree gives the document that merging one by one gives", () => {
  const doc = new Y.Doc();
  const updates = record(doc);
  for (let i = 0; i < 1100; i += 1) doc.getText("t").insert(i, "x");
  const merged = new Y.Doc();
  Y.applyUpdate(merged, mergeInTree(updates));
  expect(merged.getText("t").length).toBe(1100);
  expect(mergeInTree([])).toBe(emptyUpdate);
});

const gathered = (updates: Uint8Array[]) => updates.map((bytes) => ({ bytes, content: inspectUpdate(bytes) }));

/** What several people write at once, each in a document of their own that began with the same text. */
function writtenTogether(clients: readonly number[], write: (doc: Y.Doc) => void): Uint8Array[] {
  const first = new Y.Doc();
  first.clientID = 1;
  first.getText("t").insert(0, "a shared beginning");
  return clients.map((client) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(first));
    doc.clientID = client;
    const updates = record(doc);
    doc.transact(() => write(doc));
    return updates[0]!;
  });
}

test("what several people wrote in a window is merged to the bytes that Yjs makes of it", () => {
  const clients = [5, 4_000_000_000, 300, 7, 70_000];
  const typed = writtenTogether(clients, (doc) => {
    doc.getText("t").insert(doc.clientID % 9, `typed by ${doc.clientID}`);
    doc.getMap("m").set(`of ${doc.clientID}`, { shots: [1, 2, 3] });
  });
  expect(gathered(typed).every(({ content }) => content.deletesAt !== null)).toBe(true);
  expect(mergeGathered(gathered(typed))).toEqual(Y.mergeUpdates(typed));

  const deleted = writtenTogether([8, 9], (doc) => {
    doc.getText("t").delete(2, 3);
    doc.getText("t").insert(0, "x");
  });
  expect(gathered(deleted).every(({ content }) => content.deletesAt !== null)).toBe(true);
  expect(mergeGathered(gathered([...typed, ...deleted]))).toEqual(Y.mergeUpdates([...typed, ...deleted]));

  const onlyDeleted = writtenTogether([13], (doc) => doc.getText("t").delete(0, 2));
  expect(mergeGathered(gathered([...typed, ...onlyDeleted]))).toEqual(Y.mergeUpdates([...typed, ...onlyDeleted]));

  const doc = new Y.Doc();
  const updates = record(doc);
  for (const letter of "abc") doc.getText("t").insert(0, letter);
  expect(mergeGathered(gathered(updates))).toEqual(Y.mergeUpdates(updates));
});

test("an update with more behind it, or with a number written too long, is taken apart before it is merged", () => {
  const [ours, theirs] = writtenTogether([11, 12], (doc) => doc.getText("t").insert(0, "whole"));
  const trailing = Uint8Array.from([...ours!, 0]);
  const longZero = Uint8Array.from([...ours!.subarray(0, -1), 0x80, 0]);
  for (const odd of [trailing, longZero]) {
    expect(inspectUpdate(odd).deletesAt).toBe(null);
    expect(mergeGathered(gathered([theirs!, odd]))).toEqual(Y.mergeUpdates([theirs!, ours!]));
  }
});

test("an update that brings nothing is told from one that does, deletes included, with an outline or without", () => {
  const doc = new Y.Doc();
  const updates = record(doc);
  doc.getText("t").insert(0, "hello");
  const outline = Y.encodeSnapshot(Y.snapshot(doc));
  doc.getText("t").delete(1, 2);
  const all = Y.encodeStateAsUpdate(doc);
  const states = [new StoredState(updates[0]!, null), new StoredState(updates[0]!, outline)];
  for (const stored of states) {
    expect(stored.holds(inspectUpdate(updates[0]!))).toBe(true);
    expect(stored.holds(inspectUpdate(all))).toBe(false);
    stored.add(inspectUpdate(updates[1]!));
    expect(stored.holds(inspectUpdate(all))).toBe(true);
  }
  expect(isEmpty(inspectUpdate(emptyUpdate))).toBe(true);
  doc.getText("t").delete(0, 1);
  for (const stored of states) expect(stored.holds(inspectUpdate(Y.encodeStateAsUpdate(doc)))).toBe(false);
});

test("what lies beyond a gap does not count as stored", () => {
  const doc = new Y.Doc();
  doc.clientID = 7;
  const updates = record(doc);
  for (const letter of "abc") doc.getText("t").insert(0, letter);
  const stored = new StoredState(updates[0]!, null);
  stored.add(inspectUpdate(updates[2]!));
  expect(Y.decodeStateVector(stored.stateVector()).get(7)).toBe(1);
  stored.add(inspectUpdate(updates[1]!));
  expect(Y.decodeStateVector(stored.stateVector()).get(7)).toBe(2);
});

test("bytes that are no update are an error", () => {
  for (const bytes of [[], [1], [9, 9, 9, 9], [1, 1, 5, 0, 0]])
    expect(() => inspectUpdate(Uint8Array.from(bytes))).toThrow();
});
