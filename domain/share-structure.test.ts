import { expect, test } from "vitest";
import { shareStructure } from "./share-structure.ts";

const film = () => ({
  title: "Low Water",
  shots: [
    { id: "a", words: ["rain"] },
    { id: "b", words: ["sea"] },
  ],
});

test("an equal film is the same film", () => {
  const before = film();
  expect(shareStructure(before, film())).toBe(before);
});

test("one changed shot leaves the others as they were", () => {
  const before = film();
  const after = film();
  after.shots[1]!.words = ["fog"];
  const shared = shareStructure(before, after);
  expect(shared).toEqual(after);
  expect(shared.shots).not.toBe(before.shots);
  expect(shared.shots[0]).toBe(before.shots[0]);
  expect(shared.shots[1]).not.toBe(before.shots[1]);
});

test("a shot keeps its identity when another is put in front of it", () => {
  const before = film();
  const after = { ...film(), shots: [{ id: "new", words: [] }, ...film().shots] };
  const shared = shareStructure(before, after);
  expect(shared.shots[1]).toBe(before.shots[0]);
  expect(shared.shots[2]).toBe(before.shots[1]);
});

test("a field that went away is gone", () => {
  expect(shareStructure({ id: "a", takeId: "t" }, { id: "a" })).toEqual({ id: "a" });
});
