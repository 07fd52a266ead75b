import { expect, test } from "vitest";
import { createPace, less, type Pace, watched } from "./quality.ts";

test("less and less is asked of a slow machine: pixels, then splats, then shadows, and then no more", () => {
  const seen = [];
  for (let now = less({ scale: 1, splats: true, shadows: true }); now !== null; now = less(now)) seen.push(now);
  expect(seen).toEqual([
    { scale: 0.85, splats: true, shadows: true },
    { scale: 0.7, splats: true, shadows: true },
    { scale: 0.5, splats: true, shadows: true },
    { scale: 0.5, splats: false, shadows: true },
    { scale: 0.5, splats: false, shadows: false },
  ]);
});

const take = (pace: Pace, count: number, milliseconds: number) =>
  Array.from({ length: count }, () => pace.slow(milliseconds)).filter(Boolean).length;

test("a machine that keeps up is never slow, and one picture that was long away does not count", () => {
  const pace = createPace();
  expect(take(pace, watched * 3, 16.7)).toBe(0);
  expect(pace.slow(5000)).toBe(false);
  expect(pace.mean).toBeCloseTo(16.7, 5);
});

test("a picture whose shaders had to be made first does not cost those after it their sharpness", () => {
  const pace = createPace();
  expect(take(pace, 20, 16.7)).toBe(0);
  expect(take(pace, 1, 900)).toBe(0);
  expect(take(pace, 40, 16.7)).toBe(0);
});

test("a machine of which nearly every second picture misses its turn is slow", () => {
  const pace = createPace();
  const times = Array.from({ length: watched }, (_, i) => (i % 9 < 4 ? 33.3 : 16.7));
  expect(times.map((time) => pace.slow(time)).filter(Boolean)).toHaveLength(1);
});

test("thirty pictures in a row that take too long are slow, and so are the next thirty", () => {
  const pace = createPace();
  expect(take(pace, watched - 1, 40)).toBe(0);
  expect(take(pace, 1, 40)).toBe(1);
  expect(take(pace, watched - 1, 40)).toBe(0);
  expect(take(pace, 1, 40)).toBe(1);
});
