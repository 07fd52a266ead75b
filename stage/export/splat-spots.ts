import * as THREE from "three";
import type { PlainScene } from "./plain-scene.ts";

/** Where a camera of the film is at some moment, and what it looks at; both in metres. */
export type SplatView = { eye: THREE.Vector3; look: THREE.Vector3; verticalFov: number };

/** A place on a surface, for one splat. */
export type Spot = {
  at: THREE.Vector3;
  normal: THREE.Vector3;
  albedo: THREE.Color;
  lit: boolean;
  /** As far as its neighbours are, metres. */
  apart: number;
  /** The longest edge of what it lies on, and across it: it covers no more than that. */
  along: THREE.Vector3;
  length: number;
  height: number;
};

/** Nearer than this, a surface gets no denser. */
const nearest = 1.5;
/** What the film looks at gets this many times as much as what is beside it, and what it sees from behind this part. */
const seen = 4;
const behind = 0.12;
/** A patch is no longer than this part of its distance. */
const patchShare = 0.5;
const smallestPatch = 0.8;

/** Part of a triangle: the shares of the triangle's corners at each of its own. */
type Patch = {
  mesh: number;
  first: number;
  parts: [Parts, Parts, Parts];
  corners: Corners;
  weight: number;
  apart: number;
};
type Parts = readonly [number, number, number];
type Corners = [THREE.Vector3, THREE.Vector3, THREE.Vector3];

/**
 * Spreads places over a scene's surfaces, as dense as they look dense from where the film is seen from: twice as far,
 * half as many in each direction.
 */
export function spotsOn(scene: PlainScene, views: readonly SplatView[], count: number): Spot[] {
  const sees = views.map(viewer);
  const patches = scene.meshes.flatMap((mesh, index) => patchesOf(mesh, index, sees));
  const total = patches.reduce((sum, { weight }) => sum + weight, 0);
  if (total <= 0) return [];
  const spots: Spot[] = [];
  let reached = 0;
  // Evenly along the sum of all weights: no surface is forgotten by chance.
  for (const patch of patches) {
    reached += patch.weight;
    while (spots.length < count && ((spots.length + 0.5) / count) * total <= reached)
      spots.push(spotOn(scene.meshes[patch.mesh]!, patch, Math.sqrt(total / count), spots.length));
  }
  return spots;
}

/** How much a place counts for a view: by its distance, and whether it is in the picture and shows its face. */
type Sees = (at: THREE.Vector3, normal: THREE.Vector3 | null) => number;

function viewer({ eye, look, verticalFov }: SplatView): Sees {
  const forward = look.clone().sub(eye).normalize();
  // A picture is wide, and one looks around a little.
  const inside = Math.cos(Math.min(1.2, ((verticalFov * Math.PI) / 180) * 1.1));
  const way = new THREE.Vector3();
  return (at, normal) => {
    way.copy(at).sub(eye);
    const far = Math.max(1e-3, way.length());
    const shown = way.dot(forward) / far > inside ? seen : 1;
    const faces = normal === null || way.dot(normal) < 0 ? 1 : behind;
    return (shown * faces) / (nearest ** 2 + far ** 2);
  };
}

function patchesOf(mesh: THREE.Mesh, index: number, sees: readonly Sees[]): Patch[] {
  const position = mesh.geometry.getAttribute("position");
  const order = mesh.geometry.index!;
  const twoSided = (mesh.material as THREE.Material).side === THREE.DoubleSide;
  const patches: Patch[] = [];
  const normal = new THREE.Vector3();
  const middle = new THREE.Vector3();

  function divide(corners: Corners, parts: Patch["parts"], first: number): void {
    middle.copy(corners[0]).add(corners[1]).add(corners[2]).divideScalar(3);
    const most = Math.max(...sees.map((one) => one(middle, twoSided ? null : normal)));
    const sides = [0, 1, 2].map((k) => corners[k]!.distanceTo(corners[(k + 1) % 3]!));
    const longest = sides.indexOf(Math.max(...sides));
    // As far as the nearest that sees it, taken back out of how much it counts.
    const far = Math.sqrt(seen / most);
    if (sides[longest]! > Math.max(smallestPatch, far * patchShare)) {
      // In the middle of its longest side.
      const [a, b, c] = [longest, (longest + 1) % 3, (longest + 2) % 3] as const;
      const half = corners[a]!.clone().lerp(corners[b]!, 0.5);
      const share = parts[a]!.map((n, k) => (n + parts[b]![k]!) / 2) as unknown as Parts;
      divide([corners[a]!, half, corners[c]!], [parts[a]!, share, parts[c]!], first);
      divide([half, corners[b]!, corners[c]!], [share, parts[b]!, parts[c]!], first);
      return;
    }
    const area = corners[1].clone().sub(corners[0]).cross(corners[2].clone().sub(corners[0])).length() / 2;
    patches.push({ mesh: index, first, parts, corners, weight: area * most, apart: 1 / Math.sqrt(most) });
  }

  for (let first = 0; first + 2 < order.count; first += 3) {
    const corner = (k: number) => new THREE.Vector3().fromBufferAttribute(position, order.getX(first + k));
    const corners: Corners = [corner(0), corner(1), corner(2)];
    normal.copy(corners[1]).sub(corners[0]).cross(corners[2].clone().sub(corners[0]));
    if (normal.lengthSq() === 0) continue;
    normal.normalize();
    const whole: Patch["parts"] = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    divide(corners, whole, first);
  }
  return patches;
}

/** Steps that fill a square evenly, however many there are: chance would leave holes between heaps. */
const [stepU, stepV] = [0.7548776662466927, 0.5698402909980532];

/** @param index  of all of them: those of one patch follow each other */
function spotOn(mesh: THREE.Mesh, { corners, parts, first, apart }: Patch, unit: number, index: number): Spot {
  const [u, v] = [(0.5 + index * stepU) % 1, (0.5 + index * stepV) % 1];
  const share: Parts = u + v > 1 ? [u + v - 1, 1 - u, 1 - v] : [1 - u - v, u, v];
  const at = new THREE.Vector3();
  corners.forEach((corner, k) => at.addScaledVector(corner, share[k]!));
  const own = [0, 1, 2].map((k) => share.reduce((sum, n, i) => sum + n * parts[i]![k]!, 0)) as unknown as Parts;
  const normal = mixed(mesh.geometry, "normal", first, own).normalize();
  const colour = mixed(mesh.geometry, "color", first, own);
  const sides = [0, 1, 2].map((k) => corners[(k + 1) % 3]!.clone().sub(corners[k]!));
  const along = sides.reduce((a, b) => (b.lengthSq() > a.lengthSq() ? b : a));
  const length = along.length();
  const doubled = sides[0]!.clone().cross(sides[1]!).length();
  return {
    ...{ at, normal, albedo: new THREE.Color(colour.x, colour.y, colour.z) },
    lit: mesh.material instanceof THREE.MeshStandardMaterial,
    apart: apart * unit,
    ...{ along: along.normalize(), length, height: doubled / Math.max(1e-6, length) },
  };
}

function mixed(geometry: THREE.BufferGeometry, name: string, first: number, parts: Parts): THREE.Vector3 {
  const attribute = geometry.getAttribute(name);
  const out = new THREE.Vector3();
  for (let k = 0; k < 3; k += 1) {
    const corner = geometry.index!.getX(first + k);
    out.x += attribute.getX(corner) * parts[k]!;
    out.y += attribute.getY(corner) * parts[k]!;
    out.z += attribute.getZ(corner) * parts[k]!;
  }
  return out;
}
