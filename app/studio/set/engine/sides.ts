import * as THREE from "three";
import type { SetSide } from "../set-state.ts";
import type { Pose } from "./navigation.ts";

const ways: Record<SetSide, readonly [number, number, number]> = {
  front: [0, 0.16, 1],
  right: [1, 0.16, 0],
  top: [0, 1, 0],
};

/** What is looked at, from the front, from the right or from above, as far away as before. */
export function standAside({ eye, look }: Pose, side: SetSide): Pose {
  const far = Math.max(4, eye.distanceTo(look));
  return { eye: look.clone().addScaledVector(new THREE.Vector3(...ways[side]).normalize(), far), look: look.clone() };
}
