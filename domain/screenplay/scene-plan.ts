import { z } from "zod";
import { FrameRate } from "../time.ts";
import { Look, actionFor, actions, canonicalName, castFromScript, lookFor, personOf } from "./plan-cast.ts";
import type { Action } from "./plan-cast.ts";
import { hourFor, hours, moodFor, moods, propKinds, propsIn, weatherFor, weathers, windy } from "./plan-words.ts";
import type { Hour, PropKind } from "./plan-words.ts";
import { placeFor, placeKinds, places } from "./plan-places.ts";
import type { Place } from "./plan-places.ts";
import { hashText, seededRandom } from "./seeded.ts";

/**
 * A scene plan says everything that the built-in engine needs to shoot one shot: where, when, in what weather, who is
 * there and what they do, and how the camera sees it. It is made by rules, can be edited by people, and is bounded:
 * whatever a plan asks for, the stage that builds it stays small.
 *
 * Lengths are metres, angles degrees, times seconds. A facing of 0 looks along +z, to the camera's usual side.
 */
const Coordinate = z.number().min(-200).max(200);
const Angle = z.number().min(-720).max(720);
const Vec3 = z.tuple([Coordinate, Coordinate, Coordinate]);

export const framings = [
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

export const moves = ["static", "pan", "tilt", "push-in", "pull-out", "track", "crane", "orbit", "handheld"] as const;
export type Move = (typeof moves)[number];

export const PlannedCharacter = z.object({
  name: z.string().max(60),
  look: Look,
  action: z.enum(actions),
  at: Vec3,
  facing: Angle,
  /** Height of the seat, 0 = none. */
  seat: z.number().min(0).max(1.2),
  /** Where a walk or run ends; equal to `at` for everybody who stays. */
  to: Vec3,
  /** Index in `cast` of the one they look at, -1 = nobody. */
  looksAt: z.number().int().min(-1).max(7),
  carries: z.enum(propKinds).nullable(),
});
export type PlannedCharacter = z.infer<typeof PlannedCharacter>;

export const PlannedLine = z.object({
  who: z.number().int().min(0).max(7),
  start: z.number().min(0).max(3600),
  seconds: z.number().min(0.1).max(600),
});

export const PlannedProp = z.object({ kind: z.enum(propKinds), at: Vec3, facing: Angle });
export type PlannedProp = z.infer<typeof PlannedProp>;

export const PlannedCamera = z.object({
  framing: z.enum(framings),
  subject: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("character"), index: z.number().int().min(0).max(7) }),
    z.object({ kind: z.literal("prop"), index: z.number().int().min(0).max(7) }),
    z.object({ kind: z.literal("place") }),
  ]),
  lensMm: z.number().min(12).max(200),
  /** Round the subject from its front, degrees; positive to its left. */
  azimuth: Angle,
  /** Above (+) or below (-) the subject's eyes. */
  height: z.number().min(-3).max(20),
  move: z.enum(moves),
  /** How far the move goes, 0 = not at all, 1 = its usual way. */
  amount: z.number().min(0).max(3),
});
export type PlannedCamera = z.infer<typeof PlannedCamera>;

export const ScenePlan = z.object({
  version: z.literal(1),
  seed: z.number().int().min(0).max(0xffffffff),
  /** Decides what all shots of a scene share: the set's details, the clouds, the lamps. */
  setSeed: z.number().int().min(0).max(0xffffffff),
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
});
export type ScenePlan = z.infer<typeof ScenePlan>;

export type ScenePlanInput = {
  heading: string;
  setting: "int" | "ext" | "int-ext" | "";
  location: string;
  time: string;
  /** This shot's action. */
  action: string;
  dialogue: readonly { character: string; parenthetical?: string | undefined; text: string }[];
  /** Who is in the shot. */
  characters: readonly string[];
  /** close_up, medium, wide, establishing, insert, tracking, over_shoulder, two_shot, pov; spelling is forgiven. */
  shotType: string;
  /** static, pan, tilt, dolly, tracking, push_in, crane, orbit, handheld; "" lets the rules choose. */
  move: string;
  durationFrames: number;
  fps: { num: number; den: number };
  seed: number;
  /** Alike for all shots of one scene. */
  sceneKey: string;
  /** The whole scene's text: lets every shot of it have the same weather. Default: this shot's action. */
  sceneText?: string | undefined;
  /** Name -> description, e.g. of {@link castFromScript}; without it, looks come from the name and this shot's words. */
  castNotes?: Readonly<Record<string, string>> | undefined;
  /** The hour of the scene before, for CONTINUOUS and LATER. */
  hourBefore?: Hour | undefined;
  /** Things in the picture that the words need not name. */
  things?: readonly PropKind[] | undefined;
};

const speeds: Partial<Record<Action, number>> = { walk: 1.35, run: 3.4 };

/** @returns metres per second of an action that goes somewhere, 0 for the others */
export function speedOf(action: Action): number {
  return speeds[action] ?? 0;
}

function framingFor(shotType: string): Framing {
  const said = shotType.toLowerCase().replace(/[\s_-]+/g, " ");
  if (/extreme close|ecu|macro/.test(said)) return "extreme-close-up";
  if (/medium close|mcu/.test(said)) return "medium-close";
  if (/close|^cu$/.test(said)) return "close-up";
  if (/insert|detail/.test(said)) return "insert";
  if (/establish|aerial|extreme wide|ews/.test(said)) return "establishing";
  if (/over|ots/.test(said)) return "over-shoulder";
  if (/two ?shot|2 ?shot/.test(said)) return "two-shot";
  if (/pov|point of view/.test(said)) return "pov";
  if (/track|follow|full|dolly/.test(said)) return "full";
  if (/wide|long|master|^ls$|^ws$/.test(said)) return "wide";
  return "medium";
}

function moveFor(said: string, shotType: string, framing: Framing): Move {
  const text = `${said} ${said === "" ? shotType : ""}`.toLowerCase().replace(/[\s_-]+/g, " ");
  if (/track|follow|truck|steadicam/.test(text)) return "track";
  if (/push|dolly in|zoom in|dolly|creep/.test(text)) return "push-in";
  if (/pull|dolly out|zoom out/.test(text)) return "pull-out";
  if (/crane|boom|jib|aerial|drone/.test(text)) return "crane";
  if (/orbit|arc|circle/.test(text)) return "orbit";
  if (/hand/.test(text)) return "handheld";
  if (/tilt/.test(text)) return "tilt";
  if (/pan|whip/.test(text)) return "pan";
  if (/static|still|locked/.test(text)) return "static";
  return framing === "establishing" ? "crane" : "push-in";
}

const lenses: Record<Framing, number> = {
  establishing: 22,
  wide: 25,
  full: 32,
  medium: 40,
  "medium-close": 55,
  "close-up": 75,
  "extreme-close-up": 100,
  insert: 70,
  "over-shoulder": 50,
  "two-shot": 38,
  pov: 30,
};

type Staged = { name: string; look: Look; action: Action };

const standingPlaces: readonly (readonly [x: number, z: number])[] = [
  [-0.62, 0.1],
  [0.62, -0.1],
  [-1.75, -0.9],
  [1.8, -1.1],
  [-0.2, -1.9],
  [-2.9, -2],
  [2.9, -2.2],
  [0.6, -3.2],
];

/** Puts people into the place: those who talk face each other, those who sit get a seat, those who go get a way. */
function stageCast(people: readonly Staged[], place: Place, seconds: number, side: number): PlannedCharacter[] {
  let seats = 0;
  const cast = people.map((person, index): PlannedCharacter => {
    const [markX, markY, markZ] = place.mark.at;
    const base = { name: person.name, look: person.look, action: person.action, looksAt: -1, carries: null };
    const seat = place.seats[seats];
    if ((person.action === "sit" || person.action === "play") && seat !== undefined) {
      seats += 1;
      const at: [number, number, number] = [...seat.at];
      return { ...base, at, to: at, facing: seat.facing, seat: seat.height };
    }
    const speed = speedOf(person.action);
    if (speed > 0) {
      const way = wayOf(place, speed * seconds, index);
      return { ...base, at: way.from, to: way.to, facing: way.facing, seat: 0 };
    }
    const spot = standingPlaces[index] ?? [0, -3];
    const alone = people.length === 1;
    const at: [number, number, number] = [markX + (alone ? 0 : spot[0] * side), markY, markZ + (alone ? 0 : spot[1])];
    return { ...base, at, to: at, facing: alone ? place.mark.facing * side : 0, seat: 0 };
  });
  if (cast.length < 2) return cast;
  return cast.map((person, index) => {
    const other = index === 0 ? 1 : 0;
    const target = cast[other];
    if (target === undefined || speedOf(person.action) > 0 || person.seat > 0)
      return { ...person, looksAt: speedOf(person.action) > 0 ? -1 : other };
    const dx = target.at[0] - person.at[0];
    const dz = target.at[2] - person.at[2];
    // Cheated towards the camera, as on any set: two noses in pure profile read badly.
    const straight = (Math.atan2(dx, dz) * 180) / Math.PI;
    return { ...person, looksAt: other, facing: round(straight * 0.72) };
  });
}

/** A way of at most `length` metres along the place's path, around the mark, shifted aside for everybody but the first. */
function wayOf(
  place: Place,
  length: number,
  index: number,
): { from: [number, number, number]; to: [number, number, number]; facing: number } {
  const { from, to } = place.path;
  const dx = to[0] - from[0];
  const dz = to[2] - from[2];
  const full = Math.hypot(dx, dz);
  const going = Math.min(length, full);
  const start = Math.max(0, Math.min(full - going, full * 0.72 - going / 2));
  const aside = index === 0 ? 0 : (index % 2 === 0 ? -0.9 : 0.9) * Math.ceil(index / 2);
  const at = (distance: number): [number, number, number] => [
    round(from[0] + (dx / full) * distance + (dz / full) * aside),
    from[1],
    round(from[2] + (dz / full) * distance - (dx / full) * aside),
  ];
  return { from: at(start), to: at(start + going), facing: round((Math.atan2(dx, dz) * 180) / Math.PI) };
}

const round = (n: number) => Math.round(n * 1000) / 1000;

/** Spreads the lines over the shot, as long as their words take, squeezed when the shot is shorter. */
function timeLines(
  dialogue: ScenePlanInput["dialogue"],
  who: (name: string) => number,
  seconds: number,
): ScenePlan["lines"] {
  const spoken = dialogue.slice(0, 24).filter((line) => who(line.character) >= 0);
  const lengths = spoken.map((line) => 0.5 + line.text.slice(0, 2000).split(/\s+/).length * 0.33);
  const total = lengths.reduce((sum, length) => sum + length + 0.25, 0);
  const lead = Math.min(0.4, seconds * 0.08);
  const squeeze = total > 0 ? Math.min(1, Math.max(0.001, (seconds - lead * 2) / total)) : 1;
  let at = lead;
  return spoken.map((line, index) => {
    const length = Math.max(0.1, (lengths[index] ?? 1) * squeeze);
    const timed = { who: who(line.character), start: round(Math.min(at, 3600)), seconds: round(Math.min(length, 600)) };
    at += length + 0.25 * squeeze;
    return timed;
  });
}

const carried: readonly PropKind[] = ["cello-case", "suitcase", "umbrella", "lantern"];
const setPieces: readonly PropKind[] = ["lighthouse", "ferry", "car", "clock", "wheel"];

/** Everybody of the shot with look and action, the speaker first. */
function castOf(input: ScenePlanInput): Staged[] {
  const notes = input.castNotes ?? castFromScript(`${input.sceneText ?? ""}\n${input.action}`.slice(0, 40_000));
  const speakers = input.dialogue.slice(0, 24).map((line) => line.character);
  const named = [...input.characters.slice(0, 40), ...speakers].map((name) => personOf(name, notes));
  const known = named.filter(
    (person, index) => person.name !== "" && named.findIndex((other) => other.name === person.name) === index,
  );
  const alone = known.length === 1;
  return known.slice(0, 8).map((person) => ({
    name: person.name.slice(0, 60),
    look: lookFor(person.name, person.notes.slice(0, 400)),
    action: actionFor(person.name, input.action, alone),
  }));
}

function cameraFor(
  input: ScenePlanInput,
  cast: readonly PlannedCharacter[],
  props: readonly PlannedProp[],
  side: number,
  random: () => number,
): PlannedCamera {
  let framing = framingFor(input.shotType);
  if (framing === "two-shot" && cast.length < 2) framing = "medium";
  if (framing === "over-shoulder" && cast.length < 2) framing = "medium-close";
  const words = input.action.toLowerCase();
  const place = { kind: "place" } as const;
  const firstNamed = cast
    .map((person, index) => ({
      index,
      at: Math.min(
        ...person.name
          .toLowerCase()
          .split(" ")
          .map((part) => foundAt(words, part)),
      ),
    }))
    .sort((a, b) => a.at - b.at || a.index - b.index)[0];
  const speaker =
    input.dialogue.length > 0
      ? cast.findIndex((person) => sameName(person.name, input.dialogue[0]?.character ?? ""))
      : -1;
  const lead = speaker >= 0 ? speaker : (firstNamed?.index ?? 0);
  let subject: PlannedCamera["subject"] = cast.length === 0 ? place : { kind: "character", index: lead };
  if (framing === "establishing") subject = place;
  const close = framing === "insert" || framing === "close-up" || framing === "extreme-close-up";
  // "Close on a brass clock": the thing is the subject when a close picture names it and shows nobody.
  if (props.length > 0 && (framing === "insert" || (close && cast.length === 0))) {
    subject = { kind: "prop", index: 0 };
    framing = "insert";
  } else if (close && cast.length === 0) framing = "medium";
  if (cast.length === 0 && subject.kind === "place" && framing !== "establishing") framing = "wide";
  const move = moveFor(input.move, input.shotType, framing);
  const low = /\blow\b|\bfrom below\b/.test(words) && framing !== "insert";
  const high = /\bfrom above\b|\boverhead\b|\bhigh angle\b/.test(words);
  const azimuths: Record<Framing, number> = {
    establishing: 0,
    wide: 18,
    full: 34,
    medium: 30,
    "medium-close": 28,
    "close-up": 24,
    "extreme-close-up": 16,
    insert: 18,
    "over-shoulder": 28,
    "two-shot": 0,
    pov: 0,
  };
  return {
    framing,
    subject,
    lensMm: lenses[framing],
    azimuth: round(azimuths[framing] * side + (random() - 0.5) * 8),
    height: low ? -0.75 : high ? 1.6 : round((random() - 0.6) * 0.12),
    move,
    amount: move === "push-in" && input.move === "" ? 0.55 : 1,
  };
}

const foundAt = (text: string, word: string) => {
  const at = word.length > 2 ? text.indexOf(word) : -1;
  return at < 0 ? 1e6 : at;
};
const sameName = (a: string, b: string) => {
  const parts = canonicalName(a).split(" ");
  return (
    canonicalName(b)
      .split(" ")
      .every((part) => parts.includes(part)) || parts.every((part) => canonicalName(b).split(" ").includes(part))
  );
};

/**
 * Makes the plan of one shot by rules. Pure: the same input gives the same plan.
 * What all shots of a scene share depends on `sceneKey`, what people look like on their names and descriptions,
 * and only small choices of camera and gesture on `seed`.
 */
export function planScene(input: ScenePlanInput): ScenePlan {
  const action = input.action.slice(0, 20_000);
  const sceneText = `${input.heading} ${input.sceneText ?? action}`.slice(0, 40_000);
  const setSeed = hashText(input.sceneKey);
  const seed = Math.abs(Math.trunc(Number.isFinite(input.seed) ? input.seed : 0)) % 0x100000000;
  const random = seededRandom(seed ^ setSeed);
  const side = setSeed % 2 === 0 ? 1 : -1;
  const placeKind = placeFor(input.location || input.heading, action, input.setting);
  const place = places[placeKind];
  const frames = Math.max(
    1,
    Math.min(14_400, Math.round(Number.isFinite(input.durationFrames) ? input.durationFrames : 1)),
  );
  const fps = FrameRate.parse(input.fps);
  const seconds = (frames * fps.den) / fps.num;
  const hour = hourFor(input.time, input.heading, `${action} ${input.sceneText ?? ""}`, input.hourBefore);
  const weather = weatherFor(sceneText);

  const cast = stageCast(castOf(input), place, seconds, side);
  const things = input.things ?? [];
  const spoken = [...new Set([...propsIn(action), ...things])];
  const holder = cast.findIndex((person) => person.action !== "hold");
  const hand = spoken.find((kind) => carried.includes(kind));
  if (hand !== undefined && holder >= 0 && cast[holder] !== undefined && cast[holder].action !== "play")
    cast[holder].carries = hand;
  const wantsProp = ["insert", "close-up", "extreme-close-up"].includes(framingFor(input.shotType));
  const seen = spoken.filter((kind) => kind !== "ferry" && kind !== "lighthouse");
  const chosen = seen.length > 1 && seen[0] === "car" ? seen[1] : seen[0];
  const props: PlannedProp[] =
    wantsProp && (framingFor(input.shotType) === "insert" || (cast.length === 0 && chosen !== undefined))
      ? [{ kind: chosen ?? "parcel", at: [...place.insert.at], facing: place.insert.from }]
      : [];
  const plan: ScenePlan = {
    version: 1,
    seed,
    setSeed,
    place: placeKind,
    interior: place.interior,
    hour,
    weather,
    windy: windy(sceneText),
    mood: moodFor(`${action} ${input.dialogue.map((line) => line.text).join(" ")}`.slice(0, 20_000), hour, weather),
    dressing: [...new Set([...propsIn(sceneText), ...things])].filter((kind) => setPieces.includes(kind)).slice(0, 8),
    cast,
    lines: timeLines(input.dialogue, (name) => cast.findIndex((person) => sameName(person.name, name)), seconds),
    props,
    camera: cameraFor({ ...input, action }, cast, props, side, random),
    frames,
    fps,
  };
  return ScenePlan.parse(plan);
}

/** One sentence for people: "Wide, 25 mm, push-in: harbour pier at dusk in rain. MAYA OKAFOR runs." */
export function describePlan(plan: ScenePlan): string {
  const deeds: Record<Action, string> = {
    stand: "stands",
    walk: "walks",
    run: "runs",
    sit: "sits",
    climb: "climbs",
    look: "looks",
    play: "plays",
    hold: "holds on",
    point: "points",
    wave: "waves",
    crouch: "crouches",
    lie: "lies",
  };
  const weather =
    plan.weather === "clear" || plan.interior ? "" : plan.weather === "fog" ? " in fog" : ` in ${plan.weather}`;
  const framing = plan.camera.framing.replace(/-/g, " ");
  const people = plan.cast.map((person, index) => {
    const talks = plan.lines.some((line) => line.who === index);
    return `${person.name} ${deeds[person.action]}${talks ? " and talks" : ""}`;
  });
  const subject =
    plan.camera.subject.kind === "prop"
      ? ` of a ${(plan.props[plan.camera.subject.index]?.kind ?? "thing").replace(/-/g, " ")}`
      : "";
  const hour = plan.hour === "day" ? "by day" : `at ${plan.hour}`;
  return `${framing.charAt(0).toUpperCase()}${framing.slice(1)}${subject}, ${plan.camera.lensMm} mm, ${plan.camera.move.replace(/-/g, " ")}: ${places[plan.place].name} ${hour}${weather}.${people.length > 0 ? ` ${people.join("; ")}.` : ""}`;
}
