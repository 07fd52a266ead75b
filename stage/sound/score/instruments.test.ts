import { expect, test } from "vitest";
import { instruments } from "#domain/screenplay/plan/sound-kinds.ts";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import { drums, drumVoices } from "./drums.ts";
import { instrumentVoices } from "./instruments.ts";

const rate = 48_000;
const power = (sound: Float32Array, from: number, to: number) => {
  let sum = 0;
  for (let i = Math.round(from * rate); i < Math.min(sound.length, to * rate); i += 1) sum += sound[i]! ** 2;
  return sum / ((to - from) * rate);
};
/** How much there is of one pitch, by Goertzel. */
const ofPitch = (sound: Float32Array, hz: number) => {
  const [from, to] = [Math.round(0.2 * rate), Math.round(0.7 * rate)];
  const k = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let [a, b] = [0, 0];
  for (let i = from; i < to; i += 1) [a, b] = [(sound[i] ?? 0) + k * a - b, a];
  return a * a + b * b - k * a * b;
};

test.each(instruments)(
  "a %s plays the pitch that is asked for, begins without a click, and is over when it has rung",
  (one) => {
    const sound = instrumentVoices[one](220, 1, 0.6, seededRandom(1), rate);
    const right = ofPitch(sound, 220);
    for (const wrong of [207.7, 233.1, 180, 260]) expect(right).toBeGreaterThan(ofPitch(sound, wrong) * 4);
    expect(power(sound, 0.02, 0.4)).toBeGreaterThan(1e-4);
    expect(sound.every((value) => Number.isFinite(value) && Math.abs(value) < 1.6)).toBe(true);
    expect(Math.abs(sound[0]!)).toBeLessThan(0.05);
    expect(Math.abs(sound.at(-1)!)).toBeLessThan(0.01);
  },
);

test.each(drums)("a %s is heard, and over", (one) => {
  const sound = drumVoices[one](65, 1, 0.8, seededRandom(1), rate);
  expect(power(sound, 0, one === "crackle" ? 1 : 0.1)).toBeGreaterThan(1e-5);
  expect(sound.every((value) => Number.isFinite(value) && Math.abs(value) < 1.6)).toBe(true);
  expect(Math.abs(sound.at(-1)!)).toBeLessThan(0.02);
});
