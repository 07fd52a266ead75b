import * as THREE from "three";
import { boneIndex } from "../skeleton.ts";
import type { BoneName } from "../skeleton.ts";

/** What a body is put together from: tubes whose weights blend over the joints, and parts that go with one bone. */
export type Weights = readonly (readonly [BoneName, number])[];
export type Ring = {
  at: readonly [number, number, number];
  rx: number;
  rz: number;
  weights: Weights | ((side: number) => Weights);
};

const around = 14;

/** @param shows  its outside, or its inside alone: a lining */
export function tube(
  rings: readonly Ring[],
  colour: string | readonly string[],
  { capped = true, shows = "outside" }: { capped?: boolean; shows?: "outside" | "inside" } = {},
): THREE.BufferGeometry {
  const positions: number[] = [];
  const colours: number[] = [];
  const indices: number[] = [];
  const bones: number[] = [];
  const weights: number[] = [];
  // Rings may run up or down; the outside must stay outside.
  const up = (rings.at(-1)?.at[1] ?? 0) > (rings[0]?.at[1] ?? 0);
  const tint = new THREE.Color();
  rings.forEach((ring, level) => {
    tint.set(typeof colour === "string" ? colour : (colour[Math.min(level, colour.length - 1)] ?? "#888888"));
    for (let i = 0; i < around; i += 1) {
      const a = (i / around) * Math.PI * 2;
      positions.push(ring.at[0] + Math.sin(a) * ring.rx, ring.at[1], ring.at[2] + Math.cos(a) * ring.rz);
      colours.push(tint.r, tint.g, tint.b);
      pushWeights(bones, weights, typeof ring.weights === "function" ? ring.weights(Math.sin(a)) : ring.weights);
    }
    if (level === 0) return;
    for (let i = 0; i < around; i += 1) {
      const [p, q] = [(level - 1) * around + i, (level - 1) * around + ((i + 1) % around)];
      if (up) indices.push(p, q, p + around, q, q + around, p + around);
      else indices.push(p, p + around, q, q, p + around, q + around);
    }
  });
  if (capped) {
    for (const level of [0, rings.length - 1]) {
      const ring = rings[level];
      if (ring === undefined) continue;
      const centre = positions.length / 3;
      positions.push(...ring.at);
      tint.set(typeof colour === "string" ? colour : (colour[Math.min(level, colour.length - 1)] ?? "#888888"));
      colours.push(tint.r, tint.g, tint.b);
      pushWeights(bones, weights, typeof ring.weights === "function" ? ring.weights(0) : ring.weights);
      for (let i = 0; i < around; i += 1) {
        const [p, q] = [level * around + i, level * around + ((i + 1) % around)];
        if ((level === 0) !== up) indices.push(centre, p, q);
        else indices.push(centre, q, p);
      }
    }
  }
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(positions, 3));
  geometry.setAttribute("color", new THREE.Float32BufferAttribute(colours, 3));
  geometry.setAttribute("skinIndex", new THREE.Uint16BufferAttribute(bones, 4));
  geometry.setAttribute("skinWeight", new THREE.Float32BufferAttribute(weights, 4));
  geometry.setIndex(shows === "outside" ? indices : turned(indices));
  geometry.computeVertexNormals();
  return geometry;
}

/** The same triangles, seen from the other side. */
function turned(indices: readonly number[]): number[] {
  return indices.map((_, i) => indices[i % 3 === 0 ? i : i % 3 === 1 ? i + 1 : i - 1]!);
}

function pushWeights(bones: number[], weights: number[], list: Weights): void {
  for (let i = 0; i < 4; i += 1) {
    const entry = list[i];
    bones.push(entry === undefined ? 0 : boneIndex[entry[0]]);
    weights.push(entry === undefined ? 0 : entry[1]);
  }
}

/** A part that goes with one bone. */
export function rigid(
  geometry: THREE.BufferGeometry,
  bone: BoneName,
  colour: string,
  at: readonly [number, number, number],
  scale: readonly [number, number, number] = [1, 1, 1],
  turn: readonly [number, number, number] = [0, 0, 0],
): THREE.BufferGeometry {
  const own = geometry.clone();
  own.scale(...scale);
  own.applyMatrix4(new THREE.Matrix4().makeRotationFromEuler(new THREE.Euler(...turn)));
  own.translate(...at);
  own.deleteAttribute("uv");
  const count = own.getAttribute("position").count;
  const tint = new THREE.Color(colour);
  const colours = new Float32Array(count * 3);
  const bones = new Uint16Array(count * 4);
  const weights = new Float32Array(count * 4);
  for (let i = 0; i < count; i += 1) {
    colours.set([tint.r, tint.g, tint.b], i * 3);
    bones[i * 4] = boneIndex[bone];
    weights[i * 4] = 1;
  }
  own.setAttribute("color", new THREE.BufferAttribute(colours, 3));
  own.setAttribute("skinIndex", new THREE.BufferAttribute(bones, 4));
  own.setAttribute("skinWeight", new THREE.BufferAttribute(weights, 4));
  if (own.index === null) own.setIndex([...Array(count).keys()]);
  return own;
}

export const ball = new THREE.SphereGeometry(1, 14, 10);

export function darker(colour: string, by: number): string {
  return `#${new THREE.Color(colour).multiplyScalar(by).getHexString()}`;
}

/** A part that has its own colours and goes with one bone. */
export function tinted(
  geometry: THREE.BufferGeometry,
  bone: BoneName,
  at: readonly [number, number, number],
): THREE.BufferGeometry {
  geometry.translate(...at);
  const count = geometry.getAttribute("position").count;
  const bones = new Uint16Array(count * 4);
  const weights = new Float32Array(count * 4);
  for (let i = 0; i < count; i += 1) {
    bones[i * 4] = boneIndex[bone];
    weights[i * 4] = 1;
  }
  geometry.setAttribute("skinIndex", new THREE.BufferAttribute(bones, 4));
  geometry.setAttribute("skinWeight", new THREE.BufferAttribute(weights, 4));
  return geometry;
}

const lockSides = 7;

/**
 * A lock, a brow, a lip, a finger: round, along points, as thick at each as its fourth number says, with one bone.
 */
export function lock(
  bone: BoneName,
  colour: string,
  points: readonly (readonly [x: number, y: number, z: number, radius: number])[],
): THREE.BufferGeometry {
  const way = new THREE.CatmullRomCurve3(points.map(([x, y, z]) => new THREE.Vector3(x, y, z)));
  const steps = (points.length - 1) * 2;
  const frames = way.computeFrenetFrames(steps, false);
  const positions: number[] = [];
  const indices: number[] = [];
  for (let step = 0; step <= steps; step += 1) {
    const at = way.getPoint(step / steps);
    const along = (step / steps) * (points.length - 1);
    const [from, to] = [points[Math.floor(along)]!, points[Math.ceil(along)]!];
    const radius = from[3] + (to[3] - from[3]) * (along - Math.floor(along));
    for (let i = 0; i < lockSides; i += 1) {
      const a = (i / lockSides) * Math.PI * 2;
      const spot = at
        .clone()
        .addScaledVector(frames.normals[step]!, Math.cos(a) * radius)
        .addScaledVector(frames.binormals[step]!, Math.sin(a) * radius);
      positions.push(spot.x, spot.y, spot.z);
      if (step === 0) continue;
      const [p, q] = [(step - 1) * lockSides + i, (step - 1) * lockSides + ((i + 1) % lockSides)];
      indices.push(p, q, p + lockSides, q, q + lockSides, p + lockSides);
    }
  }
  for (const [first, end] of [
    [0, points[0]!],
    [steps * lockSides, points.at(-1)!],
  ] as const) {
    const middle = positions.length / 3;
    positions.push(end[0], end[1], end[2]);
    for (let i = 0; i < lockSides; i += 1) {
      const [p, q] = [first + i, first + ((i + 1) % lockSides)];
      if (first === 0) indices.push(middle, q, p);
      else indices.push(middle, p, q);
    }
  }
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(positions, 3));
  geometry.setIndex(indices);
  geometry.computeVertexNormals();
  const tint = new THREE.Color(colour);
  const count = positions.length / 3;
  geometry.setAttribute(
    "color",
    new THREE.Float32BufferAttribute(Array.from({ length: count }, () => [tint.r, tint.g, tint.b]).flat(), 3),
  );
  return tinted(geometry, bone, [0, 0, 0]);
}
