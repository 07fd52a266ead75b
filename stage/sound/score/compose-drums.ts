import type { Drum } from "./drums.ts";
import type { Chord, Score, Stretch } from "./compose-score.ts";

/**
 * What keeps time where a `pulse` is asked for; it goes by who else plays. `lo-fi`: a soft kit that drags, beside a
 * piano. `band`: brushes and shaker, beside a guitar. `pulse`: great drums under an electric pulse, beside strings.
 * `club`: four on the floor, where it is what comes first.
 */
export type Kit = "lo-fi" | "band" | "pulse" | "club";

/** @returns null where nobody keeps time */
export function kitOf({ instruments }: Pick<Stretch, "instruments">): Kit | null {
  const has = (one: (typeof instruments)[number]) => instruments.includes(one);
  if (!has("pulse")) return null;
  if (has("piano")) return "lo-fi";
  if (has("strings") || has("cello")) return "pulse";
  return instruments[0] === "pulse" ? "club" : "band";
}

/** @returns the steps of the beat that fall into a chord, each with its place since the bar's first */
export function* beatsOfChord(
  chord: Pick<Chord, "from" | "to">,
  step: number,
): Generator<{ at: number; index: number }> {
  for (let index = Math.ceil(chord.from / step - 1e-6); index * step < chord.to - step * 0.3; index += 1)
    yield { at: index * step, index };
}

type Stroke = readonly [place: number, drum: Drum, loud: number];
/** A bar of eight eighths. */
const bars: Readonly<Record<Kit, readonly Stroke[]>> = {
  "lo-fi": [
    ...([0, 5] as const).map((place): Stroke => [place, "kick", 0.8]),
    ...([2, 6] as const).map((place): Stroke => [place, "snare", 0.5]),
    ...([0, 1, 2, 3, 4, 5, 6, 7] as const).map((place): Stroke => [place, "hat", place % 2 === 0 ? 0.5 : 0.3]),
  ],
  band: [
    ...([0, 4] as const).map((place): Stroke => [place, "kick", 0.6]),
    ...([2, 6] as const).map((place): Stroke => [place, "brush", 0.6]),
    ...([0, 1, 2, 3, 4, 5, 6, 7] as const).map((place): Stroke => [place, "shaker", place % 2 === 0 ? 0.45 : 0.65]),
  ],
  pulse: [
    [0, "tom", 0.85],
    [3, "tom", 0.5],
    [6, "tom", 0.6],
  ],
  club: [
    ...([0, 2, 4, 6] as const).map((place): Stroke => [place, "kick", 0.85]),
    ...([2, 6] as const).map((place): Stroke => [place, "clap", 0.6]),
    ...([1, 3, 5, 7] as const).map((place): Stroke => [place, "hat", 0.6]),
  ],
};
/** What is laid on top where it is fierce. */
const fierce: readonly Stroke[] = [
  [2, "tom", 0.6],
  [4, "tom", 0.8],
  [5, "tom", 0.45],
  [7, "tom", 0.6],
  ...([0, 1, 2, 3, 4, 5, 6, 7] as const).map((place): Stroke => [place, "shaker", place % 2 === 0 ? 0.8 : 0.5]),
];
/** How late the off-beat of a kit that drags is, beats. */
const drags = 0.085;
const tomPitch = (place: number) => (place % 4 === 0 ? 31 : place % 2 === 0 ? 35 : 38);

export function drumPart(score: Score, kit: Kit): void {
  const { beat, stretch, ends, random } = score;
  const stop = Math.min(stretch.start + stretch.seconds, ends);
  const strokes = kit === "pulse" && stretch.energy > 0.6 ? [...bars.pulse, ...fierce] : bars[kit];
  for (const { at, index } of beatsOfChord({ from: stretch.start, to: stop }, beat / 2)) {
    const place = ((index % 8) + 8) % 8;
    const late = kit === "lo-fi" && place % 2 === 1 ? drags * beat : 0;
    for (const [on, drum, loud] of strokes)
      if (on === place) score.add(drum, drum === "tom" ? tomPitch(place) : 60, at + late, 0.1, loud);
    // A stroke between, now and then, and a fill before the fourth bar is over.
    if (kit === "lo-fi" && random() < 0.12) score.add("kick", 60, at + beat / 4, 0.1, 0.4);
    if (kit !== "pulse" && index % 32 >= 30)
      score.add(kit === "band" ? "brush" : "snare", 60, at + beat / 4, 0.1, 0.34);
  }
  // A record that has been played much; jazz, which has nothing held under it, is played live.
  if (kit === "lo-fi" && stretch.instruments.includes("pad")) dust(score);
  if (ends === Infinity) return;
  score.add(kit === "pulse" ? "tom" : "kick", 31, ends, 0.1, 0.7);
  if (kit !== "pulse") score.add("hat", 60, ends, 0.4, 0.5);
}

/** About how long the dust of a record is held before there is other dust, seconds: nobody holds a whole film of it. */
const dustTurn = 10;
/** One turn fades into the next, seconds. */
const dustFade = 0.3;

function dust({ stretch: { start, seconds }, add }: Score): void {
  const turns = Math.max(1, Math.round(seconds / dustTurn));
  for (let turn = 0; turn < turns; turn += 1)
    add("crackle", 60 + (turn % 3), start + (turn * seconds) / turns, seconds / turns + dustFade, 0.5);
}
