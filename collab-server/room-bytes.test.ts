import { expect, test } from "vitest";
import * as Y from "yjs";
import { limits } from "./limits.ts";
import { RoomBytes } from "./room-bytes.ts";

/** A document that grows by one update a letter. */
function aDocument() {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  return {
    type: (text: string) => {
      doc.getText("t").insert(doc.getText("t").length, text);
      return updates.at(-1)!;
    },
  };
}
const textOf = (parts: readonly Uint8Array[]) => {
  const doc = new Y.Doc();
  for (const part of parts) Y.applyUpdate(doc, part);
  return doc.getText("t").toString();
};
const row = (position: number, bytes: Uint8Array) => ({ position, bytes });

test("a newcomer gets a small document as one part, whatever it was loaded from", () => {
  const { type } = aDocument();
  const [a, b, c] = [type("a"), type("b"), type("c")];
  expect(new RoomBytes({ snapshot: null, rows: [] }).forNewcomer()).toEqual([Uint8Array.of(0, 0)]);
  for (const [snapshot, rows] of [
    [null, [row(1, a), row(2, b)]],
    [a, [row(2, b)]],
    [null, []],
  ] as const) {
    const bytes = new RoomBytes({ snapshot, rows });
    if (rows.length === 0) for (const [i, one] of [a, b].entries()) bytes.add(one, i + 1);
    bytes.add(c, null);
    const parts = bytes.forNewcomer();
    expect([parts.length, textOf(parts)]).toEqual([1, "abc"]);
    expect(textOf(bytes.forNewcomer())).toBe("abc");
  }
});

test("of a large document everything goes out as it lies", () => {
  const { type } = aDocument();
  const big = type("x".repeat(limits.mergeOnJoinBytes));
  const bytes = new RoomBytes({ snapshot: big, rows: [row(1, type("a")), row(2, type("b"))] });
  bytes.add(type("c"), null);
  const parts = bytes.forNewcomer();
  expect(parts.length).toBe(4);
  expect(parts[0]).toBe(big);
  expect(textOf(parts).slice(-3)).toBe("abc");
});

test("who missed something gets it from there on, and everything when that is no longer told apart", () => {
  const { type } = aDocument();
  const bytes = new RoomBytes({ snapshot: null, rows: [row(1, type("a"))] });
  bytes.add(type("b"), 2);
  const sequence = bytes.nextSequence;
  expect(bytes.since(sequence).parts).toEqual([]);
  const [c, d] = [type("c"), type("d")];
  bytes.add(c, 3);
  bytes.add(d, null);
  expect(bytes.since(sequence)).toEqual({ isWhole: false, parts: [Y.mergeUpdates([c, d])] });
  bytes.endCondensing({ bytes: Y.mergeUpdates(bytes.beginCondensing()), position: 3 });
  const all = bytes.since(sequence);
  expect([all.isWhole, textOf(all.parts)]).toEqual([true, "abcd"]);
});

test("asleep it holds only what came since; awake again it is whole, with nothing lost and nothing twice", () => {
  const { type } = aDocument();
  const [a, b] = [type("a"), type("b")];
  const bytes = new RoomBytes({ snapshot: a, rows: [] });
  const entry = bytes.add(b, null);
  bytes.sleep();
  expect(bytes.isAwake).toBe(true);
  entry.position = 2;
  bytes.sleep();
  expect([bytes.isAwake, bytes.size]).toEqual([false, 0]);
  expect(() => bytes.parts()).toThrow("asleep");
  const [c, d] = [type("c"), type("d")];
  bytes.add(c, 3);
  bytes.add(d, null);
  // What was read holds c already.
  bytes.wake({ snapshot: a, rows: [row(2, b), row(3, c)] }, 3);
  expect(bytes.parts()).toEqual([a, b, c, d]);
  expect(textOf(bytes.forNewcomer())).toBe("abcd");
});

test("while a condensed form is being made nothing it replaces changes, and what came meanwhile stays", () => {
  const { type } = aDocument();
  const bytes = new RoomBytes({ snapshot: null, rows: [row(1, type("a")), row(2, type("b"))] });
  const parts = bytes.beginCondensing();
  bytes.add(type("c"), 3);
  expect(textOf(bytes.forNewcomer())).toBe("abc");
  bytes.sleep();
  expect(bytes.isAwake).toBe(true);
  bytes.endCondensing({ bytes: Y.mergeUpdates(parts), position: 2 });
  expect(textOf(bytes.parts())).toBe("abc");
  bytes.endCondensing(null);
  expect(textOf(bytes.parts())).toBe("abc");
});
