import * as THREE from "three";
import { viewAlong } from "#domain/screenplay/keyed-view.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";

export type KeyedView = {
  eye: THREE.Vector3;
  look: THREE.Vector3;
  lensMm: number;
  /** Degrees. */
  roll: number;
  /** null = what it looks at. */
  focus: number | null;
};

/** @returns the way through a plan's keys, or null when there are fewer than two */
export function keyedCamera({ camera, beatSeconds }: ScenePlan): ((seconds: number) => KeyedView) | null {
  const [first, second, ...more] = camera.keys
    .toSorted((a, b) => a.beat - b.beat)
    .map((key) => ({ ...key, time: key.beat }));
  if (first === undefined || second === undefined) return null;
  return (seconds) => {
    const { eye, look, ...view } = viewAlong([first, second, ...more], seconds / beatSeconds);
    return { ...view, eye: new THREE.Vector3(...eye), look: new THREE.Vector3(...look) };
  };
}
