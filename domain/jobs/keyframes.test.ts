import fc from "fast-check";
import { expect, test } from "vitest";
import { betweenKeyframes } from "./keyframes.ts";

test("a shot goes from each keyframe to the next, and holds the first and the last", () => {
  expect(betweenKeyframes([30, 6], 48)).toEqual({
    order: [1, 0],
    stretches: [
      { from: 0, to: 0, frames: 6 },
      { from: 0, to: 1, frames: 24 },
      { from: 1, to: 1, frames: 18 },
    ],
  });
});

test("what stands beyond the end is the end, and of two at one frame the later given counts", () => {
  expect(betweenKeyframes([0, 99, 12, 12], 24)).toEqual({
    order: [0, 3, 1],
    stretches: [
      { from: 0, to: 1, frames: 12 },
      { from: 1, to: 2, frames: 11 },
      { from: 2, to: 2, frames: 1 },
    ],
  });
});

test("however they stand, the stretches hold every frame of the shot once", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 505 }),
      (at, total) => {
        const { order, stretches } = betweenKeyframes(at, total);
        expect(stretches.reduce((sum, { frames }) => sum + frames, 0)).toBe(total);
        for (const { from, to } of stretches) expect(order[from] !== undefined && order[to] !== undefined).toBe(true);
      },
    ),
  );
});
