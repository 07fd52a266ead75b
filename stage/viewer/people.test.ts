import * as THREE from "three";
import type { GLTF } from "three/addons/loaders/GLTFLoader.js";
import { expect, test } from "vitest";
import { scenePlanOf } from "#domain/generation/generation-plan.ts";
import { planByRules } from "#domain/generation/plan-by-rules.ts";
import { paletteOf } from "../look/palette.ts";
import { openPeople } from "./people.ts";

const plan = scenePlanOf(
  planByRules({ prompt: "A detective walks through an alley.", seed: 7, seconds: 6, fps: { num: 24, den: 1 } }),
);

/** Those whose hips are there. */
function peopleAt(...places: [number, number, number][]) {
  const scene = new THREE.Group();
  for (const place of places) {
    const hips = new THREE.Bone();
    hips.position.set(...place);
    const body = new THREE.SkinnedMesh(new THREE.BoxGeometry(), new THREE.MeshStandardMaterial());
    body.add(hips);
    body.bind(new THREE.Skeleton([hips]));
    scene.add(body);
  }
  scene.updateMatrixWorld(true);
  return openPeople({ scene, animations: [] } as unknown as GLTF, plan, paletteOf(plan), [], true);
}

test("what one goes round is between those who are there, and reaches to whoever stands outermost", () => {
  const people = peopleAt([-4, 1, 0], [4, 1, 0], [0, 1, 0]);
  expect(people.middle().toArray()).toEqual([0, 1.25, 0]);
  expect(people.spread()).toBeCloseTo(4);
});

test("who is alone is the middle, however high they are", () => {
  const people = peopleAt([2, 3, -1]);
  expect(people.middle().toArray()).toEqual([2, 3.25, -1]);
  expect(people.spread()).toBe(0);
});
