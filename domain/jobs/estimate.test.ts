import { expect, test } from "vitest";
import { type Measured, predictSeconds, type Sized, sizeClassOf, unitsOf, workOf } from "./estimate.ts";

const draft: Sized = { role: "video", width: 640, height: 360, frames: 48 };
const measured = (seconds: number, more: Partial<Sized> = {}, engine = "previz"): Measured => ({
  ...workOf({ ...draft, ...more }),
  engine,
  seconds,
});
const of = (frames: number, more: { width?: number; height?: number } = {}) => workOf({ ...draft, ...more, frames });

test("four times the pixels is four times the work", () => {
  expect(unitsOf(draft)).toBe(48);
  expect(unitsOf({ ...draft, width: 1280, height: 720 })).toBe(192);
});

test("one slow render does not spoil the estimate", () => {
  expect(predictSeconds(of(48), [measured(4), measured(5), measured(100)])).toBe(5);
});

test("without history there is a guess, and it is not zero", () => {
  expect(predictSeconds(of(48), [])).toBeGreaterThan(0);
});

test("the start costs the same whatever the length: twice the frames are less than twice the time", () => {
  // Four seconds to begin, a tenth of a second a frame.
  const history = [24, 48, 96, 192].map((frames) => measured(4 + frames / 10, { frames }));
  expect(predictSeconds(of(48), history)).toBeCloseTo(8.8);
  expect(predictSeconds(of(240), history)).toBeCloseTo(28);
});

test("another size has a pace of its own, which is asked first", () => {
  const large = { width: 1280, height: 720 };
  const history = [measured(5), measured(5), { ...workOf({ ...draft, ...large }), engine: "previz", seconds: 60 }];
  expect(predictSeconds(of(48), history)).toBe(5);
  expect(predictSeconds(of(48, large), history)).toBe(60);
  // Never made at this size: from the work per unit at others, whose middle it is.
  expect(predictSeconds(of(48, { width: 1920, height: 1080 }), [measured(5)])).toBeCloseTo(45);
});

test("engines are measured apart", () => {
  const history = [measured(4), measured(4), measured(4), measured(4), measured(20, {}, "ltx")];
  expect(predictSeconds(of(48), history)).toBe(12);
});

test("sizes are classed by their shorter side, whichever way they stand", () => {
  expect([sizeClassOf(640, 360), sizeClassOf(360, 640), sizeClassOf(1280, 704), sizeClassOf(null, null)]).toEqual([
    360, 360, 720, 0,
  ]);
  expect(sizeClassOf(7680, 4320)).toBe(2160);
});
