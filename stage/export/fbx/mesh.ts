import * as THREE from "three";
import { colour, factor, type FbxObjects, properties, property } from "./objects.ts";
import { double, type FbxRecord, record } from "./records.ts";
import type { FbxLook } from "./looks.ts";
import type { Solid } from "./solid.ts";

/** Puts the triangles of a solid into the file. @returns the geometry's number */
export function addGeometry(objects: FbxObjects, name: string, solid: Solid): bigint {
  const perCorner = new Float64Array(solid.corners.length * 3);
  solid.corners.forEach((point, at) => perCorner.set(solid.normals.subarray(point * 3, point * 3 + 3), at * 3));
  const triangles = solid.corners.length / 3;
  return objects.add("Geometry", name, "Mesh", [
    record("GeometryVersion", [124]),
    record("Vertices", [solid.points]),
    // The last corner of a face is told by its sign.
    record("PolygonVertexIndex", [solid.corners.map((point, at) => (at % 3 === 2 ? -1 - point : point))]),
    layer("LayerElementNormal", 102, "ByPolygonVertex", "Direct", [record("Normals", [perCorner])]),
    // All edges are soft; where one is hard its points are there twice.
    layer("LayerElementSmoothing", 102, "ByPolygon", "Direct", [
      record("Smoothing", [new Int32Array(triangles).fill(1)]),
    ]),
    layer("LayerElementMaterial", 101, "ByPolygon", "IndexToDirect", [record("Materials", [solid.lookOf])]),
    record(
      "Layer",
      [0],
      [
        record("Version", [100]),
        ...["LayerElementNormal", "LayerElementSmoothing", "LayerElementMaterial"].map((type) =>
          record("LayerElement", [], [record("Type", [type]), record("TypedIndex", [0])]),
        ),
      ],
    ),
  ]);
}

function layer(
  name: string,
  version: number,
  mapping: string,
  reference: string,
  values: readonly FbxRecord[],
): FbxRecord {
  return record(
    name,
    [0],
    [
      record("Version", [version]),
      record("Name", [""]),
      record("MappingInformationType", [mapping]),
      record("ReferenceInformationType", [reference]),
      ...values,
    ],
  );
}

/** Puts a solid's looks into the file, in their order, as what its model is covered with. */
export function addLooks(
  objects: FbxObjects,
  model: bigint,
  looks: readonly FbxLook[],
  ids: Map<string, bigint>,
): void {
  const used = new Set<bigint>();
  for (const look of looks) {
    const key = JSON.stringify(look);
    let id = ids.get(key);
    // The same twice on one model would be one to a reader that counts.
    if (id === undefined || used.has(id)) ids.set(key, (id = addMaterial(objects, look)));
    used.add(id);
    objects.connect(id, model);
  }
}

function addMaterial(objects: FbxObjects, { colour: [r, g, b], lit, roughness, metalness, opacity }: FbxLook): bigint {
  const name = `${lit ? "colour" : "glow"}_${new THREE.Color(r, g, b).getHexString()}`;
  const shine = ((1 - roughness) * 10) ** 2;
  return objects.add("Material", name, "", [
    record("Version", [102]),
    record("ShadingModel", ["phong"]),
    record("MultiLayer", [0]),
    properties([
      property("ShadingModel", "KString", "", "", "phong"),
      ...[colour("DiffuseColor", lit ? [r, g, b] : [0, 0, 0]), factor("DiffuseFactor", 1)],
      ...[colour("EmissiveColor", lit ? [0, 0, 0] : [r, g, b]), factor("EmissiveFactor", lit ? 0 : 1)],
      ...[colour("AmbientColor", [0, 0, 0]), factor("AmbientFactor", 0)],
      ...[colour("SpecularColor", [1, 1, 1]), factor("SpecularFactor", lit ? 0.25 : 0)],
      ...[factor("Shininess", shine), factor("ShininessExponent", shine)],
      ...[colour("ReflectionColor", [1, 1, 1]), factor("ReflectionFactor", metalness)],
      ...[colour("TransparentColor", [1, 1, 1]), factor("TransparencyFactor", 1 - opacity)],
      property("Opacity", "double", "Number", "", double(opacity)),
    ]),
  ]);
}
