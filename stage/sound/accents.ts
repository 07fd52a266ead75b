import type { CueSheet, SoundCue } from "#domain/screenplay/plan/cue-sheet.ts";
import { hashText, seededRandom } from "#domain/screenplay/seeded.ts";
import { lowPass, sine, white } from "./noise.ts";

/** A swell begins so long before its beat. */
const swellSeconds = 1.6;
const silence = 0.18;

/** Hits, swells and stops of the music, in the key of the sheet, over the score that is in the channels already. */
export function addAccents(cues: CueSheet, left: Float32Array, right: Float32Array, rate: number): void {
  const root = 32.703 * 2 ** ((cues.key > 6 ? cues.key - 12 : cues.key) / 12);
  for (const [index, cue] of cues.cues.entries()) {
    const random = seededRandom(cues.seed ^ hashText(`${cue.kind} ${index}`));
    if (cue.kind === "stop") stop(cue, cues, [left, right], rate);
    if (cue.kind === "hit") add(cue.at, 2.2, left, right, rate, hit(random, rate, root, cue.level));
    if (cue.kind === "swell") {
      const from = Math.max(0, cue.at - swellSeconds);
      add(from, cue.at - from + 0.25, left, right, rate, swell(random, rate, root, cue.level, cue.at - from));
    }
  }
}

type Voice = (age: number) => number;

/** A drum low in the key, with its fifth ringing on. */
function hit(random: () => number, rate: number, root: number, level: number): Voice {
  const [drum, fifth, octave, skin] = [sine(rate), sine(rate), sine(rate), lowPass(rate)];
  return (age) =>
    (drum(root * (1.6 + 1.5 * Math.exp(-age * 26))) * Math.exp(-age * 3.4) * 0.9 +
      (fifth(root * 3) * 0.2 + octave(root * 4) * 0.14) * Math.exp(-age * 2.2) +
      skin(white(random), 1400) * Math.exp(-age * 42) * 0.9) *
    Math.min(1, age * 700) *
    level *
    0.5;
}

/** Breath and the key's chord that grow to the beat and break off there. */
function swell(random: () => number, rate: number, root: number, level: number, length: number): Voice {
  const [low, low2] = [lowPass(rate), lowPass(rate)];
  const chord = [4, 6, 8].map((ratio) => ({ ratio, ring: sine(rate) }));
  return (age) => {
    const grown = Math.min(1, age / Math.max(0.1, length)) ** 2.2;
    const end = age <= length ? 1 : Math.max(0, 1 - (age - length) / 0.22);
    const n = low(white(random), 300 + 6000 * grown);
    const tone = chord.reduce((sum, { ratio, ring }) => sum + ring(root * ratio) * 0.1, 0);
    return ((n - low2(n, 240)) * 0.5 + tone) * grown * end * level * 0.7;
  };
}

/** The music falls silent at the beat, until its section is over. */
function stop(cue: SoundCue, cues: CueSheet, channels: readonly Float32Array[], rate: number): void {
  const section = cues.sections.find(({ start, seconds }) => cue.at >= start && cue.at < start + seconds);
  const from = Math.round(cue.at * rate);
  const end = section === undefined ? Infinity : Math.round((section.start + section.seconds) * rate);
  for (const channel of channels)
    for (let i = from; i < Math.min(end, channel.length); i += 1)
      channel[i] = (channel[i] ?? 0) * Math.max(0, 1 - (i - from) / (silence * rate));
}

function add(at: number, seconds: number, left: Float32Array, right: Float32Array, rate: number, voice: Voice): void {
  const begin = Math.round(at * rate);
  for (let i = 0; i < seconds * rate && begin + i < left.length; i += 1) {
    const value = voice(i / rate);
    left[begin + i] = (left[begin + i] ?? 0) + value;
    right[begin + i] = (right[begin + i] ?? 0) + value;
  }
}
