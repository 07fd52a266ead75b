import { expect, test } from "vitest";
import { toPlanes } from "./to-planes.ts";
import { toRgba } from "./to-rgba.ts";

/** The bottom row first, as GL hands it over. */
function picture(width: number, height: number, at: (x: number, y: number) => readonly [number, number, number]) {
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rgba.set([...at(x, y), 255], ((height - 1 - y) * width + x) * 4);
  const bytes = new Uint8Array((width * height * 3) / 2);
  toPlanes(rgba, width, height, bytes);
  return { layout: "yuv420p" as const, width, height, bytes };
}

test("black and white are 16 and 235, and grey has no colour", () => {
  const { bytes } = picture(4, 2, (x) => (x < 2 ? [0, 0, 0] : [255, 255, 255]));
  expect([...bytes]).toEqual([16, 16, 235, 235, 16, 16, 235, 235, 128, 128, 128, 128]);
});

test("full colours are where BT.709 puts them", () => {
  const of = (colour: readonly [number, number, number]) => {
    const { bytes } = picture(2, 2, () => colour);
    return [bytes[0], bytes[4], bytes[5]];
  };
  expect(of([255, 0, 0])).toEqual([63, 102, 240]);
  expect(of([0, 255, 0])).toEqual([173, 42, 26]);
  expect(of([0, 0, 255])).toEqual([32, 240, 118]);
});

test("the top row comes first, and what was shown is what is read again, to two steps of a colour", () => {
  const colours = [
    [200, 40, 90],
    [10, 220, 60],
  ] as const;
  const made = picture(8, 4, (_, y) => colours[y < 2 ? 0 : 1]);
  const shown = toRgba(made, 8, 4);
  for (const [row, colour] of [
    [0, colours[0]],
    [3, colours[1]],
  ] as const)
    for (const [channel, value] of colour.entries())
      expect(Math.abs(shown[row * 8 * 4 + channel]! - value)).toBeLessThanOrEqual(2);
});

test("a smaller picture is the average of what it covers", () => {
  const made = picture(8, 8, (x) => (x % 2 === 0 ? [0, 0, 0] : [200, 200, 200]));
  const small = toRgba(made, 4, 4);
  expect(Math.abs(small[0]! - 100)).toBeLessThanOrEqual(1);
});
