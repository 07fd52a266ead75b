import * as THREE from "three";
import { expect, test, vi } from "vitest";
import type { PlaceKind } from "#domain/screenplay/plan/plan-places.ts";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { buildCharacter } from "../characters/character.ts";
import { keepIn } from "./keep-in.ts";
import { shotCamera } from "./shot-camera.ts";
import { standingIn } from "./testing/solids-of.ts";

vi.mock(import("../characters/body.ts"), async (original) => {
  const { BufferGeometry } = await import("three");
  return { ...(await original()), bodyGeometry: () => new BufferGeometry() };
});

const aspect = 16 / 9;
const seconds = 5;

/** Where somebody is in a shot's picture over its time, head and feet: -1 to 1, z < 1 = before the camera. */
function wayThrough(place: PlaceKind, does: string, shotType: string, move: string) {
  const plan = planScene({
    ...{ heading: "", setting: "", location: "", time: "DAY", action: `NOOR ${does}.`, characters: ["NOOR"] },
    ...{ dialogue: [], shotType, move, durationFrames: seconds * 24, fps: { num: 24, den: 1 }, seed: 1 },
    ...{ sceneKey: `a ${place}`, set: { place } },
  });
  const characters = plan.cast.map((person, index) => buildCharacter(person, index, plan));
  const { solids, slender } = standingIn(plan);
  const view = shotCamera(plan, characters, aspect, solids, slender);
  return Array.from({ length: 26 }, (_, i) => {
    const now = view((seconds * i) / 25);
    const camera = new THREE.PerspectiveCamera(now.verticalFov, aspect, 0.05, 1000);
    camera.position.copy(now.eye);
    camera.lookAt(now.look);
    camera.updateMatrixWorld(true);
    const eyes = characters[0]!.eyesAt((seconds * i) / 25);
    const feet = characters[0]!.placeAt((seconds * i) / 25).clone();
    return { head: eyes.project(camera), feet: feet.project(camera) };
  });
}

test.each([
  ["harbour", "runs", "full", "static"],
  ["street", "runs", "full", "static"],
  ["ship-deck", "walks", "full", "push in"],
  ["alley", "walks slowly", "full", "static"],
  ["road", "drives", "wide", "static"],
  ["street", "drives", "wide", "static"],
  ["street", "drives", "wide", "push in"],
  ["field", "drives", "full", "pan"],
  ["field", "runs", "wide", "static"],
] as const)("in the place %s, who %s stays in a %s that is %s, from head to feet", (place, does, type, move) => {
  for (const { head, feet } of wayThrough(place, does, type, move)) {
    expect(head.z).toBeLessThan(1);
    expect(Math.abs(head.x)).toBeLessThan(0.95);
    expect(head.y).toBeLessThan(1);
    expect(feet.y).toBeGreaterThan(-1.1);
  }
});

test("whoever comes near the edge is looked after without a jerk, and never gets to it", () => {
  const eye = new THREE.Vector3(0, 1.5, 8);
  const shares: number[] = [];
  const turns: number[] = [];
  for (let x = 0; x <= 30; x += 0.25) {
    const look = new THREE.Vector3(0, 1.5, 0);
    keepIn(eye, look, 0.6, aspect, new THREE.Vector3(x, 1.5, 0));
    turns.push(Math.atan2(look.x - eye.x, eye.z - look.z));
    const camera = new THREE.PerspectiveCamera((0.6 * 180) / Math.PI, aspect, 0.1, 100);
    camera.position.copy(eye);
    camera.lookAt(look);
    camera.updateMatrixWorld(true);
    shares.push(new THREE.Vector3(x, 1.5, 0).project(camera).x);
  }
  expect(turns[4]).toBe(0);
  expect(Math.max(...shares)).toBeLessThan(0.85);
  const steps = turns.slice(1).map((turn, i) => turn - turns[i]!);
  for (let i = 1; i < steps.length; i += 1) expect(Math.abs(steps[i]! - steps[i - 1]!)).toBeLessThan(0.012);
});
