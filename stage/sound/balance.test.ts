import { expect, test } from "vitest";
import type { CueSheet } from "#domain/screenplay/plan/cue-sheet.ts";
import { addAmbience } from "./ambience.ts";
import { balance } from "./balance.ts";
import { loudnessOf, type Stereo } from "./master.ts";

const rate = 48_000;
const silent = (): Stereo => [new Float32Array(1.5 * rate), new Float32Array(1.5 * rate)];
const sheet = (ambience: CueSheet["sections"][number]["ambience"]): CueSheet => ({
  ...{ version: 1, seed: 3, tempo: 90, key: 2, seconds: 1.5, cues: [] },
  sections: [
    {
      ...{ start: 0, seconds: 1.5, mood: "calm", energy: 0.3, mode: "major" },
      ...{ instruments: ["pad"], ambience, steps: 0 },
    },
  ],
});
const tone = (): Stereo => {
  const sound = silent();
  for (const channel of sound) for (let i = 0; i < channel.length; i += 1) channel[i] = Math.sin(i * 0.03) * 0.05;
  return sound;
};

test.each([
  ["rain", 0.75, 6, 11],
  ["crowd", 0.6, 8, 11],
  ["water-drips", 0.6, 11, 15],
  ["room", 0.45, 17, 24],
] as const)("%s is heard beside the music, below it by what becomes it", (kind, level, least, most) => {
  const [music, ambience] = [tone(), silent()];
  const cues = sheet([{ kind, level }]);
  addAmbience(cues, ...ambience, rate);
  balance(cues, { music, ambience }, rate);
  const below = loudnessOf(...music, rate) - loudnessOf(...ambience, rate);
  expect(below).toBeGreaterThan(least);
  expect(below).toBeLessThan(most);
});

test("without music the place is heard alone, and what is silent stays so", () => {
  const [music, ambience] = [silent(), silent()];
  const cues = sheet([{ kind: "rain", level: 0.75 }]);
  addAmbience(cues, ...ambience, rate);
  balance(cues, { music, ambience }, rate);
  expect(loudnessOf(...ambience, rate)).toBeCloseTo(-25, 1);
  expect(loudnessOf(...music, rate)).toBe(-Infinity);
  const nothing = { music: silent(), ambience: silent() };
  balance(sheet([]), nothing, rate);
  expect(loudnessOf(...nothing.ambience, rate)).toBe(-Infinity);
});
