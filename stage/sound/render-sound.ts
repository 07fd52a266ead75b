import type { CueSheet } from "#domain/screenplay/plan/cue-sheet.ts";
import { addAccents } from "./accents.ts";
import { addAmbience } from "./ambience.ts";
import { balance } from "./balance.ts";
import { addEffects } from "./effects.ts";
import { master, toSixteenBits, type Stereo } from "./master.ts";
import { composeStretch, stretchesOf } from "./score/compose-score.ts";
import type { playScore } from "./score/play-score.ts";
import { addSteps, type Footfall } from "./steps.ts";

/** What a film's sound is made of; together they are the mix. */
export const stems = ["music", "ambience", "effects"] as const;
export type Stem = (typeof stems)[number];

export type SoundOptions = {
  seconds: number;
  /** 48000: loudness is measured at that rate. */
  sampleRate: number;
  /** Whether the stems are wanted as well. */
  stems?: boolean;
  /** When feet come down, where somebody knows; else they fall as often as the sheet says. */
  footfalls?: readonly Footfall[];
  /** Who plays the notes: in a browser, Tone. */
  play: typeof playScore;
  stopped(): boolean;
  progress(fraction: number): void;
  /** Interleaved 16-bit stereo, in order; the whole mix comes first. */
  chunk(index: number, samples: Int16Array, of: "mix" | Stem): void;
};

/** Notes ring on over the end of their stretch, under the beginning of the next. */
const tail = 2.5;

/** Renders a cue sheet: score, ambience, footsteps and effects, mastered. Exactly `seconds` long. */
export async function renderSound(cues: CueSheet, options: SoundOptions): Promise<void> {
  const { seconds, sampleRate } = options;
  const length = Math.round(seconds * sampleRate);
  const silent = (): Stereo => [new Float32Array(length), new Float32Array(length)];
  const music = await playMusic(cues, options, silent());
  if (music === null) return;
  const ambience = silent();
  addAmbience(cues, ...ambience, sampleRate);
  options.progress(0.8);
  balance(cues, { music, ambience }, sampleRate);
  addAccents(cues, ...music, sampleRate);
  const effects = silent();
  addSteps(cues, options.footfalls, ...effects, sampleRate);
  addEffects(cues, ...effects, sampleRate);
  options.progress(0.85);
  const mix = summed([music, ambience, effects]);
  const parts: Record<Stem, Stereo> = { music, ambience, effects };
  master(mix, sampleRate, options.stems === true ? Object.values(parts) : []);
  options.progress(0.95);
  send(mix, "mix", options);
  if (options.stems === true) for (const stem of stems) send(parts[stem], stem, options);
}

async function playMusic(cues: CueSheet, options: SoundOptions, music: Stereo): Promise<Stereo | null> {
  const { seconds, sampleRate } = options;
  const stretches = stretchesOf(cues, seconds);
  for (const [index, stretch] of stretches.entries()) {
    if (options.stopped()) return null;
    const notes = composeStretch(cues, stretch).map((note) => ({ ...note, at: note.at - stretch.start }));
    if (notes.length === 0) continue;
    const played = await options.play(notes, {
      ...{ seconds: Math.min(stretch.seconds + tail, seconds - stretch.start), rate: sampleRate, seed: cues.seed },
      stopped: options.stopped,
      progress: (fraction) => options.progress(0.7 * ((index + fraction) / stretches.length)),
    });
    if (played === null) return null;
    const from = Math.round(stretch.start * sampleRate);
    const end = stretch.seconds * sampleRate;
    for (const [channel, into] of music.entries()) {
      const one = played[channel as 0 | 1];
      for (let i = 0; i < one.length && from + i < into.length; i += 1)
        into[from + i]! += one[i]! * (i < end ? 1 : 1 - (i - end) / (tail * sampleRate));
    }
    options.progress(0.7 * ((index + 1) / stretches.length));
  }
  return options.stopped() ? null : music;
}

function summed(parts: readonly Stereo[]): Stereo {
  const add = (channel: 0 | 1) => {
    const sum = Float32Array.from(parts[0]?.[channel] ?? []);
    for (const part of parts.slice(1))
      for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + (part[channel][i] ?? 0);
    return sum;
  };
  return [add(0), add(1)];
}

function send([left, right]: Stereo, of: "mix" | Stem, { sampleRate, chunk }: SoundOptions): void {
  const step = sampleRate * 10;
  for (let from = 0, index = 0; from < left.length; from += step, index += 1)
    chunk(index, toSixteenBits(left, right, from, Math.min(left.length, from + step)), of);
}
