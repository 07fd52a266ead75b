import type { CueSheet } from "#domain/screenplay/plan/cue-sheet.ts";
import { hashText, seededRandom } from "#domain/screenplay/seeded.ts";
import { lowPass, resonator, white } from "./noise.ts";

/** What people walk on, as it sounds. */
export const grounds = ["stone", "wet", "wood", "metal", "carpet", "earth", "sand", "snow"] as const;
export type Ground = (typeof grounds)[number];

/** A foot that comes down: seconds of the film, how hard (0 to 1), from where (-1 left to 1 right). */
export type Footfall = { at: number; loud: number; pan: number; ground: Ground };

/** Heel: body and brightness of the knock, how fast it dies; sole: the brush after it. */
type Surface = {
  heel: number;
  hz: number;
  dies: number;
  sole: number;
  open: number;
  rings?: readonly [number, number];
};
const surfaces: Readonly<Record<Ground, Surface>> = {
  stone: { heel: 1, hz: 1500, dies: 70, sole: 0.2, open: 4200 },
  wet: { heel: 0.8, hz: 1200, dies: 65, sole: 0.55, open: 7000 },
  wood: { heel: 1.1, hz: 700, dies: 42, sole: 0.12, open: 2600, rings: [165, 22] },
  metal: { heel: 0.9, hz: 1800, dies: 50, sole: 0.12, open: 5200, rings: [410, 9] },
  carpet: { heel: 0.5, hz: 380, dies: 50, sole: 0.18, open: 1500 },
  earth: { heel: 0.7, hz: 480, dies: 48, sole: 0.3, open: 2600 },
  sand: { heel: 0.35, hz: 420, dies: 40, sole: 0.6, open: 3200 },
  snow: { heel: 0.35, hz: 520, dies: 34, sole: 0.8, open: 4600 },
};

/** Feet that come down: at the moments that are known, else as often as the sheet's sections say. */
export function addSteps(
  cues: CueSheet,
  known: readonly Footfall[] | undefined,
  left: Float32Array,
  right: Float32Array,
  rate: number,
): void {
  const random = seededRandom(cues.seed ^ hashText("steps"));
  for (const { at, loud, pan, ground } of known ?? inTime(cues)) {
    const begin = Math.round(at * rate);
    const { heel, hz, dies, sole, open, rings } = surfaces[ground];
    const [knock, brush, brush2] = [lowPass(rate), lowPass(rate), lowPass(rate)];
    const ring = rings === undefined ? () => 0 : resonator(rate, ...rings);
    const gain = 0.32 * loud * (0.85 + random() * 0.3);
    const bright = hz * (0.85 + random() * 0.3);
    for (let i = 0; i < rate * 0.26 && begin + i < left.length; i += 1) {
      const age = i / rate;
      const struck = knock(white(random), bright) * Math.min(1, age * 900) * Math.exp(-age * dies) * 2.2;
      const n = brush(white(random), open);
      const rubs = (n - brush2(n, 700)) * Math.exp(-Math.abs(age - 0.05) * 34) * Math.min(1, age * 60);
      const thump = Math.sin(age * 82 * 6.283) * Math.exp(-age * 34) * Math.min(1, age * 300) * 0.5;
      const value =
        ((struck + thump + ring(struck) * 0.8) * heel + rubs * sole) * gain * Math.min(1, (0.26 - age) / 0.03);
      left[begin + i]! += value * (1 - pan);
      right[begin + i]! += value * (1 + pan);
    }
  }
}

function* inTime(cues: CueSheet): Generator<Footfall> {
  for (const section of cues.sections) {
    if (section.steps <= 0) continue;
    for (let at = section.start + 0.12; at < section.start + section.seconds - 0.1; at += 1 / section.steps)
      yield { at, loud: 0.5, pan: 0, ground: "stone" };
  }
}
