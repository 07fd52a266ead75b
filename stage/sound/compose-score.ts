import type { CueSection, CueSheet } from "#domain/screenplay/plan/cue-sheet.ts";
import type { Instrument } from "#domain/screenplay/plan/sound-kinds.ts";
import { hashText, seededRandom } from "#domain/screenplay/seeded.ts";

/** A note of the score: MIDI pitch, times in seconds from the start of the film. */
export type Note = { instrument: Instrument; pitch: number; at: number; seconds: number; loud: number };

const scales: Record<CueSection["mode"], readonly number[]> = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
  "aeolian-sparse": [0, 2, 3, 5, 7, 8, 10],
};

/** Roots of the chords, as degrees of the scale, one per two bars. */
const progressions: Record<CueSection["mode"], readonly (readonly number[])[]> = {
  major: [
    [0, 4, 5, 3],
    [0, 3, 0, 4],
  ],
  minor: [
    [0, 5, 2, 6],
    [0, 3, 5, 4],
  ],
  dorian: [
    [0, 3, 0, 6],
    [0, 6, 3, 0],
  ],
  lydian: [
    [0, 1, 0, 5],
    [0, 4, 1, 0],
  ],
  "aeolian-sparse": [
    [0, 5, 3, 6],
    [0, 2, 5, 0],
  ],
};

/** Sections that sound alike and touch are one stretch, so that the music does not start anew at every cut. */
export type Stretch = Pick<CueSection, "mode" | "instruments" | "energy" | "mood"> & { start: number; seconds: number };

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
      last.seconds = section.start + length - last.start;
      last.energy = (last.energy + section.energy) / 2;
    } else
      out.push({
        start: section.start,
        seconds: length,
        mode: section.mode,
        instruments: section.instruments,
        energy: section.energy,
        mood: section.mood,
      });
  }
  return out;
}

/** Writes the notes of a stretch. The bars count from the start of the film, so that neighbours are in time. */
export function composeStretch(cues: CueSheet, stretch: Stretch): Note[] {
  const random = seededRandom(cues.seed ^ hashText(`${stretch.mood}${Math.round(stretch.start * 10)}`));
  const beat = 60 / cues.tempo;
  const bar = beat * 4;
  const scale = scales[stretch.mode];
  const rows = progressions[stretch.mode];
  const row = rows[Math.floor(random() * rows.length)] ?? [0, 3];
  const end = stretch.start + stretch.seconds;
  const home = 48 + (cues.key > 6 ? cues.key - 12 : cues.key);
  const pitch = (degree: number) => home + 12 * Math.floor(degree / 7) + (scale[((degree % 7) + 7) % 7] ?? 0);
  const notes: Note[] = [];
  const add = (instrument: Instrument, degree: number, at: number, seconds: number, loud: number, octave = 0) => {
    const from = Math.max(at, stretch.start);
    const to = Math.min(at + seconds, end);
    if (stretch.instruments.includes(instrument) && to - from > 0.05 && notes.length < 6000)
      notes.push({
        instrument,
        pitch: pitch(degree) + 12 * octave,
        at: from,
        seconds: to - from,
        loud: loud * (0.92 + random() * 0.16),
      });
  };
  let melody = 4;
  for (let index = Math.floor(stretch.start / bar); index * bar < end; index += 1) {
    const at = index * bar;
    const root = row[Math.floor(index / 2) % row.length] ?? 0;
    if (index % 2 === 0 || at <= stretch.start) {
      for (const [i, degree] of [0, 2, 4].entries()) {
        add("pad", root + degree, at, bar * 2, 0.42 - i * 0.04);
        add("strings", root + degree + (i === 2 ? 7 : 0), at, bar * 2, 0.34);
      }
      add("bass", root, at, bar * 1.9, 0.62, -1);
    }
    if (stretch.energy > 0.55)
      for (let b = 1; b < 4; b += 1) add("bass", root + (b === 3 ? 4 : 0), at + b * beat, beat * 0.8, 0.5, -1);
    const eighths = stretch.energy > 0.4 ? 8 : 4;
    for (let i = 0; i < eighths; i += 1) {
      const step = (bar / eighths) * i;
      add("pulse", root, at + step, beat * 0.24, i % (eighths / 2) === 0 ? 0.6 : 0.36, 0);
      if (random() < 0.35 + stretch.energy * 0.4)
        add("pluck", root + ([0, 2, 4, 7, 4, 2][i % 6] ?? 0), at + step, beat * 0.5, 0.36, 1);
    }
    for (const b of [0, 1.5, 2, 3]) {
      const chance = b === 0 ? 0.95 : stretch.mode === "aeolian-sparse" ? 0.25 : 0.5;
      if (random() < chance)
        add(
          "piano",
          root + ([0, 2, 4, 7, 9][Math.floor(random() * 5)] ?? 0),
          at + b * beat + random() * 0.012,
          beat * 1.6,
          0.4 + random() * 0.14,
          1,
        );
    }
    if (random() < 0.7)
      add(
        "bell",
        root + ([4, 7, 9, 11][Math.floor(random() * 4)] ?? 4),
        at + Math.floor(random() * 4) * beat,
        bar,
        0.3,
        1,
      );
    // The cello sings: long notes by step, coming home on the chord.
    for (const [b, length] of random() < 0.5
      ? [[0, 4]]
      : [
          [0, 2.5],
          [2.5, 1.5],
        ]) {
      melody = Math.max(0, Math.min(9, melody + Math.round((random() - 0.5) * 4)));
      const chordal = [0, 2, 4].includes((((melody - root) % 7) + 7) % 7) ? melody : melody + 1;
      add("cello", chordal, at + (b ?? 0) * beat, (length ?? 2) * beat * 0.98, 0.6, 0);
    }
  }
  return notes.sort((a, b) => a.at - b.at);
}
