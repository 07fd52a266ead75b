/** What stands in a shot's set and can be selected, by ids that two people agree on. */
import type { StagingOfShot } from "#domain/film/staging-of.ts";
import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";
import { deedsOf, type PlannedCharacter, type ScenePlan, type Vec3 } from "#domain/screenplay/scene-plan.ts";
import { nameWords } from "#app/studio/board/shot-words.ts";
import { lightNames, motionNames, pieceNames } from "./set-words.ts";

/** `person:` and a canonical name; `piece:`, `light:`, `key:` and the id of what was staged; or the shot's camera. */
export type ThingId = `person:${string}` | `piece:${string}` | `light:${string}` | `key:${string}` | "camera";
export type ThingKind = "person" | "piece" | "light" | "key" | "camera";

export interface Thing {
  id: ThingId;
  kind: ThingKind;
  name: string;
  /** Where it is as the shot begins. */
  at: Vec3;
  facing: number;
  locked: boolean;
  hidden: boolean;
  /** A word on what it does, for the end of its row. */
  note: string;
}

export const personId = (name: string): ThingId => `person:${canonicalName(name)}`;

/** @returns what comes after the colon */
export const innerId = (id: ThingId): string => id.slice(id.indexOf(":") + 1);
export const kindOfThing = (id: ThingId): ThingKind =>
  (id.includes(":") ? id.slice(0, id.indexOf(":")) : id) as ThingKind;

/** Whatever can be picked up: people first, then what was put there. */
export function thingsIn(plan: ScenePlan, staging: StagingOfShot): Thing[] {
  const lockedMarks = new Set(staging.marks.filter(({ locked }) => locked).map(({ who }) => who));
  const people = plan.cast
    .filter(({ offScreen }) => !offScreen)
    .map((person): Thing => {
      const who = canonicalName(person.name);
      return {
        id: `person:${who}`,
        kind: "person",
        name: nameWords(person.name),
        at: person.at,
        facing: person.facing,
        locked: lockedMarks.has(who),
        hidden: false,
        note: doingWords(person, plan),
      };
    });
  const pieces = staging.pieces.map((piece): Thing => ({
    id: `piece:${piece.id}`,
    kind: "piece",
    name: pieceNames[piece.what],
    at: piece.at,
    facing: piece.facing,
    locked: piece.locked === true,
    hidden: piece.hidden === true,
    note: piece.hidden === true ? "Hidden" : "",
  }));
  const lights = staging.lights.map((light): Thing => ({
    id: `light:${light.id}`,
    kind: "light",
    name: light.name ?? lightNames[light.what],
    at: light.at,
    facing: 0,
    locked: light.locked === true,
    hidden: false,
    note: `${Math.round(light.power)}`,
  }));
  return numbered([...people, ...pieces, ...lights]);
}

/** Two chairs are told apart. */
function numbered(things: readonly Thing[]): Thing[] {
  const count = new Map<string, number>();
  for (const { name } of things) count.set(name, (count.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return things.map((thing) => {
    if (thing.kind === "person" || (count.get(thing.name) ?? 0) < 2) return thing;
    const number = (seen.get(thing.name) ?? 0) + 1;
    seen.set(thing.name, number);
    return { ...thing, name: `${thing.name} ${number}` };
  });
}

/** `Walks`, `Sits, then stands up`. */
export function doingWords(person: PlannedCharacter, plan: Pick<ScenePlan, "frames" | "fps" | "beatSeconds">): string {
  const words = deedsOf(person, plan).map(({ motion }) => motionNames[motion]);
  const [first = "", second] = words.filter((word, index) => word !== words[index - 1]);
  return second === undefined ? first : `${first}, ${second.toLowerCase()}`;
}
