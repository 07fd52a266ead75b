/** Whether a camera has room and a free sight among upright boxes. Numbers only: asked thousands of times a shot. */
import type { Solid } from "../scene/solid.ts";

export type Point = { x: number; y: number; z: number };
export type Box = { x: number; y: number; z: number; hx: number; hy: number; hz: number; cos: number; sin: number };

export function boxesOf(solids: readonly Solid[]): Box[] {
  return solids.map(({ at: [x, y, z], half: [hx, hy, hz], turn }) => {
    const angle = (turn * Math.PI) / 180;
    return { x, y, z, hx, hy, hz, cos: Math.cos(angle), sin: Math.sin(angle) };
  });
}

/** How far a point is outside of a box, metres; 0 = in it or on it. */
export function gapTo(box: Box, { x, y, z }: Point): number {
  const [dx, dy, dz] = [x - box.x, y - box.y, z - box.z];
  const gx = Math.max(0, Math.abs(box.cos * dx - box.sin * dz) - box.hx);
  const gy = Math.max(0, Math.abs(dy) - box.hy);
  const gz = Math.max(0, Math.abs(box.sin * dx + box.cos * dz) - box.hz);
  return Math.sqrt(gx * gx + gy * gy + gz * gz);
}

/** @returns whether a box is in the way from one point to another */
export const hides = (box: Box, from: Point, to: Point): boolean => entersAt(box, from, to) !== null;

/** @returns at which share of the way from one point to another a box begins, null when it is not on the way */
export function entersAt(box: Box, from: Point, to: Point): number | null {
  const [ax, ay, az] = [from.x - box.x, from.y - box.y, from.z - box.z];
  const [bx, by, bz] = [to.x - box.x, to.y - box.y, to.z - box.z];
  let near = 0;
  let far = 1;
  const slab = (a: number, b: number, half: number): boolean => {
    const d = b - a;
    if (Math.abs(d) < 1e-9) return Math.abs(a) <= half;
    const [k, l] = [(-half - a) / d, (half - a) / d];
    near = Math.max(near, Math.min(k, l));
    far = Math.min(far, Math.max(k, l));
    return near <= far;
  };
  const meets =
    slab(box.cos * ax - box.sin * az, box.cos * bx - box.sin * bz, box.hx) &&
    slab(ay, by, box.hy) &&
    slab(box.sin * ax + box.cos * az, box.sin * bx + box.cos * bz, box.hz);
  return meets ? near : null;
}
