import { z } from "zod";
import { moods } from "./plan-words.ts";
import type { Mood } from "./plan-words.ts";
import { deedsOf, type Motion, type ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { hashText, seededRandom } from "#domain/screenplay/seeded.ts";
import { cueKinds, effects, instruments, modes } from "./sound-kinds.ts";
import type { Instrument } from "./sound-kinds.ts";

/**
 * What a film should sound like, section by section: a score (tempo, key, mode, instruments by mood) and the sound of
 * the places. Made from the scene plans by rules; rendered by whoever makes the sound. Times are seconds.
 */
export const ambiences = [
  "rain",
  "wind",
  "waves",
  "room",
  "crowd",
  "engine",
  "birds",
  "crickets",
  "thunder",
  "city",
  "water-drips",
] as const;
export type Ambience = (typeof ambiences)[number];

export const CueSection = z.object({
  start: z.number().min(0).max(3600),
  seconds: z.number().min(0.04).max(3600),
  mood: z.enum(moods),
  /** How busy the music is, 0..1. */
  energy: z.number().min(0).max(1),
  mode: z.enum(modes),
  instruments: z.array(z.enum(instruments)).max(6),
  ambience: z.array(z.object({ kind: z.enum(ambiences), level: z.number().min(0).max(1) })).max(6),
  /** Feet on the ground: steps a second, 0 = none. */
  steps: z.number().min(0).max(5),
});
export type CueSection = z.infer<typeof CueSection>;

/** A sound or an accent of one moment. */
export const SoundCue = z.object({
  at: z.number().min(0).max(3600),
  kind: z.enum(cueKinds),
  effect: z.enum(effects).optional(),
  level: z.number().min(0).max(1),
});
export type SoundCue = z.infer<typeof SoundCue>;

const mostSections = 600;
/** The most moments of one sheet: a film of an hour has one every two seconds. */
const mostCues = 2000;

export const CueSheet = z.object({
  version: z.literal(1),
  seed: z.number().int().min(0).max(0xffffffff),
  tempo: z.number().min(40).max(200),
  /** The key's note, 0 = C to 11 = B. */
  key: z.number().int().min(0).max(11),
  seconds: z.number().min(0.04).max(3600),
  sections: z.array(CueSection).min(1).max(mostSections),
  /** In order of time. */
  cues: z.array(SoundCue).max(mostCues).default([]),
});
export type CueSheet = z.infer<typeof CueSheet>;

const byMood: Record<
  Mood,
  { tempo: number; mode: CueSection["mode"]; energy: number; instruments: readonly Instrument[] }
> = {
  calm: { tempo: 66, mode: "lydian", energy: 0.25, instruments: ["pad", "piano", "cello"] },
  warm: { tempo: 84, mode: "major", energy: 0.45, instruments: ["pad", "piano", "pluck", "bass"] },
  tense: { tempo: 76, mode: "minor", energy: 0.5, instruments: ["strings", "pulse", "bass"] },
  wonder: { tempo: 72, mode: "lydian", energy: 0.4, instruments: ["pad", "bell", "strings"] },
  sad: { tempo: 60, mode: "aeolian-sparse", energy: 0.2, instruments: ["piano", "cello", "pad"] },
  action: { tempo: 112, mode: "dorian", energy: 0.85, instruments: ["pulse", "bass", "strings", "pluck"] },
};

/** Who dances does so to something one can dance to. */
const danced = 112;
const tempoOf = (plan: ScenePlan): number => {
  const dances = plan.cast.some((person) => deedsOf(person, plan).some(({ motion }) => motion === "dance"));
  return dances ? Math.max(danced, byMood[plan.mood].tempo) : byMood[plan.mood].tempo;
};

/** What one hears at a plan's place in its weather, the loudest first. */
export function ambienceOf(plan: ScenePlan): CueSection["ambience"] {
  const heard = new Map<Ambience, number>();
  const add = (kind: Ambience, level: number) =>
    heard.set(kind, Math.max(heard.get(kind) ?? 0, Math.round(level * 100) / 100));
  const muffled = plan.interior ? 0.35 : 1;
  if (plan.weather === "rain") add("rain", 0.75 * muffled);
  if (plan.weather === "storm") {
    add("rain", 0.9 * muffled);
    add("wind", 0.8 * muffled);
    // What strikes near is a moment of its own; this rolls far off.
    add("thunder", 0.35 * muffled);
  }
  if (plan.windy || plan.weather === "snow") add("wind", 0.55 * muffled);
  const quietNight = plan.hour === "night" && !plan.interior && plan.weather === "clear";
  switch (plan.place) {
    case "harbour":
    case "lighthouse-rock":
    case "beach":
      add("waves", 0.6);
      break;
    case "ship-deck":
      add("waves", 0.75);
      add("engine", 0.3);
      add("wind", 0.4);
      break;
    case "ferry-lounge":
      add("engine", 0.5);
      add("room", 0.35);
      add("waves", 0.2);
      break;
    case "spaceship":
      add("engine", 0.45);
      add("room", 0.3);
      break;
    case "cave":
      add("water-drips", 0.6);
      add("room", 0.25);
      break;
    case "desert":
    case "mountain":
      add("wind", 0.5);
      break;
    case "car-deck":
      add("engine", 0.6);
      add("water-drips", 0.35);
      break;
    case "street":
    case "rooftop":
      add("city", 0.5);
      break;
    case "alley":
      add("city", 0.35);
      add("water-drips", 0.4);
      break;
    case "market":
    case "cafe":
      add("crowd", 0.6);
      break;
    case "forest":
    case "field":
    case "road":
    case "exterior":
      add(quietNight ? "crickets" : "wind", 0.35);
      if (plan.hour === "day" || plan.hour === "dawn") add("birds", 0.4);
      break;
    case "room":
    case "office":
    case "corridor":
    case "interior":
    case "theatre":
      add("room", 0.45);
      break;
  }
  return [...heard]
    .map(([kind, level]) => ({ kind, level }))
    .sort((a, b) => b.level - a.level)
    .slice(0, 6);
}

/** Feet on the ground, steps a second. */
const footfalls: Partial<Record<Motion, number>> = { run: 2.8, walk: 1.9, sneak: 1.1, push: 1.2 };

function sectionOf(plan: ScenePlan, start: number, seconds: number): CueSection {
  const mood = byMood[plan.mood];
  const motions = plan.cast.filter(({ offScreen }) => !offScreen).flatMap((person) => deedsOf(person, plan));
  const does = (motion: Motion) => motions.some((deed) => deed.motion === motion);
  const busy = does("run") || does("fight") ? 0.15 : does("dance") ? 0.1 : 0;
  const talks = plan.lines.length > 0 || does("talk");
  const { music } = plan;
  return {
    start,
    seconds,
    mood: plan.mood,
    // Music makes room for talk.
    energy: music.energy ?? Math.max(0.1, Math.min(1, mood.energy + busy - (talks ? 0.12 : 0))),
    mode: music.mode ?? mood.mode,
    instruments: music.none ? [] : (music.instruments ?? (does("play") ? ["cello", "pad"] : [...mood.instruments])),
    ambience: ambienceOf(plan),
    steps: 0,
  };
}

/** A shot in the cut, seconds. */
type Placed = { plan: ScenePlan; start: number; seconds: number; skip: number };

/** A shot's section, cut where feet begin and cease to be heard. */
function sectionsOf({ plan, start, seconds, skip }: Placed): CueSection[] {
  const whole = sectionOf(plan, start, seconds);
  const going = plan.cast
    .filter(({ offScreen }) => !offScreen)
    .flatMap((person) => deedsOf(person, plan))
    .flatMap(({ motion, from, to, goes, energy }) => {
      const usual = goes === undefined ? undefined : footfalls[motion];
      if (usual === undefined) return [];
      const steps = Math.round(usual * (0.7 + 0.6 * energy) * 100) / 100;
      return [{ from: from * plan.beatSeconds - skip, to: to * plan.beatSeconds - skip, steps }];
    });
  // A stretch is no shorter than a step.
  const inside = going
    .flatMap(({ from, to }) => [from, to])
    .filter((at) => at > 0.2 && at < seconds - 0.2)
    .sort((a, b) => a - b)
    .filter((at, index, all) => index === 0 || at - (all[index - 1] ?? 0) > 0.2);
  const cuts = [0, ...inside, seconds];
  return cuts.slice(1).map((to, index) => {
    const from = cuts[index] ?? 0;
    const middle = (from + to) / 2;
    const heard = going.filter((one) => one.from <= middle && one.to >= middle).map(({ steps }) => steps);
    return { ...whole, start: start + from, seconds: Math.max(0.04, to - from), steps: Math.max(0, ...heard) };
  });
}

/** Where a cut has too many shots for more: one section a shot, with the steps of its busiest stretch. */
function loudestOf(sections: readonly CueSection[], start: number, seconds: number): CueSection {
  const [first] = sections.toSorted((a, b) => b.steps - a.steps);
  return { ...(first as CueSection), start, seconds };
}

/** @returns the moments of a shot that are in its stretch of the cut; without music it has no accents */
function momentsOf({ plan, start, seconds, skip }: Placed): SoundCue[] {
  return plan.cues
    .filter(({ kind }) => kind === "effect" || !plan.music.none)
    .map(({ beat, ...cue }) => ({ at: beat * plan.beatSeconds - skip, ...cue }))
    .filter(({ at }) => at >= 0 && at < seconds)
    .map((cue) => ({ ...cue, at: Math.round((start + cue.at) * 1000) / 1000 }));
}

/**
 * Writes the cue sheet of a cut: one section per shot, in order. One tempo and key for the whole, so that the score
 * is one piece and not a row of jingles.
 * @param sections plans with their place in the cut, seconds, and how much of their beginning is cut away; at least one
 */
export function cueSheetFor(
  sections: readonly { plan: ScenePlan; startSeconds: number; seconds: number; skipSeconds?: number }[],
  seed: number,
): CueSheet {
  const placed = sections.slice(0, mostSections).map(({ plan, startSeconds, seconds, skipSeconds }): Placed => ({
    plan,
    start: Math.max(0, startSeconds),
    seconds: Math.max(0.04, seconds),
    skip: skipSeconds ?? 0,
  }));
  const fine = placed.flatMap(sectionsOf);
  const made =
    fine.length <= mostSections ? fine : placed.map((shot) => loudestOf(sectionsOf(shot), shot.start, shot.seconds));
  const random = seededRandom(seed ^ hashText("cue sheet"));
  const total = Math.max(0.04, ...made.map((section) => section.start + section.seconds));
  const weighed =
    placed.reduce((sum, { plan, seconds }) => sum + tempoOf(plan) * seconds, 0) /
    Math.max(
      0.001,
      placed.reduce((sum, { seconds }) => sum + seconds, 0),
    );
  return CueSheet.parse({
    version: 1,
    seed: Math.abs(Math.trunc(seed)) % 0x100000000,
    tempo:
      placed[0]?.plan.music.tempo ?? Math.round(Math.min(140, Math.max(52, (weighed || 72) + (random() - 0.5) * 6))),
    key: Math.floor(random() * 12),
    seconds: Math.min(3600, total),
    cues: placed
      .flatMap(momentsOf)
      .sort((a, b) => a.at - b.at)
      .slice(0, mostCues),
    sections:
      made.length > 0
        ? made
        : [
            {
              start: 0,
              seconds: 0.04,
              mood: "calm",
              energy: 0.2,
              mode: "lydian",
              instruments: ["pad"],
              ambience: [],
              steps: 0,
            },
          ],
  });
}
