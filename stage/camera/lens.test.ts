import { expect, test } from "vitest";
import { softness } from "./lens.ts";

test("behind who comes nearer in a wide what is far goes soft little by little, and is sharp while they are far", () => {
  const over = Array.from({ length: 101 }, (_, i) => softness(25, 4, 12 - i * 0.1));
  expect(over[0]).toBe(0);
  expect(over[40]).toBe(0);
  expect(over.at(-1)).toBeGreaterThan(0.2);
  for (let i = 1; i < over.length; i += 1) expect(Math.abs(over[i]! - over[i - 1]!)).toBeLessThan(0.03);
});

test("a close-up on a long lens is soft behind, as a full shot is a little", () => {
  expect(softness(75, 4, 1.3)).toBeGreaterThan(0.9);
  expect(softness(32, 4, 4.5)).toBeGreaterThan(0.2);
});
