/** People, pieces and lights where hands hold them, one's own and the others'. */
import * as THREE from "three";
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";
import type { BuiltScene } from "#stage/scene/build-scene.ts";
import { innerId, personId, type ThingId } from "../things.ts";
import type { ShotSet } from "../use-set.ts";
import type { Guest } from "./guests.ts";
import type { Held } from "./hands.ts";

/** What is held now; of one thing in two hands one sees it in one's own. */
export function heldNow(guests: readonly Guest[], own: Held | null): Held[] {
  const held = guests.flatMap(({ peer }): Held[] => {
    const { holding } = peer.stage;
    return holding === null ? [] : [{ id: holding.id as ThingId, at: holding.at as Vec3, facing: holding.facing }];
  });
  return own === null ? held : [...held.filter(({ id }) => id !== own.id), own];
}

/** Puts what is held where the hands are; everything else is where the plan has it. */
export function carryHeld(held: readonly Held[], built: BuiltScene, { plan }: ShotSet): void {
  for (const { id, at, facing } of held) {
    const inner = innerId(id);
    const index = id.startsWith("person:") ? plan.cast.findIndex((each) => personId(each.name) === id) : -1;
    const person = plan.cast[index];
    const object = person ? built.characters[index]?.object : (built.pieces.get(inner) ?? built.lights.get(inner));
    if (object === undefined) continue;
    if (person) {
      object.position.add(new THREE.Vector3(...at).sub(new THREE.Vector3(...person.at)));
      object.rotation.y += ((facing - person.facing) * Math.PI) / 180;
    } else {
      object.position.set(...at);
      if (id.startsWith("piece:")) object.rotation.y = (facing * Math.PI) / 180;
    }
    object.updateMatrixWorld(true);
  }
}

/** How far everybody is from where they stand when the shot begins, at a time of it. */
export function shiftsAt(seconds: number, built: BuiltScene, { plan }: ShotSet): Map<ThingId, Vec3> {
  return new Map(
    plan.cast.flatMap((person, index): [ThingId, Vec3][] => {
      const now = built.characters[index]?.placeAt(seconds);
      if (now === undefined) return [];
      return [[personId(person.name), [now.x - person.at[0], now.y - person.at[1], now.z - person.at[2]]]];
    }),
  );
}
