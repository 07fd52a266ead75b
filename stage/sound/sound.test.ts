import { expect, test } from "vitest";
import type { CueSection, CueSheet } from "#domain/screenplay/plan/cue-sheet.ts";
import { effects } from "#domain/screenplay/plan/sound-kinds.ts";
import { addAccents } from "./accents.ts";
import { addAmbience } from "./ambience.ts";
import { addEffects } from "./effects.ts";
import { loudnessOf, master, type Stereo, truePeaks } from "./master.ts";

const rate = 48_000;
const silent = (seconds: number): Stereo => [new Float32Array(seconds * rate), new Float32Array(seconds * rate)];
const section: CueSection = {
  ...{ start: 0, seconds: 6, mood: "calm", energy: 0.3, mode: "major" },
  ...{ instruments: [], ambience: [], steps: 0 },
};
const sheet = (more: Partial<CueSheet>): CueSheet => ({
  ...{ version: 1, seed: 3, tempo: 90, key: 2, seconds: 6, cues: [] },
  sections: [section],
  ...more,
});
/** Mean power of a stretch, and where it is loudest. */
function power([left]: Stereo, from: number, to: number): number {
  let sum = 0;
  for (let i = Math.round(from * rate); i < Math.round(to * rate); i += 1) sum += (left[i] ?? 0) ** 2;
  return sum / ((to - from) * rate);
}
const peakOf = (sound: Stereo) => sound.reduce((most, one) => one.reduce((m, v) => Math.max(m, Math.abs(v)), most), 0);

test.each(effects)("the sound of %s is heard from its beat on, and is over after it", (effect) => {
  const sound = silent(8);
  addEffects(sheet({ cues: [{ at: 1, kind: "effect", effect, level: 1 }] }), ...sound, rate);
  // What goes by is heard as it comes, and is loudest as it goes by.
  if (effect === "whoosh") expect(power(sound, 0.95, 1.05)).toBeGreaterThan(power(sound, 0.75, 0.85) * 2);
  else expect(power(sound, 0, 0.99)).toBe(0);
  expect(power(sound, 1, 1.5)).toBeGreaterThan(1e-4);
  expect(power(sound, 6.5, 8)).toBeLessThan(1e-6);
  expect(Number.isFinite(power(sound, 0, 8))).toBe(true);
  const again = silent(8);
  addEffects(sheet({ cues: [{ at: 1, kind: "effect", effect, level: 1 }] }), ...again, rate);
  expect(Buffer.compare(Buffer.from(again[0].buffer), Buffer.from(sound[0].buffer))).toBe(0);
});

test("a hit is loudest at its beat, a swell just ahead of it, and after a stop there is no music", () => {
  const hit = silent(4);
  addAccents(sheet({ cues: [{ at: 2, kind: "hit", level: 1 }] }), ...hit, rate);
  expect(power(hit, 0, 2)).toBe(0);
  expect(power(hit, 2, 2.2)).toBeGreaterThan(power(hit, 3, 3.2) * 10);
  const swell = silent(4);
  addAccents(sheet({ cues: [{ at: 2, kind: "swell", level: 1 }] }), ...swell, rate);
  expect(power(swell, 1.8, 2)).toBeGreaterThan(power(swell, 0.8, 1) * 10);
  expect(power(swell, 2.3, 4)).toBe(0);
  const [left, right] = silent(8);
  left.fill(0.5);
  right.fill(0.5);
  addAccents(sheet({ cues: [{ at: 2, kind: "stop", level: 1 }] }), left, right, rate);
  expect(power([left, right], 1, 2)).toBeCloseTo(0.25);
  expect(power([left, right], 2.3, 5.9)).toBe(0);
  // The next section has its music again.
  expect(power([left, right], 6.1, 8)).toBeCloseTo(0.25);
});

test.each([
  [
    "a storm",
    {
      ambience: [
        { kind: "rain" as const, level: 0.9 },
        { kind: "thunder" as const, level: 0.7 },
      ],
    },
    2,
  ],
  ["a very quiet room", { ambience: [{ kind: "room" as const, level: 0.05 }] }, 2],
  ["half a second", { ambience: [{ kind: "waves" as const, level: 0.6 }] }, 0.5],
  ["single drips", { ambience: [{ kind: "water-drips" as const, level: 0.5 }] }, 3],
])("%s comes to -16 LUFS under the ceiling", (_name, more, seconds) => {
  const mix = silent(seconds);
  const cues = sheet({ seconds, sections: [{ ...section, seconds, ...more }] });
  addAmbience(cues, ...mix, rate);
  master(mix, rate);
  expect(Math.abs(loudnessOf(...mix, rate) + 16)).toBeLessThan(0.5);
  expect(peakOf(mix)).toBeLessThan(10 ** (-1.2 / 20));
});

test("a mix full of blows still comes to its level, and its stems add up to it", () => {
  const [noise, blows] = [silent(2), silent(2)];
  addAmbience(
    sheet({ sections: [{ ...section, seconds: 2, ambience: [{ kind: "wind", level: 0.5 }] }] }),
    ...noise,
    rate,
  );
  const cues = Array.from({ length: 4 }, (_, at) => ({
    at: at * 0.5,
    kind: "effect" as const,
    effect: "thud" as const,
    level: 1,
  }));
  addEffects(sheet({ cues }), ...blows, rate);
  const mix: Stereo = [
    noise[0].map((value, at) => value + blows[0][at]!),
    noise[1].map((value, at) => value + blows[1][at]!),
  ];
  master(mix, rate, [noise, blows]);
  expect(Math.abs(loudnessOf(...mix, rate) + 16)).toBeLessThan(0.5);
  expect(peakOf(mix)).toBeLessThan(10 ** (-1.2 / 20));
  for (let i = 0; i < mix[0].length; i += 997) expect(noise[0][i]! + blows[0][i]!).toBeCloseTo(mix[0][i]!, 4);
});

test("rain on the other side of a wall has lost its brightness", () => {
  const bright = (inside: boolean) => {
    const sound = silent(1);
    const rain = { kind: "rain" as const, level: 0.5 };
    const room = inside ? [{ kind: "room" as const, level: 0.001 }] : [];
    addAmbience(sheet({ sections: [{ ...section, seconds: 1, ambience: [rain, ...room] }] }), ...sound, rate);
    const [left] = sound;
    const edges = left.map((value, at) => value - (left[at - 1] ?? 0));
    return power([edges, edges], 0.4, 0.9) / power(sound, 0.4, 0.9);
  };
  expect(bright(true)).toBeLessThan(bright(false) / 8);
});

test("what is highest between two samples is held below the ceiling as well", () => {
  // A quarter of the rate, caught beside its crests: every sample is at 0.71 of what the wave reaches.
  const wave = Float32Array.from({ length: rate }, (_, i) => Math.sin((Math.PI / 2) * i + Math.PI / 4));
  const peaks = truePeaks([wave, wave]);
  expect(Math.max(...peaks.slice(100, 2000))).toBeCloseTo(1, 1);
  expect(Math.max(...wave.slice(100, 2000))).toBeLessThan(0.72);
  const bursts = () => wave.map((value, at) => (at % 12_000 < 40 ? value : 0));
  const loud: Stereo = [bursts(), bursts()];
  master(loud, rate);
  expect(truePeaks(loud).reduce((most, one) => Math.max(most, one), 0)).toBeLessThan(10 ** (-1 / 20));
});

test("silence stays silence", () => {
  const mix = silent(1);
  master(mix, rate);
  expect(peakOf(mix)).toBe(0);
});
