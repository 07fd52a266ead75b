import * as THREE from "three";
import { expect, test } from "vitest";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { boxesOf, hides } from "#stage/camera/solids.ts";
import { overview } from "./overview.ts";

const maya = { at: [0, 0, 0], offScreen: false };
const plan = { place: "harbour", interior: false, cast: [maya] } as unknown as ScenePlan;
const path = [new THREE.Vector3(0, 1.6, 8), new THREE.Vector3(2, 1.6, 6)];
const camera = new THREE.PerspectiveCamera(42, 1.35, 0.1, 400);
const isInView = (pose: { eye: THREE.Vector3; look: THREE.Vector3 }, at: THREE.Vector3) => {
  camera.position.copy(pose.eye);
  camera.lookAt(pose.look);
  camera.updateMatrixWorld(true);
  const { x, y } = at.clone().project(camera);
  return Math.abs(x) < 1 && Math.abs(y) < 1;
};

test("who comes in sees the people and the shot's camera, from the side of it, each from somewhere else", () => {
  const eyes = Array.from({ length: 6 }, (_, seat) => {
    const pose = overview(plan, { path, solids: [] }, seat);
    for (const at of [new THREE.Vector3(0, 1.1, 0), ...path]) expect(isInView(pose, at)).toBe(true);
    expect(pose.eye.y).toBeGreaterThan(2);
    return pose.eye;
  });
  for (const [index, eye] of eyes.entries())
    for (const other of eyes.slice(index + 1)) expect(eye.distanceTo(other)).toBeGreaterThan(0.5);
});

test("a house in the way is gone round", () => {
  const free = overview(plan, { path, solids: [] }, 0);
  const between = free.eye.clone().lerp(new THREE.Vector3(0, 1.1, 0), 0.5);
  const house = { at: [between.x, 3, between.z], half: [3, 6, 3], turn: 0 } as const;
  const { eye } = overview(plan, { path, solids: [house] }, 0);
  expect(boxesOf([house]).some((box) => hides(box, eye, new THREE.Vector3(0, 1.1, 0)))).toBe(false);
});
