import { expect, test } from "vitest";
import { flashAt, strikesOf } from "./lightning.ts";

const shot = { cues: [], beatSeconds: 0.5, weather: "storm", seed: 4, frames: 240, fps: { num: 24, den: 1 } } as const;

test("lightning comes shortly before the thunder that is heard", () => {
  const strikes = strikesOf({
    ...shot,
    weather: "rain",
    cues: [
      { beat: 8, kind: "effect", effect: "thunder", level: 1 },
      { beat: 2, kind: "effect", effect: "door", level: 1 },
    ],
  });
  expect(strikes).toEqual([8 * 0.5 - 0.7]);
});

test("a storm has lightning of its own, the same each time, and other weather none", () => {
  const strikes = strikesOf({ ...shot, cues: [] });
  expect(strikes.length).toBeGreaterThanOrEqual(2);
  expect(strikesOf({ ...shot, cues: [] })).toEqual(strikes);
  expect(strikesOf({ ...shot, cues: [], weather: "rain" })).toEqual([]);
});

test("a strike is dark before, bright at once, and dark again within a second", () => {
  expect(flashAt([2], 1.99)).toBe(0);
  expect(flashAt([2], 2)).toBe(1);
  expect(flashAt([2], 2.2)).toBeGreaterThan(0.4);
  expect(flashAt([2], 3)).toBe(0);
});
