import { expect, test } from "vitest";
import {
  besideThese,
  lanesOf,
  placeOf,
  selectionAfterClick,
  stepped,
  steppedScene,
  withMoved,
  withMovedOnto,
  withPlaced,
  type Lane,
} from "./arrangement.ts";

const lanes: Lane[] = [
  { sceneId: "s1", shotIds: ["a", "b"] },
  { sceneId: "s2", shotIds: [] },
  { sceneId: "s3", shotIds: ["c"] },
];
const wide: Lane[] = [
  { sceneId: "s1", shotIds: ["a", "b", "c", "d", "e"] },
  { sceneId: "s2", shotIds: ["f"] },
];
const shape = (value: readonly Lane[] | null) => value?.map((lane) => lane.shotIds.join("")).join("|");

test("shots lie in their scenes, in the film's order", () => {
  const scenes = [{ id: "s1" }, { id: "s2" }];
  const shots = [
    { id: "a", sceneId: "s1" },
    { id: "c", sceneId: "s2" },
    { id: "b", sceneId: "s1" },
    { id: "x", sceneId: "gone" },
  ];
  expect(shape(lanesOf(scenes, shots))).toBe("ab|c");
});

test("a shot steps through scenes, empty ones too, and stops at the ends", () => {
  expect(shape(stepped(lanes, ["a"], 1))).toBe("ba||c");
  expect(shape(stepped(lanes, ["b"], 1))).toBe("a|b|c");
  expect(shape(stepped(lanes, ["c"], -1))).toBe("ab|c|");
  expect(stepped(lanes, ["a"], -1)).toBeNull();
  expect(stepped(lanes, ["c"], 1)).toBeNull();
  expect(shape(steppedScene(lanes, ["a"], 1))).toBe("b|a|c");
});

test("several shots go as one block, in the order in which they lay", () => {
  expect(shape(withMoved(wide, ["d", "b"], "s2", 0))).toBe("ace|bdf");
  expect(shape(stepped(wide, ["b", "c"], 1))).toBe("adbce|f");
  expect(shape(stepped(wide, ["c", "b"], -1))).toBe("bcade|f");
  expect(shape(stepped(wide, ["d", "e"], 1))).toBe("abc|def");
  expect(shape(steppedScene(wide, ["a", "e"], 1))).toBe("bcd|aef");
});

test("a block put onto a shot takes its place, from either side", () => {
  expect(shape(withMovedOnto(wide, ["b"], "d"))).toBe("acdbe|f");
  expect(shape(withMovedOnto(wide, ["d"], "b"))).toBe("adbce|f");
  expect(shape(withMovedOnto(wide, ["a", "b"], "d"))).toBe("cdabe|f");
  expect(shape(withMovedOnto(wide, ["f"], "a"))).toBe("fabcde|");
  expect(withMovedOnto(wide, ["a", "b"], "b")).toBeNull();
});

test("a place is said by the shot ahead, and found again when others came or went", () => {
  const moved = withMoved(lanes, ["c"], "s1", 1);
  expect(shape(moved)).toBe("acb||");
  expect(placeOf(moved, ["c"])).toEqual({ sceneId: "s1", afterId: "a" });
  expect(placeOf(moved, ["a"])).toEqual({ sceneId: "s1", afterId: null });
  expect(shape(withPlaced(wide, ["f"], { sceneId: "s1", afterId: "a" }))).toBe("afbcde|");
  expect(shape(withPlaced(wide, ["f"], { sceneId: "s1", afterId: "gone" }))).toBe("abcdef|");
  expect(shape(withPlaced(wide, ["f"], { sceneId: "s1", afterId: null }))).toBe("fabcde|");
});

test("clicks select one, some or a stretch", () => {
  const order = ["a", "b", "c", "d"];
  expect(selectionAfterClick(order, ["a"], "c", { toggle: false, range: false })).toEqual(["c"]);
  expect(selectionAfterClick(order, ["a"], "c", { toggle: true, range: false })).toEqual(["a", "c"]);
  expect(selectionAfterClick(order, ["a", "c"], "c", { toggle: true, range: false })).toEqual(["a"]);
  expect(selectionAfterClick(order, ["c"], "a", { toggle: false, range: true })).toEqual(["c", "a", "b"]);
});

test("when shots go, the one behind them is next, else the last that stays", () => {
  expect(besideThese(wide, ["b", "c"])).toBe("d");
  expect(besideThese(lanes, ["b"])).toBe("c");
  expect(besideThese(lanes, ["b", "c"])).toBe("a");
  expect(besideThese(lanes, ["a", "b", "c"])).toBeNull();
});
