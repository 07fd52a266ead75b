import type * as THREE from "three";
import { takenAt } from "../characters/held-things.ts";
import type { BuiltScene } from "../scene/build-scene.ts";

type Peopled = Pick<BuiltScene, "characters" | "pieces" | "scene" | "palette">;

/** @returns everybody, the crowd, and the pieces of the set that are in somebody's hand at that time */
export function peopleAndTheirThings({ characters, pieces, scene }: Peopled, seconds: number): THREE.Object3D[] {
  const held = characters.flatMap(({ track }) => {
    const picks = track.acts.find(({ motion }) => motion === "pick-up");
    if (picks?.towards?.kind !== "piece" || seconds < takenAt(picks)) return [];
    return pieces.get(picks.towards.id) ?? [];
  });
  return [...characters.map(({ object }) => object), ...scene.children.filter(({ name }) => name === "crowd"), ...held];
}

/**
 * The picture as it is without anybody and what they hold, and without grain: what a plate is cleaned for. The light is
 * that of the picture with the people in it. A plan without a cast has its light, and with it the grid of its shadows,
 * turned to the middle of the place instead of the action: at the rims of shadows the two may differ.
 */
export function withoutPeople(built: Peopled, seconds: number, draw: () => void): void {
  const { palette } = built;
  const seen = peopleAndTheirThings(built, seconds).filter(({ visible }) => visible);
  const { grain } = palette;
  for (const object of seen) object.visible = false;
  palette.grain = 0;
  try {
    draw();
  } finally {
    for (const object of seen) object.visible = true;
    palette.grain = grain;
  }
}
