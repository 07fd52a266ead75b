import type { CueSheet } from "#domain/screenplay/cue-sheet.ts";
import { addAmbience } from "./ambience.ts";
import { composeStretch, stretchesOf } from "./compose-score.ts";
import { master, toSixteenBits } from "./master.ts";
import { playScore } from "./play-score.ts";

export type SoundOptions = {
  seconds: number;
  /** 48000: loudness is measured at that rate. */
  sampleRate: number;
  stopped(): boolean;
  progress(fraction: number): void;
  /** Interleaved 16-bit stereo, in order. */
  chunk(index: number, samples: Int16Array): void;
};

/** Notes ring on over the end of their stretch, under the beginning of the next. */
const tail = 2.5;

/** Renders a cue sheet: score, ambience, footsteps, mastered. Exactly `seconds` long. */
export async function renderSound(cues: CueSheet, options: SoundOptions): Promise<void> {
  const { seconds, sampleRate } = options;
  const length = Math.round(seconds * sampleRate);
  const left = new Float32Array(length);
  const right = new Float32Array(length);
  const stretches = stretchesOf(cues, seconds);
  for (const [index, stretch] of stretches.entries()) {
    if (options.stopped()) return;
    const [l, r] = await playScore(composeStretch(cues, stretch), stretch.start, stretch.seconds + tail, sampleRate);
    const from = Math.round(stretch.start * sampleRate);
    const end = stretch.seconds * sampleRate;
    for (let i = 0; i < l.length && from + i < length; i += 1) {
      const fade = Math.min(1, (i + 1) / (sampleRate * 0.25), i < end ? 1 : 1 - (i - end) / (tail * sampleRate));
      left[from + i] = (left[from + i] ?? 0) + (l[i] ?? 0) * fade;
      right[from + i] = (right[from + i] ?? 0) + (r[i] ?? 0) * fade;
    }
    options.progress(0.7 * ((index + 1) / stretches.length));
  }
  if (options.stopped()) return;
  addAmbience(cues, left, right, sampleRate);
  options.progress(0.85);
  master(left, right, sampleRate);
  options.progress(0.95);
  const step = sampleRate * 10;
  for (let from = 0, index = 0; from < length; from += step, index += 1)
    options.chunk(index, toSixteenBits(left, right, from, Math.min(length, from + step)));
}
