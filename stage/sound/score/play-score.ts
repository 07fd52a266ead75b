import { hashText, seededRandom } from "#domain/screenplay/seeded.ts";
import type { Stereo } from "../master.ts";
import { lowPass } from "../noise.ts";
import type { Note, Player } from "./compose-score.ts";
import { type Drum, drums, drumVoices } from "./drums.ts";
import { addHall } from "./hall.ts";
import { instrumentVoices, type Voice } from "./instruments.ts";

/** Where each sits: -1 left to 1 right; how loud beside the others; how much of it the hall gets; played all round. */
type Seat = { pan: number; level: number; hall: number; wide?: true };
const seats: Readonly<Record<Player, Seat>> = {
  pad: { pan: 0, level: 0.62, hall: 0.5, wide: true },
  strings: { pan: 0, level: 0.6, hall: 0.55, wide: true },
  piano: { pan: -0.22, level: 1.15, hall: 0.34 },
  pluck: { pan: 0.34, level: 1.05, hall: 0.28 },
  cello: { pan: 0.25, level: 1.2, hall: 0.45 },
  bass: { pan: 0, level: 0.62, hall: 0.02 },
  pulse: { pan: -0.3, level: 0.8, hall: 0.16 },
  bell: { pan: 0.45, level: 0.7, hall: 0.7 },
  kick: { pan: 0, level: 0.62, hall: 0.02 },
  snare: { pan: 0.05, level: 0.62, hall: 0.16 },
  brush: { pan: 0.08, level: 0.66, hall: 0.14 },
  clap: { pan: -0.08, level: 0.5, hall: 0.2 },
  hat: { pan: 0.38, level: 0.62, hall: 0.05 },
  shaker: { pan: -0.42, level: 0.6, hall: 0.08 },
  tom: { pan: -0.12, level: 0.7, hall: 0.3 },
  crackle: { pan: 0, level: 0.35, hall: 0, wide: true },
};
const isDrum = (player: Player): player is Drum => (drums as readonly string[]).includes(player);
const voiceOf = (player: Player): Voice => (isDrum(player) ? drumVoices[player] : instrumentVoices[player]);
const hertz = (pitch: number) => 440 * 2 ** ((pitch - 69) / 12);

/** Of what is played all round each ear hears its own side more, but not alone. */
const [near, across] = [0.9, 0.4];
/** Below this nothing is music, hertz. */
const rumble = 22;

/** So many notes are kept to be played again: a pattern repeats what it has. */
const mostKept = 240;
/** After so many notes whoever else waits for the page has a turn. */
const turnEvery = 48;

export type Playing = {
  seconds: number;
  rate: number;
  seed: number;
  stopped(): boolean;
  progress(fraction: number): void;
};

/**
 * Plays notes, in order of time, into two channels.
 * @returns null when it was stopped
 */
export async function playScore(notes: readonly Note[], playing: Playing): Promise<Stereo | null> {
  const { rate, seed } = playing;
  const length = Math.round(playing.seconds * rate);
  const silent = (): Stereo => [new Float32Array(length), new Float32Array(length)];
  const [out, sent] = [silent(), silent()];
  const kept = new Map<string, Float32Array>();
  const samplesOf = (note: Note, side: number): Float32Array => {
    const [held, hard] = [Math.round(note.seconds * 100) / 100, Math.round(note.loud * 12) / 12];
    const key = `${note.player} ${note.pitch} ${held} ${hard} ${side}`;
    let made = kept.get(key);
    if (made === undefined) {
      made = voiceOf(note.player)(hertz(note.pitch), held, hard, seededRandom(seed ^ hashText(key)), rate);
      if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
      kept.set(key, made);
    }
    return made;
  };
  for (const [index, note] of notes.entries()) {
    const { pan, level, hall, wide } = seats[note.player];
    const begin = Math.round(note.at * rate);
    const gainOf = (side: 0 | 1) => Math.cos(((side === 0 ? 1 + pan : 1 - pan) * Math.PI) / 4) * Math.SQRT2;
    const put = (samples: Float32Array, side: 0 | 1, gain: number) => {
      const [dry, wet] = [out[side], sent[side]];
      for (let i = 0; i < samples.length && begin + i < length; i += 1) {
        const value = samples[i]! * gain;
        dry[begin + i]! += value;
        wet[begin + i]! += value * hall;
      }
    };
    for (const side of [0, 1] as const) {
      const samples = samplesOf(note, wide === true ? side : 0);
      if (wide !== true) put(samples, side, level * gainOf(side));
      else {
        put(samples, side, level * near);
        put(samples, side === 0 ? 1 : 0, level * across);
      }
    }
    if (index % turnEvery === turnEvery - 1) {
      playing.progress(index / notes.length);
      await new Promise((resolve) => setTimeout(resolve));
      if (playing.stopped()) return null;
    }
  }
  addHall(sent, out, rate, 0.9);
  for (const channel of out) {
    const low = lowPass(rate);
    for (let i = 0; i < length; i += 1) channel[i]! -= low(channel[i]!, rumble);
  }
  return out;
}
