import * as THREE from "three";
import { expect, test } from "vitest";
import { plainScene } from "../export/plain-scene.ts";
import { mirrorsOnly } from "../look/environment-light.ts";
import { type Finish, finishOf, materialOf } from "../look/finishes.ts";
import { paletteOf } from "../look/palette.ts";
import type { BuiltScene } from "../scene/build-scene.ts";
import { scenePlanOf } from "#domain/generation/generation-plan.ts";
import { planByRules } from "#domain/generation/plan-by-rules.ts";
import { lightenMaterials } from "./plain-materials.ts";

const withGpu = { software: false, glow: 2, weathering: "wet" } as const;
const shown = (material: THREE.Material, wanted: Parameters<typeof lightenMaterials>[1]): THREE.Material => {
  const mesh = new THREE.Mesh(new THREE.BoxGeometry(), material);
  lightenMaterials(mesh, wanted);
  return mesh.material;
};
/** As a file of an older package has it: numbers, and no name. */
const nameless = (numbers: THREE.MeshStandardMaterialParameters) =>
  new THREE.MeshStandardMaterial({ vertexColors: true, ...numbers });

/** The meshes of a file of a place in which there is one thing of each finish. */
function filed(...finishes: Finish[]): THREE.Mesh[] {
  const scene = new THREE.Scene();
  for (const finish of finishes)
    scene.add(new THREE.Mesh(new THREE.BoxGeometry(), materialOf(finish, { tier: "standard", weathering: "wet" })));
  const plan = scenePlanOf(planByRules({ prompt: "A door.", seed: 1, seconds: 1, fps: { num: 24, den: 1 } }));
  return plainScene({ scene, characters: [], palette: paletteOf(plan) } as unknown as BuiltScene).meshes;
}

test("with a GPU every surface of a place is of the finish that the film has", () => {
  const finishes = ["clay", "wood", "shell", "gloss", "metal", "wet", "glass"] as const;
  const meshes = filed(...finishes);
  expect(meshes.map(({ name }) => name)).toContain("surface wood 0.9 0");
  const seen = meshes.map((mesh) => finishOf(shown(mesh.material as THREE.Material, withGpu)));
  expect(seen.toSorted()).toEqual(finishes.toSorted());
});

test("glass is lit once and hides nothing behind it, named or known by its numbers", () => {
  const older = nameless({ roughness: 0.12, metalness: 0, transparent: true, opacity: 0.28 });
  for (const given of [filed("glass")[0]!.material as THREE.Material, older]) {
    const glass = shown(given, { ...withGpu, weathering: "dry" });
    expect(glass).toMatchObject({ transparent: true, opacity: 0.28, depthWrite: false });
    expect(glass.onBeforeCompile).toBe(mirrorsOnly);
  }
});

test("what is clear in another way stays as clear as it is, and is lit once", () => {
  const veil = shown(nameless({ roughness: 0.9, transparent: true, opacity: 0.6, depthWrite: false }), withGpu);
  expect(veil).toMatchObject({ transparent: true, opacity: 0.6, depthWrite: false, roughness: 0.9 });
  expect(veil.onBeforeCompile).toBe(mirrorsOnly);
});

test("of an older file what shines shines, and the rest is as clay", () => {
  expect(finishOf(shown(nameless({ roughness: 0.42, metalness: 0.35 }), withGpu))).toBe("metal");
  expect(finishOf(shown(nameless({ roughness: 0.9 }), withGpu))).toBe("clay");
});

test("without a GPU all is plain, as clear and with as many sides as it was", () => {
  const given = nameless({ transparent: true, opacity: 0.28, depthWrite: false, side: THREE.DoubleSide });
  const plain = shown(given, { ...withGpu, software: true });
  expect(plain).toBeInstanceOf(THREE.MeshLambertMaterial);
  expect(plain).toMatchObject({ transparent: true, opacity: 0.28, depthWrite: false, side: THREE.DoubleSide });
});

test("people keep what their file says, and what glows is brighter", () => {
  const coat = nameless({ roughness: 0.5 });
  expect(shown(coat, { software: false, glow: 2 })).toBe(coat);
  const lamp = shown(new THREE.MeshBasicMaterial({ color: new THREE.Color(1, 0.5, 0) }), withGpu);
  expect((lamp as THREE.MeshBasicMaterial).color.toArray()).toEqual([2, 1, 0]);
});

test("things of one material still share one", () => {
  const shared = nameless({ roughness: 0.9 });
  const root = new THREE.Group();
  root.add(new THREE.Mesh(new THREE.BoxGeometry(), shared), new THREE.Mesh(new THREE.BoxGeometry(), shared));
  lightenMaterials(root, withGpu);
  const [one, other] = root.children as THREE.Mesh[];
  expect(one!.material).toBe(other!.material);
  expect(one!.material).not.toBe(shared);
});
