import * as THREE from "three";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import type { Palette } from "../look/palette.ts";
import type { PlainScene } from "./plain-scene.ts";

/** Flat discs of light: a Gaussian splat each, with everything that lights it already in its colour. */
export type Splat = {
  at: THREE.Vector3;
  /** Along its own axes, metres; the third is its thickness. */
  size: readonly [number, number, number];
  /** sRGB and opacity, 0..255. */
  colour: readonly [number, number, number, number];
  turn: THREE.Quaternion;
};

export type SplatOptions = { count: number; seed: number; interior: boolean };

/** Bytes of one splat: position and size as six floats, colour as four bytes, turn as four bytes. */
export const splatBytes = 32;
const skyShare = 0.1;
const skyRadius = 160;
/** At this distance from the middle a surface gets half as many. */
const thinsOutAt = 14;

/** Spreads splats over a scene's surfaces, denser near the middle, and over the sky. Same seed, same splats. */
export function splatsOf(scene: PlainScene, palette: Palette, options: SplatOptions): Splat[] {
  const random = seededRandom(options.seed ^ 0x51a7);
  const sky = options.interior ? [] : skySplats(palette, Math.round(options.count * skyShare));
  return [...sky, ...surfaceSplats(scene, palette, options.count - sky.length, random)];
}

type Triangle = { corners: [THREE.Vector3, THREE.Vector3, THREE.Vector3]; mesh: number; first: number; weight: number };

function surfaceSplats(scene: PlainScene, palette: Palette, count: number, random: () => number): Splat[] {
  const triangles = scene.meshes.flatMap((mesh, index) => trianglesOf(mesh, index));
  const total = triangles.reduce((sum, { weight }) => sum + weight, 0);
  if (total <= 0) return [];
  const splats: Splat[] = [];
  const z = new THREE.Vector3(0, 0, 1);
  // Evenly along the sum of all weights: no surface is forgotten by chance.
  let reached = 0;
  let next = 0;
  for (const triangle of triangles) {
    reached += triangle.weight;
    while (next < count && ((next + 0.5) / count) * total <= reached) {
      next += 1;
      const mesh = scene.meshes[triangle.mesh]!;
      const root = Math.sqrt(random());
      const side = random();
      const parts = [1 - root, root * (1 - side), root * side] as const;
      const at = mix(triangle.corners, parts);
      const normal = cornerMix(mesh.geometry, "normal", triangle.first, parts).normalize();
      const albedo = cornerMix(mesh.geometry, "color", triangle.first, parts);
      const lit = mesh.material instanceof THREE.MeshStandardMaterial;
      const light = lit ? lightAt(at, normal, scene.lights, palette) : new THREE.Color(1, 1, 1);
      // As far from its neighbours as the density there makes it.
      const apart = Math.sqrt((total / count) * (1 + (at.length() / thinsOutAt) ** 2));
      const wide = Math.min(6, apart * 0.55);
      splats.push({
        at,
        size: [wide, wide, Math.min(0.02, wide * 0.2)],
        colour: [...shown(light.multiply(new THREE.Color(albedo.x, albedo.y, albedo.z)), palette.exposure), 235],
        turn: new THREE.Quaternion().setFromUnitVectors(z, normal),
      });
    }
  }
  return splats;
}

function trianglesOf(mesh: THREE.Mesh, index: number): Triangle[] {
  const position = mesh.geometry.getAttribute("position");
  const order = mesh.geometry.index!;
  const triangles: Triangle[] = [];
  for (let first = 0; first + 2 < order.count; first += 3) {
    const corner = (k: number) => new THREE.Vector3().fromBufferAttribute(position, order.getX(first + k));
    const corners: Triangle["corners"] = [corner(0), corner(1), corner(2)];
    const area = corners[1].clone().sub(corners[0]).cross(corners[2].clone().sub(corners[0])).length() / 2;
    if (area <= 0) continue;
    const far = mix(corners, [1 / 3, 1 / 3, 1 / 3]).length() / thinsOutAt;
    triangles.push({ corners, mesh: index, first, weight: area / (1 + far * far) });
  }
  return triangles;
}

type Parts = readonly [number, number, number];

function mix(corners: Triangle["corners"], parts: Parts): THREE.Vector3 {
  const at = new THREE.Vector3();
  corners.forEach((corner, k) => at.addScaledVector(corner, parts[k]!));
  return at;
}

function cornerMix(geometry: THREE.BufferGeometry, name: string, first: number, parts: Parts): THREE.Vector3 {
  const attribute = geometry.getAttribute(name);
  const out = new THREE.Vector3();
  for (let k = 0; k < 3; k += 1) {
    const corner = geometry.index!.getX(first + k);
    out.addScaledVector(
      new THREE.Vector3(attribute.getX(corner), attribute.getY(corner), attribute.getZ(corner)),
      parts[k]!,
    );
  }
  return out;
}

/** Light that falls on a spot: sky and ground by the way it faces, the sun or moon, and the lamps. No shadows. */
function lightAt(
  at: THREE.Vector3,
  normal: THREE.Vector3,
  lights: readonly THREE.Light[],
  palette: Palette,
): THREE.Color {
  const up = 0.5 + 0.5 * normal.y;
  const sum = palette.fill.ground
    .clone()
    .lerp(palette.fill.sky, up)
    .multiplyScalar(palette.fill.power / Math.PI);
  for (const light of lights) {
    if (light instanceof THREE.PointLight) {
      const way = light.position.clone().sub(at);
      const far = Math.max(0.3, way.length());
      const falls = Math.max(0, way.dot(normal) / far) / far ** 1.7;
      sum.add(light.color.clone().multiplyScalar((light.intensity * falls) / Math.PI));
    } else {
      const way = light.name === "rim" ? palette.rim.from : palette.key.from;
      const falls = Math.max(0, way.clone().normalize().dot(normal));
      sum.add(light.color.clone().multiplyScalar((light.intensity * falls) / Math.PI));
    }
  }
  return sum;
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
      colour: [...shown(colour, palette.exposure), 255] as const,
      turn: new THREE.Quaternion().setFromUnitVectors(z, way.clone().negate()),
    };
  });
}

/** Light as a screen shows it: exposed, rolled off towards white, in sRGB bytes. */
function shown(light: THREE.Color, exposure: number): [number, number, number] {
  const roll = (n: number) => {
    const x = Math.max(0, n * exposure);
    return x < 0.6 ? x : 0.6 + 0.4 * (1 - Math.exp(-(x - 0.6) / 0.4));
  };
  const out = new THREE.Color(roll(light.r), roll(light.g), roll(light.b)).convertLinearToSRGB();
  const byte = (n: number) => Math.round(Math.min(1, Math.max(0, n)) * 255);
  return [byte(out.r), byte(out.g), byte(out.b)];
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
