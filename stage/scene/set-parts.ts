import * as THREE from "three";
import type { Piece } from "./set-builder.ts";

/** One piece of a set where it stands, as bare arrays: a place is made of thousands, and each costs only its numbers. */
export type Part = {
  position: Float32Array;
  normal: Float32Array;
  colour: Float32Array;
  /** Corners of its triangles; null: three after three. */
  index: ArrayLike<number> | null;
};

const rad = (degrees: number) => (degrees * Math.PI) / 180;
const matrix = new THREE.Matrix4();
const normalMatrix = new THREE.Matrix3();
const turn = new THREE.Quaternion();
const euler = new THREE.Euler();
const [at, scale] = [new THREE.Vector3(), new THREE.Vector3()];
const tint = new THREE.Color();

/** @param geometry  stays as it is; without normals it is lit flat upwards */
export function partOf(geometry: THREE.BufferGeometry, piece: Piece): Part {
  const from = geometry.getAttribute("position").array;
  const given = geometry.getAttribute("normal") as THREE.BufferAttribute | undefined;
  const count = geometry.getAttribute("position").count;
  const size = piece.scale ?? ([1, 1, 1] as const);
  euler.set(rad(piece.tilt?.[0] ?? 0), rad(piece.turn ?? 0), rad(piece.tilt?.[1] ?? 0), "YXZ");
  matrix.compose(at.set(...(piece.at ?? [0, 0, 0])), turn.setFromEuler(euler), scale.set(...size));
  normalMatrix.getNormalMatrix(matrix);
  const [m, n] = [matrix.elements, normalMatrix.elements];
  const part: Part = {
    position: new Float32Array(count * 3),
    normal: new Float32Array(count * 3),
    colour: new Float32Array(count * 3),
    index: geometry.index?.array ?? null,
  };
  let [low, high] = [Infinity, -Infinity];
  for (let i = 1; i < count * 3; i += 3) {
    const y = from[i]! * size[1];
    if (y < low) low = y;
    if (y > high) high = y;
  }
  const span = Math.max(1e-4, high - low);
  tint.set(piece.colour).multiplyScalar(piece.power ?? 1);
  const shade = piece.finish === "glow" ? 0 : (piece.shade ?? 0.28);
  const normals = given?.array;
  for (let i = 0; i < count * 3; i += 3) {
    const [x, y, z] = [from[i]!, from[i + 1]!, from[i + 2]!];
    part.position[i] = m[0] * x + m[4] * y + m[8] * z + m[12];
    part.position[i + 1] = m[1] * x + m[5] * y + m[9] * z + m[13];
    part.position[i + 2] = m[2] * x + m[6] * y + m[10] * z + m[14];
    const [a, b, c] = normals === undefined ? [0, 1, 0] : [normals[i]!, normals[i + 1]!, normals[i + 2]!];
    const u = n[0]! * a + n[3]! * b + n[6]! * c;
    const v = n[1]! * a + n[4]! * b + n[7]! * c;
    const w = n[2]! * a + n[5]! * b + n[8]! * c;
    const length = Math.sqrt(u * u + v * v + w * w) || 1;
    part.normal[i] = u / length;
    part.normal[i + 1] = v / length;
    part.normal[i + 2] = w / length;
    // A piece darkens towards its foot, which stands in for the shade of contact.
    const down = 1 - (y * size[1] - low) / span;
    const light = 1 - shade * down * down;
    part.colour[i] = tint.r * light;
    part.colour[i + 1] = tint.g * light;
    part.colour[i + 2] = tint.b * light;
  }
  return part;
}

/** @returns all parts as one geometry, in their order */
export function mergeParts(parts: readonly Part[]): THREE.BufferGeometry {
  const corners = parts.reduce((sum, { position }) => sum + position.length, 0);
  const position = new Float32Array(corners);
  const normal = new Float32Array(corners);
  const colour = new Float32Array(corners);
  const index = new Uint32Array(
    parts.reduce((sum, part) => sum + (part.index === null ? part.position.length / 3 : part.index.length), 0),
  );
  let [corner, at] = [0, 0];
  for (const part of parts) {
    position.set(part.position, corner);
    normal.set(part.normal, corner);
    colour.set(part.colour, corner);
    const first = corner / 3;
    const length = part.index?.length ?? part.position.length / 3;
    for (let i = 0; i < length; i += 1) index[at + i] = first + (part.index === null ? i : part.index[i]!);
    corner += part.position.length;
    at += length;
  }
  const merged = new THREE.BufferGeometry();
  merged.setAttribute("position", new THREE.BufferAttribute(position, 3));
  merged.setAttribute("normal", new THREE.BufferAttribute(normal, 3));
  merged.setAttribute("color", new THREE.BufferAttribute(colour, 3));
  merged.setIndex(new THREE.BufferAttribute(corners / 3 > 65_535 ? index : Uint16Array.from(index), 1));
  return merged;
}
