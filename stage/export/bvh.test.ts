import * as THREE from "three";
import { BVHLoader } from "three/addons/loaders/BVHLoader.js";
import { expect, test } from "vitest";
import { scenePlanOf } from "#domain/generation/generation-plan.ts";
import { planByRules } from "#domain/generation/plan-by-rules.ts";
import { toBvh } from "./bvh.ts";
import { samplePerformance } from "./performance.ts";

const plan = scenePlanOf(
  planByRules({ prompt: "A girl runs and an old man sits in a park", seed: 3, seconds: 1, fps: { num: 24, den: 1 } }),
);

test("a reader of the file finds every joint where the stage has it, at every moment", () => {
  const performance = samplePerformance(plan);
  expect(performance.people.length).toBeGreaterThan(0);
  for (const person of performance.people) {
    const { clip, skeleton } = new BVHLoader().parse(toBvh(performance, person));
    const [root] = skeleton.bones;
    const mixer = new THREE.AnimationMixer(root!);
    mixer.clipAction(clip).play();
    for (const frame of [0, 7, 23]) {
      const seconds = performance.times[frame]!;
      mixer.setTime(seconds);
      root!.updateMatrixWorld(true);
      person.character.update(
        seconds,
        performance.people.map(({ character }) => character),
      );
      for (const name of ["hips", "head", "leftHand", "rightHand", "leftFoot", "rightFoot"] as const) {
        const read = skeleton.bones.find((bone) => bone.name === name)!.getWorldPosition(new THREE.Vector3());
        const there = person.bones[name].getWorldPosition(new THREE.Vector3());
        expect(read.distanceTo(there), `${person.name}'s ${name} at ${seconds} s`).toBeLessThan(0.002);
      }
    }
  }
});
