import { expect, test } from "vitest";
import { placeOf, selectionAfterClick, stepped, steppedScene, withMoved, type Lane } from "./arrangement.ts";

const lanes: Lane[] = [
  { sceneId: "s1", shotIds: ["a", "b"] },
  { sceneId: "s2", shotIds: [] },
  { sceneId: "s3", shotIds: ["c"] },
];
const shape = (value: readonly Lane[] | null) => value?.map((lane) => lane.shotIds.join("")).join("|");

test("a shot steps through scenes, empty ones too, and stops at the ends", () => {
  expect(shape(stepped(lanes, "a", 1))).toBe("ba||c");
  expect(shape(stepped(lanes, "b", 1))).toBe("a|b|c");
  expect(shape(stepped(lanes, "c", -1))).toBe("ab|c|");
  expect(stepped(lanes, "a", -1)).toBeNull();
  expect(stepped(lanes, "c", 1)).toBeNull();
  expect(shape(steppedScene(lanes, "a", 1))).toBe("b|a|c");
});

test("a place is said by the shot ahead", () => {
  const moved = withMoved(lanes, "c", "s1", 1);
  expect(shape(moved)).toBe("acb||");
  expect(placeOf(moved, "c")).toEqual({ sceneId: "s1", afterId: "a" });
  expect(placeOf(moved, "a")).toEqual({ sceneId: "s1", afterId: null });
});

test("clicks select one, some or a stretch", () => {
  const order = ["a", "b", "c", "d"];
  expect(selectionAfterClick(order, ["a"], "c", { toggle: false, range: false })).toEqual(["c"]);
  expect(selectionAfterClick(order, ["a"], "c", { toggle: true, range: false })).toEqual(["a", "c"]);
  expect(selectionAfterClick(order, ["a", "c"], "c", { toggle: true, range: false })).toEqual(["a"]);
  expect(selectionAfterClick(order, ["c"], "a", { toggle: false, range: true })).toEqual(["c", "a", "b"]);
});
