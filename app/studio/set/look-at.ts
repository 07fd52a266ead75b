/** What a camera can be told to look at. */
import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";
import type { ShotSet } from "./use-set.ts";

/** What a person's eyes, or a piece's middle, are for a camera. */
export function eyesOf(set: ShotSet, id: string): Vec3 | null {
  const thing = set.things.find((each) => each.id === id);
  if (thing === undefined) return null;
  const person = set.plan.cast.find(({ name }) => `person:${canonicalName(name)}` === id);
  const up = person ? person.look.height * (person.seat > 0 ? 0.7 : 0.93) : 0.4;
  return [thing.at[0], Math.round((thing.at[1] + up) * 100) / 100, thing.at[2]];
}

/** @returns the id of what it looks at, `free` for none of them */
export function lookedAt(set: ShotSet, look: Vec3): string {
  const found = set.things.find(({ id }) => {
    const eyes = eyesOf(set, id);
    return eyes !== null && Math.hypot(...eyes.map((value, axis) => value - (look[axis] ?? 0))) < 0.02;
  });
  return found?.id ?? "free";
}
