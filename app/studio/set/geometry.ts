/** Where a hand on a flat screen is in a set: rays, floors and steps. Metres and degrees. */
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";

export interface Ray {
  from: Vec3;
  /** Length one. */
  way: Vec3;
}

const farthest = 190;
export const step = 0.25;
export const turnStep = 15;

/** @returns where a ray meets the level at that height, null where it never does or only far away */
export function onLevel({ from, way }: Ray, height: number): Vec3 | null {
  const far = (height - from[1]) / way[1];
  if (!Number.isFinite(far) || far <= 0 || far > farthest) return null;
  return inside([from[0] + way[0] * far, height, from[2] + way[2] * far]);
}

/** @returns how far along a line (of a point and a way of length one) it comes nearest to a ray */
export function alongLine(ray: Ray, at: Vec3, way: Vec3): number | null {
  const between: Vec3 = [at[0] - ray.from[0], at[1] - ray.from[1], at[2] - ray.from[2]];
  const cos = dot(way, ray.way);
  const side = 1 - cos * cos;
  // Seen from its end a line shows no length.
  if (side < 0.002) return null;
  return (cos * dot(between, ray.way) - dot(between, way)) / side;
}

export function snapped(at: Vec3, isFree: boolean): Vec3 {
  return isFree ? rounded(at) : (at.map((value) => Math.round(value / step) * step) as Vec3);
}

export function snappedAngle(degrees: number, isFree: boolean): number {
  const turned = isFree ? Math.round(degrees * 10) / 10 : Math.round(degrees / turnStep) * turnStep;
  return ((((turned + 180) % 360) + 360) % 360) - 180;
}

/** To the centimetre, and within what a plan can say. */
export function rounded(at: Vec3): Vec3 {
  return inside(at.map((value) => Math.round(value * 100) / 100) as Vec3);
}

/** @returns the facing, in degrees, of somebody who looks from one point to another */
export function facingTo(from: Vec3, to: Vec3): number {
  return (Math.atan2(to[0] - from[0], to[2] - from[2]) * 180) / Math.PI;
}

const inside = (at: Vec3): Vec3 => at.map((value) => Math.min(199, Math.max(-199, value))) as Vec3;
const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
