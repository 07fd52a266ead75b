import { expect, test } from "vitest";
import { everyNth, keyStride } from "./character-model.ts";

test("a short performance is written frame by frame, a long one of many as seldom as its size asks", () => {
  expect(keyStride(1, 144)).toBe(1);
  expect(keyStride(2, 1440)).toBe(1);
  expect(keyStride(6, 2880)).toBeGreaterThan(1);
});

test("of moments left out the first and the last stay", () => {
  const pairs = Float32Array.from([0, 0, 1, 10, 2, 20, 3, 30, 4, 40, 5, 50]);
  expect([...everyNth(pairs, 2, 1)]).toEqual([...pairs]);
  expect([...everyNth(pairs, 2, 2)]).toEqual([0, 0, 2, 20, 4, 40, 5, 50]);
  expect([...everyNth(pairs, 2, 100)]).toEqual([0, 0, 5, 50]);
});
