/** Whether a camera has room and a free sight among upright boxes. Numbers only: asked thousands of times a shot. */
import type { Slender } from "../scene/slender.ts";
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

/** A rod as numbers: where it begins, and the way along it. */
export type Rod = { x: number; y: number; z: number; dx: number; dy: number; dz: number; radius: number };

export function rodsOf(slender: readonly Slender[]): Rod[] {
  return slender.map(({ from: [x, y, z], to, radius }) => {
    return { x, y, z, dx: to[0] - x, dy: to[1] - y, dz: to[2] - z, radius };
  });
}

/** How far a point is from a rod, metres. */
export function gapToRod(rod: Rod, { x, y, z }: Point): number {
  const [wx, wy, wz] = [x - rod.x, y - rod.y, z - rod.z];
  const long = rod.dx * rod.dx + rod.dy * rod.dy + rod.dz * rod.dz;
  const t = clamp((wx * rod.dx + wy * rod.dy + wz * rod.dz) / Math.max(1e-9, long));
  return Math.max(0, Math.hypot(wx - rod.dx * t, wy - rod.dy * t, wz - rod.dz * t) - rod.radius);
}

/**
 * @param round  how far round the second point nothing may be in the way, metres there; less, the nearer to the first
 * @returns whether a rod crosses what is seen from one point round another
 */
export function crosses(rod: Rod, from: Point, to: Point, round: number): boolean {
  const [ux, uy, uz] = [to.x - from.x, to.y - from.y, to.z - from.z];
  const [wx, wy, wz] = [from.x - rod.x, from.y - rod.y, from.z - rod.z];
  const a = ux * ux + uy * uy + uz * uz;
  const b = ux * rod.dx + uy * rod.dy + uz * rod.dz;
  const c = rod.dx * rod.dx + rod.dy * rod.dy + rod.dz * rod.dz;
  const d = ux * wx + uy * wy + uz * wz;
  const e = rod.dx * wx + rod.dy * wy + rod.dz * wz;
  const across = a * c - b * b;
  let s = across > 1e-9 ? clamp((b * e - c * d) / across) : 0.5;
  const t = clamp((b * s + e) / Math.max(1e-9, c));
  s = clamp((b * t - d) / Math.max(1e-9, a));
  const [gx, gy, gz] = [wx + ux * s - rod.dx * t, wy + uy * s - rod.dy * t, wz + uz * s - rod.dz * t];
  const clear = rod.radius + round * s;
  // Right behind somebody it is no more than what they lean on.
  return s < 0.97 && gx * gx + gy * gy + gz * gz < clear * clear;
}

const clamp = (k: number) => Math.min(1, Math.max(0, k));
