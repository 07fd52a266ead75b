import { expect, test } from "vitest";
import { cropOf, type Pixels } from "./poster-crop.ts";

const poster = 3 / 4;

/** A grey picture with something striped in it, so wide and so far from its left edge, in columns of 64. */
function picture(from: number, wide: number): Pixels {
  const [width, height] = [64, 36];
  const data = Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const value = x >= from && x < from + wide && y > 6 ? ((x + y) % 2 === 0 ? 230 : 20) : 128;
    return [value, value, value, 255];
  }).flat();
  return { width, height, data };
}
/** The middle of what is left of it, in columns. */
const middle = (of: Pixels, shape = poster) => {
  const wide = of.height * shape;
  return cropOf(of, shape) * (of.width - wide) + wide / 2;
};

test("what there is to see stands in the middle of its poster, wherever it is in the picture", () => {
  for (const from of [16, 28, 38]) expect(Math.abs(middle(picture(from, 8)) - (from + 4))).toBeLessThan(3.5);
});

test("what is at the very edge is in the poster, as far as the picture goes", () => {
  expect(cropOf(picture(0, 6), poster)).toBeLessThan(0.15);
  expect(cropOf(picture(58, 6), poster)).toBeGreaterThan(0.85);
});

test("a picture with nothing in it, and one that is no wider than its poster, is cropped in the middle", () => {
  expect(cropOf(picture(0, 0), poster)).toBeCloseTo(0.5);
  expect(cropOf({ ...picture(10, 4), width: 20 }, poster)).toBe(0.5);
});
