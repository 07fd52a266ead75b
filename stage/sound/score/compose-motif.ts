import type { Instrument } from "#domain/screenplay/plan/sound-kinds.ts";
import type { Kit } from "./compose-drums.ts";
import type { Score } from "./compose-score.ts";

/** Who sings, the first of them that plays. */
const singers: readonly Instrument[] = ["piano", "cello", "bell", "pluck"];
/** Rhythms of a bar of four: where each note begins, and how long it is, in beats. */
type Rhythm = readonly (readonly [from: number, beats: number])[];
const calm: readonly Rhythm[] = [
  [[0, 3]],
  [
    [0, 2],
    [2, 2],
  ],
  [
    [1, 1],
    [2, 2],
  ],
];
const moving: readonly Rhythm[] = [
  [
    [0, 1],
    [1, 0.5],
    [1.5, 1.5],
    [3, 1],
  ],
  [
    [0, 1.5],
    [1.5, 0.5],
    [2, 2],
  ],
  [
    [0.5, 0.5],
    [1, 1],
    [2, 1],
    [3, 1],
  ],
];
/** Above the key's note: an octave for each, the strings of a cello lower. */
const octaves: Partial<Record<Instrument, number>> = { piano: 24, bell: 24, pluck: 12, cello: 0 };

/**
 * The melody: two bars that are said, said again a little otherwise, and come to rest at the end of four. It moves by
 * step, stands on notes of the chord on the strong beats, and goes home with the last chord.
 */
export function motifOf(score: Score, kit: Kit | null): void {
  const { stretch, beat, bar, chords, random, ends } = score;
  const singer = singers.find((one) => stretch.instruments.includes(one));
  if (singer === undefined) return;
  const alone = stretch.instruments.length <= 2;
  // A guitar that only accompanies others sings nothing.
  if (singer === "pluck" && stretch.energy > 0.5 && !alone && kit !== "band") return;
  const rhythms = stretch.energy > 0.38 && stretch.mode !== "aeolian-sparse" ? moving : calm;
  const choose = () => rhythms[Math.floor(random() * rhythms.length)] ?? [];
  const said: readonly [Rhythm, Rhythm] = [choose(), choose()];
  const turns = [0, 1].map(() => Array.from({ length: 5 }, () => Math.round((random() - 0.5) * 3)));
  const up = octaves[singer] ?? 12;
  const stop = Math.min(stretch.start + stretch.seconds, ends);
  let degree = 4;
  /** Which chord is under the melody: both go on in time. */
  let under = 0;
  for (let number = Math.floor(stretch.start / bar + 1e-6); number * bar < stop; number += 1) {
    const at = number * bar;
    const half = (number % 2) as 0 | 1;
    const rests = number % 4 === 3;
    const rhythm: Rhythm = rests ? [[0, 3.4]] : said[half];
    for (const [index, [from, beats]] of rhythm.entries()) {
      const time = at + from * beat;
      if (time < stretch.start - 1e-6 || time > stop - beat * 0.4) continue;
      while (chords[under] !== undefined && time >= chords[under]!.to - 1e-6) under += 1;
      const chord = chords[under];
      const root = chord !== undefined && time >= chord.from - 1e-6 ? chord.root : 0;
      degree += turns[half]?.[index % 5] ?? 0;
      if (degree > 8) degree -= 3;
      if (degree < 0) degree += 3;
      const strong = from % 2 === 0;
      const step = strong ? nearest(degree, root) : degree;
      degree = step;
      const human = kit === "lo-fi" ? random() * 0.014 : random() * 0.006;
      score.add(
        singer,
        score.pitch(step) + up,
        time + human,
        Math.min(beats * beat, stop - time),
        strong ? 0.66 : 0.52,
      );
    }
  }
  // A cello under a piano holds one note of each chord.
  if (singer !== "cello" && stretch.instruments.includes("cello"))
    for (const chord of score.chords)
      score.add("cello", score.pitch(nearest(chord.home ? 0 : 2, chord.root)), chord.from, chord.to - chord.from, 0.5);
  if (singer !== "bell" && stretch.instruments.includes("bell"))
    for (const [index, chord] of score.chords.entries())
      if (chord.home || index % 2 === 0)
        score.add("bell", score.pitch(nearest(4, chord.root)) + 24, chord.from, 2, 0.4);
  if (ends !== Infinity && singer !== "piano")
    score.add(singer, score.pitch(nearest(degree, 0)) + up, ends, stretch.start + stretch.seconds - ends, 0.6);
}

/** @returns the degree nearest to one that is a note of the chord on `root` */
function nearest(degree: number, root: number): number {
  for (const by of [0, -1, 1, -2, 2]) if ([0, 2, 4].includes((((degree + by - root) % 7) + 7) % 7)) return degree + by;
  return degree;
}
