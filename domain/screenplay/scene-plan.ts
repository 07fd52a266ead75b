import { z } from "zod";
import { FrameRate } from "../time.ts";
import { Look } from "./plan/plan-cast.ts";
import { hours, moods, pieceKinds, propKinds, weathers } from "./plan/plan-words.ts";
import { placeKinds } from "./plan/plan-places.ts";
import { cueKinds, effects, instruments, modes } from "./plan/sound-kinds.ts";

/**
 * A scene plan says everything that the built-in engine needs to shoot one shot: where, when, in what weather, who is
 * there and what they do, how the camera sees it, and what is heard at which beat. It is made by rules, can be edited
 * by people, and is bounded: whatever a plan asks for, the stage that builds it stays small.
 *
 * Lengths are metres, angles degrees, times seconds or beats. A facing of 0 looks along +z, to the camera's usual side.
 * Numbers are kept to a thousandth: nobody sees less, and a plan stays small as text.
 */
export const planVersion = 2 as const;

const thousandth = (n: number) => Math.round(n * 1000) / 1000;
const Coordinate = z.number().min(-200).max(200).overwrite(thousandth);
export const Angle = z.number().min(-720).max(720).overwrite(thousandth);
export const Vec3 = z.tuple([Coordinate, Coordinate, Coordinate]);
export type Vec3 = z.infer<typeof Vec3>;
export const Colour = z.string().regex(/^#[0-9a-f]{6}$/);
/** From nothing to all of it. */
export const Share = z.number().min(0).max(1).overwrite(thousandth);
/** Beats from the shot's start; a beat lasts `beatSeconds`. The longest shot at 1 fps has so many of the shortest. */
export const latestBeat = 72_000;
const Beat = z.number().min(0).max(latestBeat).overwrite(thousandth);
export const LensOfPlan = z.number().min(8).max(400).overwrite(thousandth);
const Seed = z.number().int().min(0).max(0xffffffff);
const CastIndex = z.number().int().min(0).max(7);

export const framings = [
  "extreme-wide",
  "establishing",
  "wide",
  "full",
  "medium",
  "medium-close",
  "close-up",
  "extreme-close-up",
  "insert",
  "over-shoulder",
  "two-shot",
  "pov",
] as const;
export type Framing = (typeof framings)[number];

export const moves = [
  "static",
  "pan",
  "tilt",
  "push-in",
  "pull-out",
  "dolly",
  "track",
  "crane",
  "orbit",
  "handheld",
  "zoom-in",
  "zoom-out",
  "rack-focus",
  "path",
] as const;
export type Move = (typeof moves)[number];

export const easings = ["linear", "smooth", "in", "out", "hold"] as const;
export type Easing = (typeof easings)[number];

/** What somebody can do, one word for each. */
export const motions = [
  "stand",
  "walk",
  "run",
  "sneak",
  "sit",
  "stand-up",
  "talk",
  "point",
  "look",
  "wave",
  "pick-up",
  "push",
  "climb",
  "fall",
  "fight",
  "dance",
  "play",
  "drive",
  "hold",
  "crouch",
  "lie",
] as const;
export type Motion = (typeof motions)[number];

/** Whom or what a deed is about. */
export const Towards = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("person"), index: CastIndex }),
  z.object({ kind: z.literal("piece"), id: z.string().max(64) }),
  z.object({ kind: z.literal("point"), at: Vec3 }),
  z.object({ kind: z.literal("camera") }),
]);
export type Towards = z.infer<typeof Towards>;

/** What somebody does for a while. Deeds of a person do not overlap; gaps are filled by standing, or by sitting on. */
export const Deed = z.object({
  motion: z.enum(motions),
  from: Beat,
  to: Beat,
  /** Where it ends; absent: where it began. Motions that go walk there round what stands in the way. */
  goes: Vec3.optional(),
  facing: Angle.optional(),
  towards: Towards.optional(),
  energy: Share.default(0.5),
});
export type Deed = z.infer<typeof Deed>;

export const PlannedCharacter = z.object({
  name: z.string().max(60),
  look: Look,
  action: z.enum(motions),
  at: Vec3,
  facing: Angle,
  /** Height of the seat, 0 = none. */
  seat: z.number().min(0).max(1.2),
  /** Where a walk or run ends; equal to `at` for everybody who stays. */
  to: Vec3,
  /** Index in `cast` of the one they look at, -1 = nobody. */
  looksAt: z.number().int().min(-1).max(7),
  carries: z.enum(propKinds).nullable(),
  /** Empty: `action` for the whole shot. Read them through {@link deedsOf} only. */
  deeds: z.array(Deed).max(16).default([]),
  /** Not in the picture, but others look at them from there. */
  offScreen: z.boolean().default(false),
});
export type PlannedCharacter = z.infer<typeof PlannedCharacter>;

export const PlannedLine = z.object({
  who: CastIndex,
  start: z.number().min(0).max(3600),
  seconds: z.number().min(0.1).max(600),
});

export const PlannedProp = z.object({ kind: z.enum(propKinds), at: Vec3, facing: Angle });
export type PlannedProp = z.infer<typeof PlannedProp>;

export const CameraSubject = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("character"), index: CastIndex }),
  z.object({ kind: z.literal("prop"), index: CastIndex }),
  z.object({ kind: z.literal("place") }),
]);
export type CameraSubject = z.infer<typeof CameraSubject>;

/** Where the camera is at one beat of its path, and how it goes on from there. */
export const CameraKey = z.object({
  beat: Beat,
  eye: Vec3,
  look: Vec3,
  lensMm: LensOfPlan,
  roll: z.number().min(-45).max(45).overwrite(thousandth).default(0),
  /** Distance of what is sharp; absent: what it looks at. */
  focus: z.number().min(0.1).max(400).overwrite(thousandth).optional(),
  ease: z.enum(easings).default("smooth"),
});
export type CameraKey = z.infer<typeof CameraKey>;

export const PlannedCamera = z.object({
  framing: z.enum(framings),
  subject: CameraSubject,
  lensMm: LensOfPlan,
  /** Round the subject from its front, degrees; positive to its left. */
  azimuth: Angle,
  /** Above (+) or below (-) the subject's eyes. */
  height: z.number().min(-3).max(20),
  move: z.enum(moves),
  /** How far the move goes, 0 = not at all, 1 = its usual way. */
  amount: z.number().min(0).max(3),
  ease: z.enum(easings).default("smooth"),
  /**
   * Which side of the scene's line, +1 is +z; all shots of a scene have the same. Absent (plans of version 1): the
   * azimuth is taken as it is, so that an old request still makes its old pictures.
   */
  side: z.union([z.literal(1), z.literal(-1)]).optional(),
  /** F-number. */
  aperture: z.number().min(1).max(32).default(4),
  /** What becomes sharp from a beat on: rack focus. */
  focusOn: z
    .array(z.object({ beat: Beat, subject: CameraSubject }))
    .max(8)
    .default([]),
  /** Two or more: the path; the framing only labels it. */
  keys: z.array(CameraKey).max(64).default([]),
});
export type PlannedCamera = z.infer<typeof PlannedCamera>;

export const PieceScale = z.number().min(0.1).max(10).overwrite(thousandth);
/** Something that stands in the set. */
export const PlannedPiece = z.object({
  id: z.string().max(64),
  kind: z.enum(pieceKinds),
  at: Vec3,
  facing: Angle,
  scale: PieceScale.default(1),
  colour: Colour.optional(),
  hidden: z.boolean().default(false),
});
export type PlannedPiece = z.infer<typeof PlannedPiece>;

export const lightKinds = ["key", "fill", "rim", "lamp", "spot", "beam"] as const;
export const LightPower = z.number().min(0).max(400).overwrite(thousandth);
export const LightReach = z.number().min(0).max(200).overwrite(thousandth);
export const PlannedLight = z.object({
  id: z.string().max(64),
  kind: z.enum(lightKinds),
  at: Vec3,
  look: Vec3.optional(),
  colour: Colour,
  power: LightPower,
  reach: LightReach,
  from: Beat.default(0),
  to: Beat.default(latestBeat),
  flicker: Share.default(0),
});
export type PlannedLight = z.infer<typeof PlannedLight>;

/** What is heard at a beat: an accent of the music, a rise towards it, its end, or a sound. */
export const Cue = z.object({
  beat: Beat,
  kind: z.enum(cueKinds),
  effect: z.enum(effects).optional(),
  level: Share.default(0.7),
});
export type Cue = z.infer<typeof Cue>;

/** What is said of the music; what is not, the mood decides. */
export const PlannedMusic = z.object({
  tempo: z.number().min(40).max(200).optional(),
  mode: z.enum(modes).optional(),
  energy: Share.optional(),
  instruments: z.array(z.enum(instruments)).max(6).optional(),
  none: z.boolean().default(false),
});
export type PlannedMusic = z.infer<typeof PlannedMusic>;

/** What is otherwise than hour and weather make it. */
export const PaletteChange = z.object({
  key: Colour.optional(),
  shadows: Colour.optional(),
  highlights: Colour.optional(),
  saturation: z.number().min(0).max(2).optional(),
  exposure: z.number().min(0.25).max(4).optional(),
  fog: z.number().min(0).max(0.2).optional(),
  grain: z.number().min(0).max(1).optional(),
});
export type PaletteChange = z.infer<typeof PaletteChange>;

export const lampStates = ["auto", "on", "off"] as const;

export const ScenePlan = z.object({
  version: z.literal(planVersion),
  seed: Seed,
  /** Decides what all shots of a scene share: the set's details, the clouds, the lamps. */
  setSeed: Seed,
  place: z.enum(placeKinds),
  interior: z.boolean(),
  hour: z.enum(hours),
  weather: z.enum(weathers),
  windy: z.boolean(),
  mood: z.enum(moods),
  /** Large things that belong to the set when the words speak of them. */
  dressing: z.array(z.enum(propKinds)).max(8),
  cast: z.array(PlannedCharacter).max(8),
  lines: z.array(PlannedLine).max(24),
  props: z.array(PlannedProp).max(8),
  camera: PlannedCamera,
  frames: z.number().int().min(1).max(14_400),
  fps: FrameRate,
  beatSeconds: z.number().min(0.2).max(2).default(0.5),
  palette: PaletteChange.default({}),
  lampsOn: z.enum(lampStates).default("auto"),
  pieces: z.array(PlannedPiece).max(48).default([]),
  lights: z.array(PlannedLight).max(8).default([]),
  /** People beside the cast, who only stand about. */
  crowd: z.number().int().min(0).max(60).default(0),
  cues: z.array(Cue).max(64).default([]),
  music: PlannedMusic.default({ none: false }),
});
export type ScenePlan = z.infer<typeof ScenePlan>;

type Loose = Record<string, unknown>;

/** From each version to the next. */
const steps: Readonly<Record<number, (plan: Loose) => Loose>> = { 1: (plan) => ({ ...plan, version: 2 }) };

/** @returns a plan of any older version as one of today; what is no plan comes back as it is, for the schema to refuse */
export function upgradePlan(plan: unknown): unknown {
  let now = plan;
  while (typeof now === "object" && now !== null && !Array.isArray(now)) {
    const { version } = now as { version?: unknown };
    const step = typeof version === "number" ? steps[version] : undefined;
    if (step === undefined) return now;
    now = step(now as Loose);
  }
  return now;
}

/** A plan that may have been written down by an older Backlot. */
export const StoredPlan = z.preprocess(upgradePlan, ScenePlan);

/** @returns how long a plan's shot is, in beats */
export function beatsOf(plan: Pick<ScenePlan, "frames" | "fps" | "beatSeconds">): number {
  return (plan.frames * plan.fps.den) / plan.fps.num / plan.beatSeconds;
}

/** @returns what somebody does over the shot, in order; never empty, none outside the shot, none over another */
export function deedsOf(person: PlannedCharacter, plan: Pick<ScenePlan, "frames" | "fps" | "beatSeconds">): Deed[] {
  const end = beatsOf(plan);
  const whole: Deed = { motion: person.action, from: 0, to: end, energy: 0.5 };
  const going = person.to.some((value, axis) => value !== person.at[axis]);
  if (person.deeds.length === 0) return [going ? { ...whole, goes: person.to } : whole];
  const deeds: Deed[] = [];
  for (const deed of person.deeds.toSorted((a, b) => a.from - b.from)) {
    const from = Math.max(deed.from, deeds.at(-1)?.to ?? 0);
    const to = Math.min(deed.to, end);
    if (to > from) deeds.push({ ...deed, from, to });
  }
  return deeds.length > 0 ? deeds : [whole];
}
