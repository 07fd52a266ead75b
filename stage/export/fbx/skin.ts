import type * as THREE from "three";
import type { FbxObjects } from "./objects.ts";
import { double, type FbxRecord, record } from "./records.ts";

/** A bone as the skin knows it: its model in the file, and where it stands in the bind pose, in the file's units. */
export type FbxBone = { name: string; model: bigint; atBind: THREE.Matrix4 };

/** What hangs on a bone: points, and how much each of them does. */
export type Hold = { points: number[]; weights: number[] };

/** Less than this of a point is nothing. */
const leastWeight = 1e-3;

/** Which points hang on which bone. The weights of a point add up to one. @returns one entry per bone of the skeleton */
export function holdsOf(geometry: THREE.BufferGeometry, bones: number): Hold[] {
  const index = geometry.getAttribute("skinIndex");
  const weight = geometry.getAttribute("skinWeight");
  const holds = Array.from({ length: bones }, (): Hold => ({ points: [], weights: [] }));
  for (let point = 0; point < index.count; point += 1) {
    const parts = new Map<number, number>();
    for (let k = 0; k < 4; k += 1) {
      const part = weight.getComponent(point, k);
      const bone = index.getComponent(point, k);
      if (part >= leastWeight) parts.set(bone, (parts.get(bone) ?? 0) + part);
    }
    const sum = [...parts.values()].reduce((a, b) => a + b, 0);
    for (const [bone, part] of parts) {
      holds[bone]!.points.push(point);
      holds[bone]!.weights.push(part / sum);
    }
  }
  return holds;
}

/** Hangs a geometry on its bones. The mesh stands in the origin, unturned, while it is bound. */
export function addSkin(
  objects: FbxObjects,
  geometry: bigint,
  bones: readonly FbxBone[],
  holds: readonly Hold[],
): void {
  const skin = objects.add("Deformer", "", "Skin", [
    record("Version", [101]),
    record("Link_DeformAcuracy", [double(50)]),
  ]);
  objects.connect(skin, geometry);
  bones.forEach(({ name, model, atBind }, at) => {
    const { points, weights } = holds[at]!;
    const hold = [record("Indexes", [Int32Array.from(points)]), record("Weights", [Float64Array.from(weights)])];
    const cluster = objects.add(
      "Deformer",
      name,
      "Cluster",
      [
        record("Version", [100]),
        record("UserData", ["", ""]),
        ...(points.length === 0 ? [] : hold),
        record("Transform", [numbersOf(atBind.clone().invert())]),
        record("TransformLink", [numbersOf(atBind)]),
      ],
      "SubDeformer",
    );
    objects.connect(cluster, skin);
    objects.connect(model, cluster);
  });
}

/** Writes down where everything stands while the skin is bound. */
export function addBindPose(objects: FbxObjects, all: readonly { model: bigint; atBind: THREE.Matrix4 }[]): void {
  objects.add("Pose", "bind", "BindPose", [
    record("Type", ["BindPose"]),
    record("Version", [100]),
    record("NbPoseNodes", [all.length]),
    ...all.map(({ model, atBind }): FbxRecord =>
      record("PoseNode", [], [record("Node", [model]), record("Matrix", [numbersOf(atBind)])]),
    ),
  ]);
}

const numbersOf = (matrix: THREE.Matrix4) => Float64Array.from(matrix.elements);
