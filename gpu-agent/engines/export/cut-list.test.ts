import { expect, test } from "vitest";
import { cutList } from "./cut-list.ts";

test("gaps are black, before, between and after", () => {
  expect(cutList([{ assetId: "a", start: 2, duration: 3, in: 5 }], 8)).toEqual([
    { assetId: null, start: 0, duration: 2, in: 0 },
    { assetId: "a", start: 2, duration: 3, in: 5 },
    { assetId: null, start: 5, duration: 3, in: 0 },
  ]);
});

test("a later clip covers an earlier one, whose rest goes on at the right frame", () => {
  const seen = cutList(
    [
      { assetId: "below", start: 0, duration: 10, in: 100 },
      { assetId: "above", start: 3, duration: 4, in: 0 },
    ],
    10,
  );
  expect(seen).toEqual([
    { assetId: "below", start: 0, duration: 3, in: 100 },
    { assetId: "above", start: 3, duration: 4, in: 0 },
    { assetId: "below", start: 7, duration: 3, in: 107 },
  ]);
});

test("what lies beyond the end is cut off, and an empty timeline is all black", () => {
  expect(cutList([{ assetId: "a", start: 4, duration: 10, in: 0 }], 6).at(-1)).toEqual({
    assetId: "a",
    start: 4,
    duration: 2,
    in: 0,
  });
  expect(cutList([{ assetId: "a", start: 6, duration: 1, in: 0 }], 6)).toEqual([
    { assetId: null, start: 0, duration: 6, in: 0 },
  ]);
});

test("whatever overlaps, the stretches cover every frame once and show the topmost clip", () => {
  let state = 7;
  const random = (below: number) => (state = (state * 1103515245 + 12345) & 0x7fffffff) % below;
  for (let round = 0; round < 50; round++) {
    const frames = 1 + random(40);
    const placed = Array.from({ length: random(8) }, (_, index) => ({
      assetId: `a${index}`,
      start: random(45),
      duration: 1 + random(20),
      in: random(9),
    }));
    const list = cutList(placed, frames);
    expect(list.reduce((sum, stretch) => sum + stretch.duration, 0)).toBe(frames);
    for (let frame = 0; frame < frames; frame++) {
      const top = placed.filter((clip) => clip.start <= frame && frame < clip.start + clip.duration).at(-1);
      const shown = list.find((stretch) => stretch.start <= frame && frame < stretch.start + stretch.duration)!;
      expect(shown.assetId).toBe(top?.assetId ?? null);
      if (top !== undefined) expect(shown.in + frame - shown.start).toBe(top.in + frame - top.start);
    }
  }
});
