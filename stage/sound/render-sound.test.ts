import { expect, test } from "vitest";
import { planByRules } from "#domain/generation/plan-by-rules.ts";
import { renderSound, type SoundOptions, type Stem, stems } from "./render-sound.ts";

/** Plays every note as a wave of its pitch, as long as it is held: what is played goes by the notes alone. */
const play: SoundOptions["play"] = async (notes, { seconds, rate }) => {
  const sound = new Float32Array(Math.round(seconds * rate));
  for (const { pitch, at, seconds: held, loud } of notes) {
    const step = (2 * Math.PI * 440 * 2 ** ((pitch - 69) / 12)) / rate;
    const from = Math.round(at * rate);
    for (let i = 0; i < held * rate && from + i < sound.length; i += 1)
      sound[from + i]! += Math.sin(i * step) * loud * 0.1 * (1 - i / (held * rate));
  }
  return [sound, sound.slice()];
};
async function soundOf(prompt: string, seconds = 2): Promise<Record<"mix" | Stem, Int16Array>> {
  const { audio } = planByRules({ prompt, seed: 7, seconds, fps: { num: 24, den: 1 } });
  const parts: Partial<Record<"mix" | Stem, Int16Array>> = {};
  await renderSound(audio, {
    ...{ seconds, sampleRate: 48_000, stems: true, play },
    stopped: () => false,
    progress: () => undefined,
    // Ten seconds at once: there is only one.
    chunk: (_index, samples, of) => (parts[of] = samples),
  });
  return parts as Record<"mix" | Stem, Int16Array>;
}
const loudest = (samples: Int16Array) => samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

test("the same prompt and seed are the same sound, byte by byte; the stems add up to the mix", async () => {
  const prompt = "A man fights in a room, 100 bpm lo-fi";
  const [one, other] = [await soundOf(prompt, 1.5), await soundOf(prompt, 1.5)];
  const bytes = (samples: Int16Array) => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  for (const part of ["mix", ...stems] as const) expect(bytes(one[part]).equals(bytes(other[part]))).toBe(true);
  const { mix, music, ambience, effects } = one;
  for (const part of [music, ambience, effects]) expect(loudest(part)).toBeGreaterThan(100);
  for (let i = 0; i < mix.length; i += 1)
    if (Math.abs(mix[i]! - music[i]! - ambience[i]! - effects[i]!) > 3) throw new Error(`apart at ${i}`);
});

test("“music: none” is silent music, and the place and what happens in it are heard", async () => {
  const { mix, music, ambience, effects } = await soundOf("A man falls in a room. Music: none");
  expect(loudest(music)).toBe(0);
  for (const part of [mix, ambience, effects]) expect(loudest(part)).toBeGreaterThan(1000);
});

test("the music dies away before the end and does not break off", async () => {
  const { music } = await soundOf("A woman waits in a quiet room, sad piano music", 4);
  const power = (from: number, to: number) => {
    const part = music.slice(Math.round(from * 96_000), Math.round(to * 96_000));
    return part.reduce((sum, one) => sum + one * one, 0) / part.length;
  };
  expect(power(3.9, 4)).toBeLessThan(power(1.5, 2) / 100);
  expect(power(3, 3.4)).toBeGreaterThan(power(3.9, 4) * 10);
});

test("what is stopped while it plays sends nothing", async () => {
  const { audio } = planByRules({ prompt: "A man dances", seed: 7, seconds: 2, fps: { num: 24, den: 1 } });
  const sent: string[] = [];
  await renderSound(audio, {
    ...{ seconds: 2, sampleRate: 48_000, play: async () => null },
    stopped: () => false,
    progress: () => undefined,
    chunk: (_index, _samples, of) => sent.push(of),
  });
  expect(sent).toEqual([]);
});
