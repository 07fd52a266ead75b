import { expect, test } from "vitest";
import * as Y from "yjs";
import { emptyUpdate, inspectUpdate, isEmpty, mergeInTree, StoredState } from "./updates.ts";

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
