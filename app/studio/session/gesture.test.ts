import { expect, test } from "vitest";
import * as Y from "yjs";
import { gesture, undoableGesture } from "./gesture.ts";

function aRoom() {
  const doc = new Y.Doc();
  const map = doc.getMap<number>("film");
  const undo = new Y.UndoManager(map, { trackedOrigins: new Set(["me"]), captureTimeout: 500 });
  const set = (key: string, value: number) => doc.transact(() => map.set(key, value), "me");
  return { doc, map, undo, set, film: () => map.toJSON() };
}

test("two gestures right after each other are two steps, and so is what is typed between them", () => {
  const { undo, set, film } = aRoom();
  set("typed", 1);
  gesture(undo, () => set("a", 1));
  gesture(undo, () => set("b", 1));
  set("typed", 2);
  undo.undo();
  expect(film()).toEqual({ typed: 1, a: 1, b: 1 });
  undo.undo();
  expect(film()).toEqual({ typed: 1, a: 1 });
  undo.undo();
  expect(film()).toEqual({ typed: 1 });
});

test("all that one gesture writes is one step, however long it takes", () => {
  const { undo, set, film } = aRoom();
  set("typed", 1);
  gesture(undo, () => {
    set("a", 1);
    undo.lastChange -= 60_000;
    set("b", 1);
  });
  undo.undo();
  expect(film()).toEqual({ typed: 1 });
  expect(undo.captureTimeout).toBe(500);
});

test("a gesture that fails leaves undo as it was, and what comes next is its own step", () => {
  const { undo, set, film } = aRoom();
  const failing = () => {
    set("a", 1);
    throw new Error("no");
  };
  expect(() => gesture(undo, failing)).toThrow("no");
  expect(undo.captureTimeout).toBe(500);
  set("b", 1);
  undo.undo();
  expect(film()).toEqual({ a: 1 });
});

test("taking back undoes that step, once", () => {
  const { undo, set, film } = aRoom();
  set("typed", 1);
  const { result, takeBack } = undoableGesture(undo, () => set("a", 1));
  expect(result).toBe(1);
  expect(takeBack()).toBe(true);
  expect(film()).toEqual({ typed: 1 });
  expect(takeBack()).toBe(false);
  expect(film()).toEqual({ typed: 1 });
  undo.redo();
  expect(film()).toEqual({ typed: 1, a: 1 });
});

test("what was done since is not taken back in its place; once that is undone, the step can be again", () => {
  const { undo, set, film } = aRoom();
  const { takeBack } = undoableGesture(undo, () => set("a", 1));
  set("later", 1);
  expect(takeBack()).toBe(false);
  expect(film()).toEqual({ a: 1, later: 1 });
  undo.undo();
  expect(takeBack()).toBe(true);
  expect(film()).toEqual({});
});

test("a gesture that changed nothing takes nothing back", () => {
  const { undo, set, film } = aRoom();
  set("typed", 1);
  const { takeBack } = undoableGesture(undo, () => undefined);
  expect(takeBack()).toBe(false);
  expect(film()).toEqual({ typed: 1 });
});

test("where somebody else has removed what the step made, the step before stays", () => {
  const { doc, map, undo, set, film } = aRoom();
  set("mine", 1);
  const { takeBack } = undoableGesture(undo, () => set("a", 1));
  doc.transact(() => map.delete("a"), "them");
  expect(takeBack()).toBe(true);
  expect(film()).toEqual({ mine: 1 });
  undo.undo();
  expect(film()).toEqual({});
});
