import * as THREE from "three";
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";

/** Too thin to be in anybody's way, but not to cross a face in a picture: a rail, a post, a rope. Metres. */
export type Slender = { from: Vec3; to: Vec3; radius: number };

/** What is thinner is a line in a picture, what is thicker a {@link Solid}; what is shorter crosses nothing. */
const [thinnest, thickest, shortest] = [0.012, 0.15, 0.35];
/** No camera of a shot gets farther than that from the middle of its place. */
const farthest = 40;

const degrees = Math.PI / 180;

/** @returns the rod, when a picture would mind it */
export function slenderRod(
  from: readonly [number, number, number],
  to: readonly [number, number, number],
  radius: number,
): Slender | null {
  if (radius < thinnest || radius > thickest) return null;
  if (Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]) < shortest) return null;
  if (Math.min(Math.hypot(from[0], from[2]), Math.hypot(to[0], to[2])) > farthest) return null;
  // What lies on the ground is below every camera.
  if (Math.max(from[1], to[1]) < 0.3) return null;
  return { from: [...from], to: [...to], radius };
}

/**
 * @param at  the middle of it
 * @param tilt  about x and z, degrees
 * @returns a box of this size as the rod that runs through it, null when it is none
 */
export function slenderBox(
  size: readonly [number, number, number],
  at: readonly [number, number, number],
  turn: number,
  tilt: readonly [number, number],
): Slender | null {
  const along = size.indexOf(Math.max(...size)) as 0 | 1 | 2;
  const half = new THREE.Vector3().setComponent(along, size[along] / 2);
  half.applyEuler(new THREE.Euler(tilt[0] * degrees, turn * degrees, tilt[1] * degrees, "YXZ"));
  const thick = Math.max(...size.filter((_, axis) => axis !== along));
  const end = (way: 1 | -1): Vec3 => [at[0] + half.x * way, at[1] + half.y * way, at[2] + half.z * way];
  return slenderRod(end(-1), end(1), thick / 2);
}
