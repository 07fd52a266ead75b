import { expect, test } from "vitest";
import { fitLine } from "./fit-line.ts";

test("a line through points on it is that line, and through others the nearest", () => {
  const on = fitLine([24, 48, 120].map((x) => ({ x, y: 0.5 + 0.25 * x })));
  expect([on.a, on.b].map((value) => value.toFixed(6))).toEqual(["0.500000", "0.250000"]);
  const { a, b } = fitLine([
    { x: 0, y: 1 },
    { x: 0, y: 3 },
    { x: 10, y: 12 },
  ]);
  expect([a, b].map((value) => value.toFixed(6))).toEqual(["2.000000", "1.000000"]);
});

test("one place makes no line", () => {
  expect(() => fitLine([{ x: 24, y: 1 }])).toThrow(RangeError);
});
