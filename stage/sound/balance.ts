import type { Ambience, CueSheet } from "#domain/screenplay/plan/cue-sheet.ts";
import { loudnessOf, type Stereo } from "./master.ts";

/** How loud the music is before everything is brought to its level; effects are made to be heard beside that. LUFS. */
const music = -20;
/** The ambience where there is no music. */
const alone = -25;
/** So far below the music each kind of place is heard when it is spoken of plainly, LU. What only hums keeps back. */
const below: Readonly<Record<Ambience, number>> = {
  ...{ rain: 9, wind: 11, waves: 9, crowd: 9, thunder: 12, city: 12 },
  ...{ engine: 13, birds: 13, crickets: 14, "water-drips": 13, room: 19 },
};
const plain = 0.6;

/**
 * Sets music and ambience against each other, in place: whatever instruments play and wherever it is, one hears both.
 * Who is heard best among the sounds of the places says how far they keep back together.
 */
export function balance(cues: CueSheet, parts: { music: Stereo; ambience: Stereo }, rate: number): void {
  const heard = loudnessOf(...parts.music, rate);
  const playing = Number.isFinite(heard);
  if (playing) turn(parts.music, music - heard);
  const place = loudnessOf(...parts.ambience, rate);
  if (!Number.isFinite(place)) return;
  const wanted = playing ? music - keepsBack(cues) : alone;
  // What is hardly there at all is not made into noise.
  turn(parts.ambience, Math.min(30, wanted - place));
}

function keepsBack(cues: CueSheet): number {
  const each = cues.sections.flatMap(({ ambience }) =>
    ambience.map(({ kind, level }) => below[kind] - 14 * Math.log10(Math.max(0.05, level) / plain)),
  );
  return Math.max(6, Math.min(40, ...each));
}

function turn(sound: Stereo, by: number): void {
  const gain = 10 ** (by / 20);
  for (const channel of sound) for (let i = 0; i < channel.length; i += 1) channel[i]! *= gain;
}
