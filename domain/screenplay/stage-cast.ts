/** Who is in a shot, and where each of them stands, sits and goes. Lengths are metres, angles degrees. */
import { actionFor, canonicalName, castFromScript, lookFor, personOf } from "./plan-cast.ts";
import type { Look } from "./plan-cast.ts";
import { places } from "./plan-places.ts";
import type { Place, PlaceKind } from "./plan-places.ts";
import type { ScenePlanInput } from "./plan-scene.ts";
import type { Motion, PlannedCharacter } from "./scene-plan.ts";

const speeds: Partial<Record<Motion, number>> = { walk: 1.35, run: 3.4, sneak: 0.62, push: 0.55 };

/** @returns metres per second of a motion that goes somewhere, 0 for the others */
export function speedOf(motion: Motion): number {
  return speeds[motion] ?? 0;
}

export type Staged = { name: string; look: Look; action: Motion };

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
export function stageCast(people: readonly Staged[], place: Place, seconds: number, side: number): PlannedCharacter[] {
  let seats = 0;
  const cast = people.map((person, index): PlannedCharacter => {
    const [markX, markY, markZ] = place.mark.at;
    const base = {
      name: person.name,
      look: person.look,
      action: person.action,
      looksAt: -1,
      carries: null,
      deeds: [],
      offScreen: false,
    };
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

/** Everybody of the shot with look and action, the speaker first. */
export function castOf(input: ScenePlanInput): Staged[] {
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

export const sameName = (a: string, b: string) => {
  const parts = canonicalName(a).split(" ");
  return (
    canonicalName(b)
      .split(" ")
      .every((part) => parts.includes(part)) || parts.every((part) => canonicalName(b).split(" ").includes(part))
  );
};
