import { expect, test } from "vitest";
import { laneScale, snappedBy } from "./lane-scale.ts";

test("a frame is found again where it stands, and a hand beyond the lanes is at their ends", () => {
  const scale = laneScale(824, 97);
  for (const frame of [0, 1, 48, 96]) expect(scale.frameAt(scale.at(frame))).toBe(frame);
  expect(scale.frameAt(-50)).toBe(0);
  expect(scale.frameAt(5000)).toBe(96);
  expect(scale.at(96)).toBe(810);
});

test("the nearest of what is within reach draws an edge to itself; further off, whole frames count", () => {
  expect(snappedBy(9.2, [20], [30], 4)).toBe(10);
  expect(snappedBy(9.2, [20, 40], [30, 49], 4)).toBe(9);
  expect(snappedBy(3.4, [20], [30], 4)).toBe(3);
});
