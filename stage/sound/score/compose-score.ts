import type { CueSection, CueSheet } from "#domain/screenplay/plan/cue-sheet.ts";
import type { Instrument } from "#domain/screenplay/plan/sound-kinds.ts";
import { hashText, seededRandom } from "#domain/screenplay/seeded.ts";
import { drumPart, kitOf } from "./compose-drums.ts";
import { motifOf } from "./compose-motif.ts";
import type { Drum } from "./drums.ts";
import { accompany } from "./compose-parts.ts";

export type Player = Instrument | Drum;
/** A note of the score: MIDI pitch, times in seconds from the start of the film. */
export type Note = { player: Player; pitch: number; at: number; seconds: number; loud: number };

const scales: Record<CueSection["mode"], readonly number[]> = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
  "aeolian-sparse": [0, 2, 3, 5, 7, 8, 10],
};
/** What is afraid has its second step hard against the first. */
const afraid: readonly number[] = [0, 1, 3, 5, 7, 8, 10];

/** Roots of the chords, as degrees of the scale, one after the other. */
const progressions: Record<CueSection["mode"], readonly (readonly number[])[]> = {
  major: [
    [0, 4, 5, 3],
    [0, 3, 1, 4],
    [0, 5, 3, 4],
  ],
  minor: [
    [0, 5, 2, 6],
    [0, 3, 5, 4],
  ],
  dorian: [
    [0, 3, 0, 6],
    [0, 6, 3, 0],
    [0, 2, 3, 0],
  ],
  lydian: [
    [0, 1, 0, 5],
    [0, 4, 1, 0],
  ],
  "aeolian-sparse": [
    [0, 5, 3, 6],
    [0, 2, 5, 3],
  ],
};
const afraidRows: readonly (readonly number[])[] = [
  [0, 1, 0, 6],
  [0, 5, 0, 1],
];
/** The chord from which each mode comes home. */
const leading: Record<CueSection["mode"], number> = { major: 4, minor: 6, dorian: 3, lydian: 1, "aeolian-sparse": 3 };

/** Sections that sound alike and touch are one stretch, so that the music does not start anew at every cut. */
export type Stretch = Pick<CueSection, "mode" | "instruments" | "energy" | "mood"> & {
  start: number;
  seconds: number;
  /** The music ends with it. */
  last: boolean;
};

export function stretchesOf(cues: CueSheet, seconds: number): Stretch[] {
  const out: Stretch[] = [];
  for (const section of [...cues.sections].sort((a, b) => a.start - b.start)) {
    if (section.start >= seconds) continue;
    const length = Math.min(section.seconds, seconds - section.start);
    const last = out.at(-1);
    if (
      last !== undefined &&
      last.mood === section.mood &&
      last.instruments.join() === section.instruments.join() &&
      section.start - (last.start + last.seconds) < 0.2
    ) {
      const before = last.seconds;
      last.seconds = section.start + length - last.start;
      last.energy += ((section.energy - last.energy) * length) / Math.max(0.04, before + length);
    } else {
      const { mode, instruments, energy, mood } = section;
      out.push({ start: section.start, seconds: length, mode, instruments, energy, mood, last: false });
    }
  }
  const final = out.findLast(({ instruments }) => instruments.length > 0);
  if (final !== undefined) final.last = true;
  return out;
}

/** A chord and when it sounds: seconds, and the degree of its root. */
export type Chord = { from: number; to: number; root: number; bar: number; home: boolean };

/** What those who write the parts know of a stretch. */
export type Score = {
  stretch: Stretch;
  beat: number;
  bar: number;
  chords: readonly Chord[];
  /** Where it comes home, seconds; Infinity where the music goes on after it. */
  ends: number;
  random: () => number;
  /** @returns the MIDI pitch of a degree of the scale, 0 = the key's note below middle C */
  pitch(degree: number): number;
  /** Notes outside of the stretch are cut, those of nobody who plays are left out. */
  add(player: Player, pitch: number, at: number, seconds: number, loud: number): void;
};

/** Shorter music than this has no time to come home. */
const shortestEnding = 3;
/** The last chord rings for so long, seconds. */
const ringing = 2.3;

/** @returns the beat on which the last chord falls: on a bar's first where one is near enough */
function homeAt(stretch: Stretch, beat: number): number {
  if (!stretch.last || stretch.seconds < shortestEnding) return Infinity;
  const latest = stretch.start + stretch.seconds - Math.min(ringing, stretch.seconds * 0.4);
  const on = (unit: number) => Math.floor(latest / unit + 1e-6) * unit;
  const near = [on(beat * 4), on(beat * 2), on(beat)].find((at) => latest - at < Math.max(beat, 1.2));
  const at = near ?? on(beat);
  return at > stretch.start + beat ? at : Infinity;
}

function chordsOf(stretch: Stretch, beat: number, row: readonly number[], ends: number): Chord[] {
  const bar = beat * 4;
  const long = bar >= 2.1 ? bar : bar * 2;
  const stop = stretch.start + stretch.seconds;
  const chords: Chord[] = [];
  for (let index = Math.floor(stretch.start / long + 1e-6); index * long < Math.min(stop, ends); index += 1) {
    const from = Math.max(stretch.start, index * long);
    const to = Math.min((index + 1) * long, stop, ends);
    if (to - from < 0.05) continue;
    chords.push({ from, to, root: row[index % row.length] ?? 0, bar: Math.round((index * long) / bar), home: false });
  }
  if (ends === Infinity) return chords;
  // The way home: the last chord before it leads there, for half a bar at the least.
  const before = chords.at(-1);
  if (before !== undefined) {
    const turn = Math.max(before.from, ends - beat * 2);
    const leads = leading[stretch.mode];
    if (turn - before.from > beat * 0.9) chords.push({ ...before, from: turn, root: leads });
    else if (chords.length > 1) before.root = leads;
    if (chords.length > 1) chords[chords.length - 2]!.to = chords.at(-1)!.from;
  }
  chords.push({ from: ends, to: stop, root: 0, bar: 0, home: true });
  return chords;
}

/**
 * Writes the notes of a stretch, to its end: a sheet's tempo, players and length bound how many there are. The bars count
 * from the start of the film, so that neighbours are in time.
 */
export function composeStretch(cues: CueSheet, stretch: Stretch): Note[] {
  if (stretch.instruments.length === 0) return [];
  const random = seededRandom(cues.seed ^ hashText(`${stretch.mood}${cues.key}${Math.round(stretch.start * 10)}`));
  const beat = 60 / cues.tempo;
  const fearful = stretch.mood === "tense" && stretch.mode === "minor";
  const scale = fearful ? afraid : scales[stretch.mode];
  const rows = fearful ? afraidRows : progressions[stretch.mode];
  const row = rows[Math.floor(random() * rows.length)] ?? [0, 3];
  const stop = stretch.start + stretch.seconds;
  const home = 48 + (cues.key > 6 ? cues.key - 12 : cues.key);
  const ends = homeAt(stretch, beat);
  const kit = kitOf(stretch);
  const notes: Note[] = [];
  const score: Score = {
    ...{ stretch, beat, bar: beat * 4, ends, random },
    chords: chordsOf(stretch, beat, row, ends),
    pitch: (degree) => home + 12 * Math.floor(degree / 7) + (scale[((degree % 7) + 7) % 7] ?? 0),
    add(player, pitch, at, seconds, loud) {
      const from = Math.max(at, stretch.start);
      const to = Math.min(at + seconds, stop);
      if (to - from > 0.04)
        notes.push({ player, pitch, at: from, seconds: to - from, loud: loud * (0.92 + random() * 0.16) });
    },
  };
  accompany(score, kit);
  motifOf(score, kit);
  if (kit !== null) drumPart(score, kit);
  return notes.sort((a, b) => a.at - b.at);
}
