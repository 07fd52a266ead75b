/** Who is in a shot, and where each of them stands, sits and goes. Lengths are metres, angles degrees. */
import { canonicalName, castFromScript, lookFor, personOf } from "./plan-cast.ts";
import { bringsSeat, playedIn } from "./instrument-words.ts";
import type { Look } from "./plan-cast.ts";
import { deedsIn } from "./deed-words.ts";
import { driving, gap, round, turnedRound, wayOf } from "./place-ways.ts";
import { places } from "./plan-places.ts";
import type { Place, PlaceKind, Point } from "./plan-places.ts";
import type { ScenePlanInput } from "./plan-scene.ts";
import type { Motion, PlannedCharacter, Vec3 } from "#domain/screenplay/scene-plan.ts";

const speeds: Partial<Record<Motion, number>> = { walk: 1.35, run: 3.4, sneak: 0.62, push: 0.55 };
/** How fast a car goes by in a picture, metres a second, and how high its seat is. */
const drivingSpeed = 6;
const carSeat = 0.36;
const benchHeight = 0.5;

/** @returns metres per second of a motion that goes somewhere, 0 for the others */
export function speedOf(motion: Motion): number {
  return speeds[motion] ?? 0;
}

export type Staged = { name: string; look: Look; action: Motion };

/** Where each person of a scene is, and on which side of them the camera stays: the same in all its shots. */
type SceneStaging = {
  /** Of the line between the first two: +1 is the one that +z lies on. */
  side: 1 | -1;
  spots: ReadonlyMap<string, SceneSpot>;
};
type SceneSpot = { at: Vec3; facing: number; /** Height of what they sit on, 0 = they stand. */ seat: number };

/** Round the mark, in the order in which people appear: two who talk, then those behind them. */
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

/**
 * Gives everybody of a scene one spot for all its shots.
 * @param names  in the order in which they appear
 * @param seated  those of them who sit somewhere in the scene
 */
export function stageScene(scene: {
  place: PlaceKind;
  setSeed: number;
  names: readonly string[];
  seated: ReadonlySet<string>;
}): SceneStaging {
  const place = places[scene.place];
  const names = [...new Set(scene.names)].slice(0, 40);
  const mirror = scene.setSeed % 2 === 0 ? 1 : -1;
  const alone = names.length <= 1;
  const taken: Point[] = [];
  let seats = 0;
  const spots = new Map<string, SceneSpot>();
  names.forEach((name, index) => {
    const seat = scene.seated.has(name) ? place.seats[seats] : undefined;
    if (seat !== undefined) {
      seats += 1;
      taken.push(seat.at);
      spots.set(name, { at: [...seat.at], facing: seat.facing, seat: seat.height });
      return;
    }
    const [x, y, z] = place.mark.at;
    const [aside, ahead] = alone ? [0, 0] : (standingPlaces[index % standingPlaces.length] ?? [0, 0]);
    const row = Math.floor(index / standingPlaces.length);
    const wanted: Point = [x + aside * mirror, y, z + ahead - row * 0.9];
    const at = alone ? place.mark.at : freeNear(wanted, place, taken);
    taken.push(at);
    spots.set(name, { at: [...at], facing: place.mark.facing * (alone ? mirror : 1), seat: 0 });
  });
  // Two who face each other are turned a little to the camera's side: noses in pure profile read badly.
  const [first, second] = names;
  for (const [name, spot] of spots) {
    if (spot.seat > 0 || alone) continue;
    const other = spots.get((name === first ? second : first) ?? "");
    if (other !== undefined) spots.set(name, { ...spot, facing: cheated(spot.at, other.at) });
  }
  return { side: 1, spots };
}

/** So near nobody stands to a seat that is somebody else's, or to somebody. */
const apartFromSeats = 1;
const apartFromOthers = 0.8;

/** @returns the spot, or the nearest round it that is inside the place and in nobody's way */
function freeNear(wanted: Point, place: Place, taken: readonly Point[]): Point {
  const [low, high] = place.room;
  const inside = ([x, y, z]: Point): Point => [
    Math.min(high[0] - 0.3, Math.max(low[0] + 0.3, x)),
    y,
    Math.min(high[2] - 0.6, Math.max(low[2] + 0.3, z)),
  ];
  const free = (at: Point) =>
    place.seats.every((seat) => gap(seat.at, at) >= apartFromSeats) &&
    taken.every((other) => gap(other, at) >= apartFromOthers);
  for (let ring = 0; ring < 12; ring += 1)
    for (let turn = 0; turn < (ring === 0 ? 1 : 12); turn += 1) {
      const angle = (turn / 12) * Math.PI * 2;
      const [x, y, z] = wanted;
      const at = inside([x + Math.sin(angle) * ring * 0.2, y, z + Math.cos(angle) * ring * 0.2]);
      if (free(at)) return [round(at[0]), at[1], round(at[2])];
    }
  return inside(wanted);
}

/** @returns how somebody at `at` faces who deals with somebody at `other`, turned a quarter of the way to +z */
function cheated(at: Point, other: Point): number {
  return round((Math.atan2(other[0] - at[0], other[2] - at[2]) * 180 * 0.74) / Math.PI);
}

const sits = (motion: Motion) => motion === "sit" || motion === "play" || motion === "stand-up";

type StagedCast = {
  /** Those who are in the picture. */
  cast: PlannedCharacter[];
  /** Those who are not, but are looked at; they come after the cast. */
  partners: PlannedCharacter[];
  staging: SceneStaging;
};

/** Puts a shot's people where their scene has them; those who go get a way. */
export function stageCast(
  people: readonly Staged[],
  scene: { place: PlaceKind; setSeed: number; seconds: number; input: ScenePlanInput },
): StagedCast {
  const { input } = scene;
  const place = places[scene.place];
  const notes = notesOf(input);
  const here = people.map(({ name }) => name);
  const all = [...new Set([...(input.sceneCast ?? []).map((name) => personOf(name, notes).name), ...here])];
  const names = all.filter((name) => name !== "" && (here.includes(name) || !here.some((one) => sameName(one, name))));
  const played = playedIn(input.action);
  const bringsOwnSeat = bringsSeat(played);
  const takesSeat = (motion: Motion) => sits(motion) && !(bringsOwnSeat && motion === "play");
  const saidHere = deedsIn(input.action, here);
  const saidOfAll = deedsIn(input.sceneText ?? input.action, names);
  const sitting = new Map(
    names.map((name, index) => [name, saidOfAll[index]?.find(({ motion }) => takesSeat(motion))]),
  );
  const seated = new Set(names.filter((name) => sitting.get(name) !== undefined));
  for (const { name, action } of people) if (takesSeat(action)) seated.add(name);
  const staging = stageScene({ place: scene.place, setSeed: scene.setSeed, names, seated });

  const placed = people.map((person, index): PlannedCharacter => {
    const among = { index, count: people.length };
    const spot = staging.spots.get(person.name) ?? { at: [...place.mark.at], facing: place.mark.facing, seat: 0 };
    const base = { name: person.name, look: person.look, action: person.action, ...nothingElse };
    if (person.action === "play" && bringsOwnSeat) {
      // A piano stands across the picture, drums are looked at from the front.
      const facing = played === "piano" ? (scene.setSeed % 2 === 0 ? 1 : -1) * 72 : spot.facing;
      return { ...base, at: spot.at, to: spot.at, facing, seat: benchHeight };
    }
    if (sits(person.action)) return { ...base, at: spot.at, to: spot.at, facing: spot.facing, seat: spot.seat };
    const speed = speedOf(person.action);
    if (person.action === "drive") {
      // Their car comes with them. Inside a place, and where there is no room, it stands.
      const way = wayOf(place, place.interior ? 0.01 : drivingSpeed * scene.seconds, among, driving);
      return { ...base, at: way.from, to: place.interior ? way.from : way.to, facing: way.facing, seat: carSeat };
    }
    if (speed > 0) {
      const inward = saidHere[index]?.find(({ motion }) => motion === person.action)?.inward === true;
      const way = wayOf(inward ? turnedRound(place) : place, speed * scene.seconds, among);
      return { ...base, at: way.from, to: way.to, facing: way.facing, seat: 0 };
    }
    // Nothing is said of who sits elsewhere in the scene: they sit here, too.
    const first = saidOfAll[names.indexOf(person.name)]?.[0]?.motion;
    if (
      spot.seat > 0 &&
      (person.action === "stand" || person.action === "talk" || person.action === "look") &&
      first !== undefined &&
      sits(first)
    )
      return {
        ...base,
        action: person.action === "stand" ? "sit" : person.action,
        at: spot.at,
        to: spot.at,
        facing: spot.facing,
        seat: spot.seat,
      };
    const at = spot.seat > 0 ? inFrontOf(spot) : spot.at;
    return { ...base, at, to: at, facing: spot.facing, seat: 0 };
  });
  const partners = partnersOf(placed, names, staging, notes);
  const whole = [...placed, ...partners];
  const cast = placed.map((person): PlannedCharacter => {
    if (speedOf(person.action) > 0 || person.action === "drive") return person;
    const about = talksWith(person, whole, input);
    const target = whole.findIndex(({ name }) => name === about);
    const other = whole[target];
    if (other === undefined) return person;
    if (person.seat > 0 || person.action === "climb" || person.action === "lie") return { ...person, looksAt: target };
    return { ...person, looksAt: target, facing: cheated(person.at, other.at) };
  });
  return { cast, partners, staging };
}

const nothingElse = { looksAt: -1, carries: null, deeds: [], offScreen: false } satisfies Partial<PlannedCharacter>;

/** Where somebody stands before they sit down and after they have got up. */
export function inFrontOf({ at, facing }: { at: Vec3; facing: number }): Vec3 {
  const turn = (facing * Math.PI) / 180;
  return [round(at[0] + Math.sin(turn) * seatReach), at[1], round(at[2] + Math.cos(turn) * seatReach)];
}
/** From the middle of a seat to where the feet are, metres. */
const seatReach = 0.42;

/** @returns whom somebody deals with: another who speaks, else the other one of the scene's first two */
function talksWith(
  person: PlannedCharacter,
  whole: readonly PlannedCharacter[],
  input: ScenePlanInput,
): string | undefined {
  const others = whole.filter(({ name }) => name !== person.name);
  const speaks = others.find(({ name }) => input.dialogue.some((line) => sameName(line.character, name)));
  return (speaks ?? others.find(({ offScreen }) => !offScreen) ?? others[0])?.name;
}

/** Somebody alone in a picture of a scene of several looks at whom they talk with, who stands beside it. */
function partnersOf(
  placed: readonly PlannedCharacter[],
  names: readonly string[],
  staging: SceneStaging,
  notes: Readonly<Record<string, string>>,
): PlannedCharacter[] {
  const [person] = placed;
  if (placed.length !== 1 || person === undefined || speedOf(person.action) > 0) return [];
  const name = names.find((one) => one !== person.name);
  const spot = name === undefined ? undefined : staging.spots.get(name);
  if (name === undefined || spot === undefined) return [];
  const look = lookFor(name, personOf(name, notes).notes.slice(0, 400));
  const action = spot.seat > 0 ? ("sit" as const) : ("stand" as const);
  return [{ name: name.slice(0, 60), look, action, ...nothingElse, ...spot, to: spot.at, looksAt: 0, offScreen: true }];
}

const notesOf = (input: ScenePlanInput): Readonly<Record<string, string>> =>
  input.castNotes ?? castFromScript(`${input.sceneText ?? ""}\n${input.action}`.slice(0, 40_000));

/** Everybody of the shot and how they look, the speaker first. */
export function castOf(input: ScenePlanInput): Omit<Staged, "action">[] {
  const notes = notesOf(input);
  const speakers = input.dialogue.slice(0, 24).map((line) => line.character);
  const named = [...input.characters.slice(0, 40), ...speakers].map((name) => personOf(name, notes));
  const known = named.filter(
    (person, index) => person.name !== "" && named.findIndex((other) => other.name === person.name) === index,
  );
  const alone = known.length === 1;
  // A picture of two needs two: the other one of the scene is in it, named or not.
  if (alone && /over|\bots\b|(?:two|2)[ _-]?shot/i.test(input.shotType)) {
    const other = (input.sceneCast ?? []).find((name) => !sameName(name, known[0]?.name ?? ""));
    if (other !== undefined) known.push(personOf(other, notes));
  }
  return known.slice(0, 8).map((person) => ({
    name: person.name.slice(0, 60),
    look: lookFor(person.name, person.notes.slice(0, 400)),
  }));
}

export const sameName = (a: string, b: string) => {
  const parts = canonicalName(a).split(" ");
  return (
    canonicalName(b)
      .split(" ")
      .every((part) => parts.includes(part)) || parts.every((part) => canonicalName(b).split(" ").includes(part))
  );
};
