import { expect, test } from "vitest";
import { alongLine, facingTo, onLevel, snapped, snappedAngle, type Ray } from "./geometry.ts";

const down: Ray = { from: [1, 4, 2], way: [0, -1, 0] };
const slant: Ray = { from: [0, 3, 0], way: [Math.SQRT1_2, -Math.SQRT1_2, 0] };

test("a hand points at the floor below it, and at none when it points up or along", () => {
  expect(onLevel(down, 0)).toEqual([1, 0, 2]);
  expect(onLevel(slant, 1)?.map((value) => Math.round(value * 100) / 100)).toEqual([2, 1, 0]);
  expect(onLevel({ from: [0, 1, 0], way: [0, 1, 0] }, 0)).toBeNull();
  expect(onLevel({ from: [0, 1, 0], way: [1, 0, 0] }, 0)).toBeNull();
  expect(onLevel({ from: [0, 1, 0], way: [1, -1e-4, 0] }, 0)).toBeNull();
});

test("along an arrow a hand goes as far as its ray comes near, and nowhere when it looks along the arrow", () => {
  expect(alongLine(down, [0, 0, 2], [1, 0, 0])).toBeCloseTo(1);
  expect(alongLine(down, [1, 0, 2], [0, 1, 0])).toBeNull();
});

test("things stand on quarter metres and turn by fifteen degrees, unless somebody wants it finer", () => {
  expect(snapped([0.36, 0.1, -1.13], false)).toEqual([0.25, 0, -1.25]);
  expect(snapped([0.364, 0.1, -1.136], true)).toEqual([0.36, 0.1, -1.14]);
  expect(snapped([5000, 0, 0], true)[0]).toBe(199);
  expect(snappedAngle(98, false)).toBe(105);
  expect(snappedAngle(190, false)).toBe(-165);
  expect(snappedAngle(98.04, true)).toBe(98);
});

test("facing is measured from the camera's usual side, turning to one's left", () => {
  expect(facingTo([0, 0, 0], [0, 0, 3])).toBe(0);
  expect(facingTo([0, 0, 0], [3, 0, 0])).toBe(90);
});
