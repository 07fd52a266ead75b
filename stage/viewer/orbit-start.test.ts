import * as THREE from "three";
import { expect, test } from "vitest";
import { orbitLimits, orbitStart } from "./orbit-start.ts";

const middle = new THREE.Vector3(0, 1.2, 0);
const free = () => 1;
const wide = { fov: 48, aspect: 1.6, spread: 0 };
/** What of a standing person is in the picture: from their feet to the top of their hat, as shares of its height from the middle. */
const seen = (from: THREE.Vector3, aspect = 1.6) => {
  const camera = new THREE.PerspectiveCamera(48, aspect);
  camera.position.copy(from);
  camera.lookAt(middle);
  camera.updateMatrixWorld(true);
  return [0, 2].map((y) => new THREE.Vector3(0, y, 0).project(camera).y);
};

test("from a close-up one steps back, on the line of the film's camera, until all of a person is in the picture", () => {
  const eye = new THREE.Vector3(0.4, 1.6, 0.9);
  const from = orbitStart(eye, middle, wide, free);
  const [line, way] = [from.clone().sub(middle), eye.clone().sub(middle)];
  expect(line.angleTo(way)).toBeCloseTo(0);
  const [feet = -2, head = 2] = seen(from);
  expect(feet).toBeGreaterThan(-0.75);
  expect(head).toBeLessThan(0.75);
});

test("who is far enough already stays where the film's camera is", () => {
  const eye = new THREE.Vector3(3, 2, 9);
  expect(orbitStart(eye, middle, wide, free).toArray()).toEqual(eye.toArray());
});

test("several people who stand apart, or a picture taller than wide, need more room", () => {
  const eye = new THREE.Vector3(0, 1.4, 1);
  const far = (of: Partial<typeof wide>) => orbitStart(eye, middle, { ...wide, ...of }, free).distanceTo(middle);
  expect(far({ spread: 4 })).toBeGreaterThan(far({}) + 1);
  expect(far({ spread: 1, aspect: 0.5 })).toBeGreaterThan(far({ spread: 1 }) + 1);
});

test("with a wall behind the film's camera one stands aside, as little as need be, where there is room", () => {
  const eye = new THREE.Vector3(0, 1.4, 1);
  // A wall all along, 1.5 m before the person.
  const wall = (from: THREE.Vector3, to: THREE.Vector3) => (to.z <= 1.5 ? 1 : (1.5 - from.z) / (to.z - from.z));
  const from = orbitStart(eye, middle, wide, wall);
  expect(wall(middle, from)).toBe(1);
  expect(from.distanceTo(middle)).toBeGreaterThan(4);
  expect(from.z).toBeGreaterThan(0);
});

test("in a place too small for it, one stands where there is most room", () => {
  const eye = new THREE.Vector3(0, 1.4, 1);
  const cell = (from: THREE.Vector3, to: THREE.Vector3) => {
    const far = to.clone().sub(from);
    return Math.min(1, 1 / Math.abs(far.z || 1e-9), 2.5 / Math.abs(far.x || 1e-9));
  };
  const from = orbitStart(eye, middle, wide, cell);
  expect(cell(middle, from) * from.distanceTo(middle)).toBeGreaterThan(2);
});

test("from a low, a high or a far camera one begins where one may stand: above the floor and as far off as one can go", () => {
  for (const eye of [
    [0, 0.2, 1.1],
    [0.4, -0.5, 0.2],
    [0, 1.2, 0],
    [0, 90, 4],
    [60, 1, 60],
    [0, -3, 0],
  ] as const) {
    const from = orbitStart(new THREE.Vector3(...eye), middle, { ...wide, spread: 4 }, free);
    expect(from.y).toBeGreaterThan(0.14);
    expect(from.distanceTo(middle)).toBeLessThanOrEqual(orbitLimits.farthest + 1e-6);
    const tilt = new THREE.Spherical().setFromVector3(from.sub(middle)).phi;
    expect(tilt).toBeLessThanOrEqual(orbitLimits.lowest + 1e-6);
  }
});
