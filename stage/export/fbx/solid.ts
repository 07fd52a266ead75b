import * as THREE from "three";
import { surfaceOf } from "../plain-scene.ts";
import { fewLooks, type FbxLook } from "./looks.ts";

/** Triangles ready to be written: corners are counted through all points. */
export type Solid = {
  /** Centimetres, three a point. */
  points: Float64Array;
  /** Three a point, of unit length. */
  normals: Float64Array;
  /** Points of each triangle. */
  corners: Int32Array;
  looks: FbxLook[];
  /** Which of the looks each triangle has. */
  lookOf: Int32Array;
};

/** A hundredth of a millimetre, in centimetres. What is rounded to such steps packs well. */
const pointSteps = 1024;
const normalSteps = 4096;

/**
 * The meshes at and below an object as one solid in its frame. Programs do not agree on how to show colours of points,
 * so each triangle has that of its first corner.
 * @param unit  what a metre is here
 * @returns null where there is nothing that other programs can draw
 */
export function solidOf(root: THREE.Object3D, unit: number): Solid | null {
  const out = { points: [] as number[], normals: [] as number[], corners: [] as number[] };
  const found: FbxLook[] = [];
  root.traverse((object) => {
    if (!(object instanceof THREE.Mesh) || object instanceof THREE.InstancedMesh || !object.visible) return;
    const mesh = object as THREE.Mesh;
    const covered = surfaceOf([mesh.material].flat()[0]!);
    if (covered === null) return;
    const { lit, roughness, metalness, opacity } = covered.surface;
    const place = placeBelow(root, mesh);
    const first = out.points.length / 3;
    addPoints(out, mesh.geometry, place, unit);
    const { corners, colourAt } = readFaces(mesh.geometry, covered.colour);
    const faces = new Set<string>();
    for (let at = 0; at + 2 < corners.length; at += 3) {
      const [a, b, c] = [corners[at]!, corners[at + 1]!, corners[at + 2]!];
      // A face is seen from both sides; its own back would lie in the same place.
      const face = [a, b, c].sort((one, two) => one - two).join();
      if (faces.has(face)) continue;
      faces.add(face);
      // A mirrored piece would be seen from inside.
      out.corners.push(first + a, ...(place.determinant() < 0 ? [first + c, first + b] : [first + b, first + c]));
      found.push({ colour: colourAt(a), lit, roughness, metalness, opacity });
    }
  });
  if (out.corners.length === 0) return null;
  return {
    points: Float64Array.from(out.points),
    normals: Float64Array.from(out.normals),
    corners: Int32Array.from(out.corners),
    ...fewLooks(found),
  };
}

/** By its own matrices, not by the world's: where the whole stands must not show in what is rounded. */
function placeBelow(root: THREE.Object3D, object: THREE.Object3D): THREE.Matrix4 {
  const place = new THREE.Matrix4();
  for (let one: THREE.Object3D | null = object; one !== null && one !== root; one = one.parent) {
    one.updateMatrix();
    place.premultiply(one.matrix);
  }
  return place;
}

function addPoints(
  out: { points: number[]; normals: number[] },
  geometry: THREE.BufferGeometry,
  place: THREE.Matrix4,
  unit: number,
): void {
  const position = geometry.getAttribute("position");
  const normal = withNormals(geometry).getAttribute("normal");
  const turned = new THREE.Matrix3().getNormalMatrix(place);
  const spot = new THREE.Vector3();
  for (let i = 0; i < position.count; i += 1) {
    spot.fromBufferAttribute(position, i).applyMatrix4(place).multiplyScalar(unit);
    out.points.push(...spot.toArray().map((n) => Math.round(n * pointSteps) / pointSteps));
    spot.fromBufferAttribute(normal, i).applyMatrix3(turned).normalize();
    out.normals.push(...spot.toArray().map((n) => Math.round(n * normalSteps) / normalSteps));
  }
}

function withNormals(geometry: THREE.BufferGeometry): THREE.BufferGeometry {
  if (geometry.hasAttribute("normal")) return geometry;
  const own = geometry.clone();
  own.computeVertexNormals();
  return own;
}

/** @param tint  of the whole mesh, with which its points' own colours are multiplied */
function readFaces(geometry: THREE.BufferGeometry, tint: THREE.Color) {
  const given = geometry.getAttribute("color") as THREE.BufferAttribute | undefined;
  const corners = geometry.index?.array ?? Array.from({ length: geometry.getAttribute("position").count }, (_, i) => i);
  const clamp = (n: number) => Math.min(1, Math.max(0, n));
  const colourAt = (point: number): [number, number, number] =>
    given === undefined
      ? [clamp(tint.r), clamp(tint.g), clamp(tint.b)]
      : [clamp(tint.r * given.getX(point)), clamp(tint.g * given.getY(point)), clamp(tint.b * given.getZ(point))];
  return { corners, colourAt };
}
