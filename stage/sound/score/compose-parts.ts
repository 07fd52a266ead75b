import type { Instrument } from "#domain/screenplay/plan/sound-kinds.ts";
import { beatsOfChord, type Kit } from "./compose-drums.ts";
import type { Chord, Score } from "./compose-score.ts";

/** What each instrument plays under the melody. */
export function accompany(score: Score, kit: Kit | null): void {
  const { stretch } = score;
  const plays = (instrument: Instrument) => stretch.instruments.includes(instrument);
  for (const [index, chord] of score.chords.entries()) {
    if (plays("pad")) hold(score, chord, "pad", 60, 0.5);
    if (plays("strings")) bow(score, chord);
    if (plays("bass")) low(score, chord, kit, score.chords[index + 1]);
    if (plays("piano")) comp(score, chord, kit);
    if (plays("pluck")) pick(score, chord);
    if (plays("pulse") && (kit === "pulse" || kit === "club")) drive(score, chord);
  }
}

/** @returns the pitches of a chord, each in the octave that lies nearest round `middle`, so that voices move little */
export function voiced(score: Score, chord: Chord, degrees: readonly number[], middle: number): number[] {
  return degrees
    .map((degree) => {
      const pitch = score.pitch(chord.root + degree);
      return pitch - 12 * Math.round((pitch - middle) / 12);
    })
    .sort((a, b) => a - b);
}

/** Sevenths in what is laid back, the ninth in what wonders; at home it is at rest. */
function coloured({ stretch }: Score, chord: Chord): readonly number[] {
  if (chord.home) return [0, 2, 4];
  if (stretch.mode === "dorian" && stretch.instruments.includes("piano")) return [0, 2, 4, 6];
  return stretch.mode === "lydian" ? [0, 2, 4, 8] : [0, 2, 4];
}

function hold(score: Score, chord: Chord, who: Instrument, middle: number, loud: number): void {
  for (const [i, pitch] of voiced(score, chord, coloured(score, chord), middle).entries())
    score.add(who, pitch, chord.from, chord.to - chord.from, loud - i * 0.04);
}

/** Long bows where it is quiet; bitten eighths under the long ones where it is driven. */
function bow(score: Score, chord: Chord): void {
  const { stretch, beat } = score;
  const fear = stretch.mood === "tense" && !chord.home;
  const long = chord.to - chord.from;
  hold(score, chord, "strings", 64, 0.45 + 0.2 * stretch.energy);
  // A second that rubs, high up, from the middle of the chord on.
  if (fear) score.add("strings", score.pitch(1) + 24, chord.from + long / 2, long / 2, 0.34);
  if (stretch.energy < 0.6 || chord.home) return;
  const [root, , fifth] = [0, 2, 4].map((degree) => score.pitch(chord.root + degree));
  for (const { at, index } of beatsOfChord(chord, beat / 2))
    score.add("strings", (index % 4 === 3 ? fifth : root) ?? 48, at, beat * 0.2, index % 4 === 0 ? 0.85 : 0.6);
}

function low(score: Score, chord: Chord, kit: Kit | null, next: Chord | undefined): void {
  const { beat, stretch } = score;
  const down = (degree: number) => {
    const pitch = score.pitch(degree) - 12;
    return pitch < 33 ? pitch + 12 : pitch > 46 ? pitch - 12 : pitch;
  };
  const root = down(chord.root);
  if (chord.home || stretch.energy < 0.3) {
    score.add("bass", root, chord.from, chord.to - chord.from, 0.62);
    return;
  }
  const driven = stretch.energy > 0.55 && kit !== "lo-fi";
  for (const { at, index } of beatsOfChord(chord, beat / 2)) {
    const place = index % 8;
    if (driven)
      score.add("bass", place === 7 ? down(chord.root + 4) : root, at, beat * 0.42, place % 2 === 0 ? 0.7 : 0.55);
    else if (place === 0 || at - chord.from < 0.01) score.add("bass", root, at, beat * 1.4, 0.68);
    else if (place === 3) score.add("bass", root, at, beat * 0.45, 0.46);
    else if (place === 4) score.add("bass", down(chord.root + 4), at, beat * 1.3, 0.58);
    // Into the next chord from beside it.
    else if (place === 7 && next !== undefined && !next.home)
      score.add("bass", down(next.root) + (score.random() < 0.5 ? -2 : 2), at, beat * 0.4, 0.42);
  }
}

/** The left hand: chords late and soft over a kit, else broken over the beats. */
function comp(score: Score, chord: Chord, kit: Kit | null): void {
  const { beat, stretch, random } = score;
  const pitches = voiced(score, chord, coloured(score, chord), 57);
  if (chord.home) {
    for (const [i, pitch] of [score.pitch(0) - 12, ...pitches, score.pitch(7) + 12].entries())
      score.add("piano", pitch, chord.from + i * 0.035, chord.to - chord.from, 0.36);
    return;
  }
  if (kit !== null) {
    for (const { at, index } of beatsOfChord(chord, beat / 2))
      if ([0, 3, 6].includes(index % 8) && (index % 8 !== 6 || random() < 0.6))
        for (const [i, pitch] of pitches.entries())
          score.add("piano", pitch, at + i * 0.008, beat * (index % 8 === 0 ? 1.3 : 0.7), 0.42);
    return;
  }
  const wave = [score.pitch(chord.root) - 12, ...pitches, pitches[1] ?? 60];
  const step = stretch.energy > 0.3 ? beat / 2 : beat;
  for (const { at, index } of beatsOfChord(chord, step))
    score.add(
      "piano",
      wave[index % wave.length] ?? 48,
      at,
      Math.min(step * 3, chord.to - at),
      index === 0 ? 0.46 : 0.32,
    );
}

/** Fingers over the strings; strummed where it is lively. */
function pick(score: Score, chord: Chord): void {
  const { beat, stretch, random } = score;
  const pitches = voiced(score, chord, [0, 2, 4, 7, 9], 62);
  const strum = (at: number, seconds: number, loud: number, up = false) => {
    const order = up ? [...pitches].reverse().slice(0, 3) : [voiced(score, chord, [0], 50)[0] ?? 50, ...pitches];
    for (const [i, pitch] of order.entries()) score.add("pluck", pitch, at + i * 0.011, seconds, loud - i * 0.03);
  };
  if (chord.home) return strum(chord.from, chord.to - chord.from, 0.5);
  const leads = !["piano", "cello"].some((other) => stretch.instruments.includes(other as Instrument));
  const strummed = leads && stretch.energy > 0.5 && !stretch.instruments.includes("pulse");
  const shape = [0, 3, 2, 4, 1, 3, 2, 4];
  for (const { at, index } of beatsOfChord(chord, beat / 2)) {
    const place = index % 8;
    if (strummed) {
      if ([0, 2, 3, 5, 6, 7].includes(place)) strum(at, beat * 0.6, place % 4 === 0 ? 0.62 : 0.44, place % 2 === 1);
    } else if (place % 2 === 0 || random() < 0.3 + stretch.energy * 0.6)
      score.add(
        "pluck",
        pitches[shape[place] ?? 0] ?? 60,
        at,
        beat * 1.1,
        (leads ? 0.55 : 0.4) + (place === 0 ? 0.1 : 0),
      );
  }
}

/** Eighths, or sixteenths where it is fierce, with the octave on the off-beat. */
function drive(score: Score, chord: Chord): void {
  const { beat, stretch } = score;
  const root = score.pitch(chord.root);
  if (chord.home) return score.add("pulse", root, chord.from, beat * 0.5, 0.75);
  const step = stretch.energy > 0.8 ? beat / 4 : beat / 2;
  for (const { at, index } of beatsOfChord(chord, step)) {
    const accent = index % (step < beat * 0.3 ? 4 : 2) === 0;
    const above = stretch.energy > 0.6 && index % 4 === 2 ? 12 : 0;
    score.add("pulse", root + above, at, step * 0.55, accent ? 0.75 : 0.42);
  }
}
