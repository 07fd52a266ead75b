import * as THREE from "three";
import { expect, test } from "vitest";
import { places } from "#domain/screenplay/plan/plan-places.ts";
import { frameRange } from "./frames.ts";
import { dolly, fly, near, orbit, pan, turn, type Pose } from "./navigation.ts";

const pose = (): Pose => ({ eye: new THREE.Vector3(0, 2, 6), look: new THREE.Vector3(0, 1, 0) });

test("going round keeps what is looked at and how far away it is; the eye stays above the floor", () => {
  const now = pose();
  const far = now.eye.distanceTo(now.look);
  orbit(now, 0.3, 0.1);
  expect(now.look).toEqual(pose().look);
  expect(now.eye.distanceTo(now.look)).toBeCloseTo(far);
  for (let index = 0; index < 40; index += 1) orbit(now, 0, -0.2);
  expect(now.eye.y).toBeGreaterThan(0);
  for (let index = 0; index < 40; index += 1) orbit(now, 0, 0.2);
  expect(Number.isFinite(now.eye.x + now.eye.y + now.eye.z)).toBe(true);
});

test("turning keeps the eye, panning keeps the distance, and nobody goes nearer than arm's length", () => {
  const now = pose();
  turn(now, 0.2, -0.1);
  expect(now.eye).toEqual(pose().eye);
  const far = now.eye.distanceTo(now.look);
  pan(now, 0.5, 0.5, 0.4);
  expect(now.eye.distanceTo(now.look)).toBeCloseTo(far);
  for (let index = 0; index < 90; index += 1) dolly(now, 0.8);
  expect(now.eye.distanceTo(now.look)).toBeCloseTo(0.6);
});

test("flying goes ahead, sideways and up from where one looks, and not out of the world", () => {
  const now = pose();
  fly(now, [0, 0, 2]);
  expect(now.eye.z).toBeLessThan(4.2);
  fly(now, [1, 1, 0]);
  expect(now.eye.x).toBeCloseTo(1);
  for (let index = 0; index < 60; index += 1) fly(now, [20, 0, 0]);
  expect(Math.abs(now.eye.x)).toBeLessThanOrEqual(190);
});

test("somebody who is followed is reached, and then it is at rest", () => {
  const now = pose();
  const goal = { eye: new THREE.Vector3(3, 2, 1), look: new THREE.Vector3(0, 1, 0) };
  let steps = 0;
  while (near(now, goal, 0.3) && steps < 100) steps += 1;
  expect(now.eye).toEqual(goal.eye);
  expect(steps).toBeLessThan(40);
});

test("from outside a room its near wall is cut away; inside it and under the sky nothing is", () => {
  const [low, high] = places.office.room;
  const middle = new THREE.Vector3(...low).add(new THREE.Vector3(...high)).multiplyScalar(0.5);
  const outside = { eye: middle.clone().setZ(high[2] + 5), look: middle };
  expect(frameRange({ place: "office", interior: true }, outside).near).toBeCloseTo(4.95);
  expect(frameRange({ place: "office", interior: true }, { eye: middle, look: outside.eye }).near).toBe(0.08);
  expect(frameRange({ place: "field", interior: false }, outside).near).toBe(0.08);
});
