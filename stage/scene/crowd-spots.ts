import { places } from "#domain/screenplay/plan/plan-places.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import type { Solid } from "./solid.ts";

/** Where one of the crowd stands; `facing` in degrees. */
export type CrowdSpot = { at: readonly [number, number, number]; facing: number };

/** How far from the mark they stand, metres. */
const [nearest, farthest] = [2.2, 10];
/** Room that everybody has to the next. */
const apart = 0.62;
/** How wide the way stays free from the cast to the camera, and along the ways that the cast goes. */
const [inView, inTheWay] = [1.7, 1.05];

/**
 * Where people stand about: round the action and mostly looking at it, out of the way of the cast and of the camera,
 * beside what stands there. As many as there is room for; the same in all shots of a scene that ask for as many.
 */
export function crowdSpots(plan: ScenePlan, solids: readonly Solid[]): CrowdSpot[] {
  const place = places[plan.place];
  const [markX, floor, markZ] = place.mark.at;
  const [eyeX, , eyeZ] = place.wide.eye;
  const [low, high] = place.room;
  const random = seededRandom(plan.setSeed ^ 0xc20d);
  const spots: CrowdSpot[] = [];
  const blocking = solids.filter(({ at, half }) => at[1] + half[1] > floor + 0.15 && at[1] - half[1] < floor + 1.9);
  for (let tries = 0; tries < plan.crowd * 30 && spots.length < plan.crowd; tries += 1) {
    const angle = random() * Math.PI * 2;
    // As dense near as far.
    const far = Math.sqrt(nearest ** 2 + random() * (farthest ** 2 - nearest ** 2));
    const turn = random();
    const x = markX + Math.sin(angle) * far;
    const z = markZ + Math.cos(angle) * far;
    if (x < low[0] + 0.2 || x > high[0] - 0.2 || z < low[2] - 6 || z > high[2] - 0.2) continue;
    // Before the action stands the camera.
    if (z > markZ + 1.2 && Math.abs(x - markX) < 4.5) continue;
    if (toLine(x, z, markX, markZ, eyeX, eyeZ) < inView) continue;
    if (plan.cast.some(({ at, to }) => toLine(x, z, at[0], at[2], to[0], to[2]) < inTheWay)) continue;
    if (spots.some(({ at }) => Math.hypot(at[0] - x, at[2] - z) < apart)) continue;
    if (blocking.some((solid) => inside(solid, x, z))) continue;
    const towards = (Math.atan2(markX - x, markZ - z) * 180) / Math.PI;
    spots.push({ at: [x, floor, z], facing: towards + (turn < 0.7 ? (turn - 0.35) * 90 : (turn - 0.85) * 900) });
  }
  return spots;
}

function toLine(x: number, z: number, ax: number, az: number, bx: number, bz: number): number {
  const [dx, dz] = [bx - ax, bz - az];
  const length = dx * dx + dz * dz;
  const k = length < 1e-6 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (z - az) * dz) / length));
  return Math.hypot(x - ax - dx * k, z - az - dz * k);
}

function inside({ at, half, turn }: Solid, x: number, z: number): boolean {
  const r = (turn * Math.PI) / 180;
  const [dx, dz] = [x - at[0], z - at[2]];
  const across = Math.cos(r) * dx - Math.sin(r) * dz;
  const along = Math.sin(r) * dx + Math.cos(r) * dz;
  return Math.abs(across) < half[0] + 0.32 && Math.abs(along) < half[2] + 0.32;
}
