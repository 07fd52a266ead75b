import { expect, test } from "vitest";
import { agentState, limitWords, longWords, memoryWords, speedWords } from "./fleet-words.ts";

test("an agent that drains says whether it still works and who asked for it", () => {
  const control = { drain: true, by: "Ana", at: "2026-01-01T00:00:00Z" };
  expect(agentState({ state: "busy", jobs: 1, control })).toMatchObject({
    word: "Draining",
    sentence: "Finishes what it has, then takes nothing more. Drained by Ana.",
  });
  expect(agentState({ state: "draining", jobs: 0, control })).toMatchObject({ word: "Drained" });
  expect(agentState({ state: "draining", jobs: 1 }).sentence).not.toContain("by");
  expect(agentState({ state: "idle", jobs: 0, control: { ...control, drain: false } })).toMatchObject({
    word: "Ready",
    shown: "ready",
  });
});

test("memory is said in sizes one buys", () => {
  expect(memoryWords({ ramBytes: 64 * 2 ** 30 })).toBe("64 GB");
  expect(memoryWords({ ramBytes: 512 * 2 ** 20 })).toBe("512 MB");
  expect(memoryWords({ ramBytes: 128 * 2 ** 30, vramBytes: 79.6 * 2 ** 30 })).toBe(
    "80 GB on the card, 128 GB beside it",
  );
});

test("speed is said by size, with the engine's name only where there are several", () => {
  expect(speedWords({ "previz:720": 4.1, "previz:360": 14.2 })).toEqual([
    "14.2 frames/s at 360 lines",
    "4.1 frames/s at 720 lines",
  ]);
  expect(speedWords({ "previz:360": 14.2, "ltx:512": 2 })).toEqual([
    "ltx: 2 frames/s at 512 lines",
    "previz: 14.2 frames/s at 360 lines",
  ]);
  expect(speedWords({})).toEqual([]);
});

test("limits are said only where an engine has some", () => {
  expect(limitWords({ maxFrames: 505, maxPixels: 921_600 })).toBe("505 frames, 0.9 megapixels");
  expect(limitWords({})).toBe("");
});

test("how long something has waited is said in the largest unit that helps", () => {
  expect([0.4, 89, 90, 3599, 3600, 7800, 40_000, 200_000].map(longWords)).toEqual([
    "0 s",
    "89 s",
    "2 min",
    "1 h",
    "1 h",
    "2 h 10 min",
    "11 h",
    "2 days",
  ]);
});
