import * as THREE from "three";
import { mergeVertices } from "three/addons/utils/BufferGeometryUtils.js";

export type Random = () => number;

export const span = (from: number, to: number, random: Random) => from + (to - from) * random();

export const oneOf = <T>(random: Random, items: readonly [T, ...T[]]): T =>
  items[Math.floor(random() * items.length)] ?? items[0];

/** 0 below `from`, 1 above `to`, without a kink between. */
export const rise = (from: number, to: number, x: number) => {
  const k = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return k * k * (3 - 2 * k);
};

/** @returns smooth chance over a plane, about -1 to 1, with a cell of one metre */
export function smoothNoise(random: Random): (x: number, z: number) => number {
  const size = 64;
  const grid = Float32Array.from({ length: size * size }, () => random() * 2 - 1);
  const at = (x: number, z: number) => grid[(z & (size - 1)) * size + (x & (size - 1))] ?? 0;
  return (x, z) => {
    const [ix, iz] = [Math.floor(x), Math.floor(z)];
    const [kx, kz] = [rise(0, 1, x - ix), rise(0, 1, z - iz)];
    const near = at(ix, iz) + (at(ix + 1, iz) - at(ix, iz)) * kx;
    const far = at(ix, iz + 1) + (at(ix + 1, iz + 1) - at(ix, iz + 1)) * kx;
    return near + (far - near) * kz;
  };
}

/** Shares the corners of a geometry, so that its normals can be smooth. */
export function smooth(geometry: THREE.BufferGeometry): THREE.BufferGeometry {
  geometry.deleteAttribute("uv");
  geometry.deleteAttribute("normal");
  return mergeVertices(geometry);
}

/** A crown of leaves: a lumpy ball of radius one. */
export function crown(random: Random, detail = 2): THREE.BufferGeometry {
  const phase = random() * 9;
  return lumpy(
    new THREE.IcosahedronGeometry(1, detail),
    (p) =>
      1 +
      Math.sin(p.x * 5 + phase) * Math.sin(p.y * 5.3 + phase) * Math.sin(p.z * 4.7) * 0.24 +
      Math.sin(p.x * 13 + phase) * Math.sin(p.y * 12 - phase) * Math.sin(p.z * 14) * 0.09,
  );
}

/** A stone about one metre across; `rough` is how far its knobs stand out. */
export function boulder(random: Random, rough: number, detail = 3): THREE.BufferGeometry {
  const knobs = Array.from({ length: 5 }, () =>
    new THREE.Vector3(random() - 0.5, random() - 0.5, random() - 0.5).normalize(),
  );
  const way = new THREE.Vector3();
  return lumpy(new THREE.IcosahedronGeometry(0.5, detail), (p) => {
    way.copy(p).normalize();
    const bump = knobs.reduce((sum, knob) => sum + Math.max(0, way.dot(knob) - 0.4), 0);
    const grain =
      Math.sin(way.x * 9 + knobs.length) * Math.sin(way.y * 11) * Math.sin(way.z * 10) * 0.07 +
      Math.sin(way.x * 23) * Math.sin(way.y * 19 + 2) * Math.sin(way.z * 21) * 0.025;
    return 1 + (bump - 0.4) * rough + grain;
  });
}

/** A crag about one metre across, with flat broken faces. */
export function crag(random: Random): THREE.BufferGeometry {
  const cuts = Array.from({ length: 9 }, () => ({
    way: new THREE.Vector3(random() - 0.5, (random() - 0.5) * 0.7, random() - 0.5).normalize(),
    at: span(0.26, 0.46, random),
  }));
  const geometry = lumpy(new THREE.IcosahedronGeometry(0.5, 3), (p) => {
    // Cut off by planes: what stands out over one is pushed back onto it.
    const length = p.length();
    return Math.min(
      1,
      ...cuts.map(({ way, at }) => at / Math.max(1e-3, way.dot(p) / length) / 0.5).filter((k) => k > 0),
    );
  });
  const flat = geometry.toNonIndexed();
  flat.computeVertexNormals();
  return flat;
}

function lumpy(from: THREE.BufferGeometry, radius: (point: THREE.Vector3) => number): THREE.BufferGeometry {
  const geometry = smooth(from);
  const position = geometry.getAttribute("position");
  const point = new THREE.Vector3();
  for (let i = 0; i < position.count; i += 1) {
    point.fromBufferAttribute(position, i);
    const by = radius(point);
    position.setXYZ(i, point.x * by, point.y * by, point.z * by);
  }
  geometry.computeVertexNormals();
  return geometry;
}

/** Puts things beside a place that is turned: x to its right, z ahead of it. */
export function turned(
  at: readonly [number, number, number],
  turn: number,
): (x: number, y: number, z: number) => [number, number, number] {
  const [c, s] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  return (x, y, z) => [at[0] + c * x + s * z, at[1] + y, at[2] - s * x + c * z];
}
