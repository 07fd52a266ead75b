import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { Palette } from "../look/palette.ts";
import type { PlainScene } from "./plain-scene.ts";
import { cellsOf, gradedBytes, lightOn } from "./splat-light.ts";
import { type Spot, spotsOn, type SplatView } from "./splat-spots.ts";

/** Flat discs of light: a Gaussian splat each, with everything that lights it already in its colour. */
export type Splat = {
  at: THREE.Vector3;
  /** Along its own axes, metres; the third is its thickness. */
  size: readonly [number, number, number];
  /** sRGB and opacity, 0..255. */
  colour: readonly [number, number, number, number];
  turn: THREE.Quaternion;
};

export type SplatOptions = {
  count: number;
  plan: ScenePlan;
  palette: Palette;
  /** Where it is seen from; what they look at is the densest. */
  views: readonly SplatView[];
};

/** Bytes of one splat: position and size as six floats, colour as four bytes, turn as four bytes. */
export const splatBytes = 32;
const skyShare = 0.06;
const skyRadius = 160;
/** How much of the way to its neighbours a splat spreads, and what it is no wider than, metres. */
const spread = 0.62;
const widest = 6;
/** What shines by itself is so many times as bright as its colour, as in the film. */
const glow = 1.7;

/** Spreads splats over a scene's surfaces, denser where one looks, and over the sky. The same plan, the same splats. */
export function splatsOf(scene: PlainScene, { count, plan, palette, views }: SplatOptions): Splat[] {
  const sky = plan.interior ? [] : skySplats(palette, Math.round(count * skyShare));
  const spots = spotsOn(scene, views, count - sky.length);
  const light = lightOn(scene.lights, plan, palette, cellsOf(spots.map(({ at }) => at)));
  return [...sky, ...spots.map((spot) => splatAt(spot, light, palette))];
}

function splatAt(spot: Spot, light: ReturnType<typeof lightOn>, palette: Palette): Splat {
  const { at, normal, albedo, along, length, height, apart } = spot;
  const wide = Math.min(widest, apart * spread);
  // Along its surface's longest edge and across it, never wider than that: a rail is no row of balls.
  const size = [Math.min(wide, length * 0.4), Math.min(wide, height * 0.4)] as const;
  const shone = spot.lit ? light(at, normal).multiply(albedo) : albedo.clone().multiplyScalar(glow);
  const across = normal.clone().cross(along).normalize();
  const flat = across.clone().cross(normal).normalize();
  return {
    at,
    size: [Math.max(0.004, size[0]), Math.max(0.004, size[1]), Math.max(0.002, Math.min(0.015, size[1] * 0.15))],
    colour: [...gradedBytes(shone, palette), 245],
    turn: new THREE.Quaternion().setFromRotationMatrix(new THREE.Matrix4().makeBasis(flat, across, normal)),
  };
}

/** The gradient of the sky, with the glow round the sun or moon, as discs on a sphere. */
function skySplats(palette: Palette, count: number): Splat[] {
  const sun = palette.key.from.clone().normalize();
  const z = new THREE.Vector3(0, 0, 1);
  const wide = skyRadius * Math.sqrt((2 * Math.PI) / Math.max(1, count)) * 0.6;
  return Array.from({ length: count }, (_, i) => {
    // Evenly over the upper half, a little below the horizon too: the golden angle leaves no pattern.
    const y = -0.06 + 1.06 * ((i + 0.5) / count);
    const ring = Math.sqrt(Math.max(0, 1 - y * y));
    const angle = i * Math.PI * (3 - Math.sqrt(5));
    const way = new THREE.Vector3(Math.cos(angle) * ring, y, Math.sin(angle) * ring).normalize();
    const up = Math.max(0, way.y);
    const colour = palette.skyHorizon.clone().lerp(palette.skyTop, THREE.MathUtils.smoothstep(up, 0, 0.62) ** 0.7);
    const near = Math.max(0, way.dot(sun));
    colour.add(palette.skyGlow.clone().multiplyScalar(near ** 5 * 0.34 + near ** 60 * 0.5));
    return {
      at: way.clone().multiplyScalar(skyRadius),
      size: [wide, wide, wide * 0.05] as const,
      colour: [...gradedBytes(colour, palette), 255] as const,
      turn: new THREE.Quaternion().setFromUnitVectors(z, way.clone().negate()),
    };
  });
}

/**
 * Writes splats as a .splat file: 32 bytes each, little-endian: position xyz and size xyz (float32), RGBA (bytes), turn
 * wxyz (bytes, 128 = 0). The largest first, so that a viewer has a picture before it has everything.
 */
export function encodeSplats(splats: readonly Splat[]): Uint8Array {
  const bytes = new Uint8Array(splats.length * splatBytes);
  const view = new DataView(bytes.buffer);
  const importance = ({ size, colour }: Splat) => size[0] * size[1] * size[2] * colour[3];
  [...splats]
    .sort((a, b) => importance(b) - importance(a))
    .forEach(({ at, size, colour, turn }, index) => {
      const from = index * splatBytes;
      [at.x, at.y, at.z, ...size].forEach((value, k) => view.setFloat32(from + k * 4, value, true));
      bytes.set(colour, from + 24);
      const q = turn.clone().normalize();
      const byte = (n: number) => Math.min(255, Math.max(0, Math.round(n * 128 + 128)));
      bytes.set([byte(q.w), byte(q.x), byte(q.y), byte(q.z)], from + 28);
    });
  return bytes;
}
