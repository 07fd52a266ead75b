import * as THREE from "three";
import { afterEach, expect, test, vi } from "vitest";
import { openHands } from "./hands.ts";
import { orbitStart } from "./orbit-start.ts";

const middle = new THREE.Vector3(0, 1.25, 0);
const free = () => 1;
const sight = { fov: 48, aspect: 1.6, spread: 4 };

/** One goes round from there, with so many pictures drawn, 60 a second. @returns the camera, and whether it still moves */
function goRound(from: THREE.Vector3, start: THREE.Vector3, pictures: number) {
  const canvas = document.createElement("canvas");
  document.body.replaceChildren(canvas);
  const camera = new THREE.PerspectiveCamera(48, 1.6);
  camera.position.copy(from);
  camera.lookAt(middle);
  const hands = openHands(camera, canvas, () => {}, free);
  hands.take("orbit", middle, start);
  let moves = true;
  for (let picture = 0; picture < pictures; picture++) moves = hands.move(1 / 60, middle);
  hands.dispose();
  return { at: camera.position, moves };
}
const stillness = (still: boolean) => vi.stubGlobal("matchMedia", () => ({ matches: still }));
afterEach(() => vi.unstubAllGlobals());

test("from a low camera one comes to rest above the floor, and nothing is drawn any more", () => {
  stillness(false);
  for (const eye of [new THREE.Vector3(0, 0.3, 1.2), new THREE.Vector3(0.5, 0.05, -0.4)]) {
    const { at, moves } = goRound(eye, orbitStart(eye, middle, sight, free), 300);
    expect(moves).toBe(false);
    expect(at.y).toBeGreaterThan(0.1);
    expect(at.distanceTo(middle)).toBeGreaterThan(4);
  }
});

test("one comes to rest where it should begin, on the other side of people too, and never through them", () => {
  stillness(false);
  const [from, start] = [new THREE.Vector3(0, 1.4, 1), new THREE.Vector3(0, 1.8, -6)];
  const half = goRound(from, start, 12);
  expect(half.moves).toBe(true);
  expect(half.at.distanceTo(middle)).toBeGreaterThan(1);
  const { at, moves } = goRound(from, start, 300);
  expect(moves).toBe(false);
  expect(at.distanceTo(start)).toBeLessThan(0.05);
});

test("where less motion is wished for, one is there at once", () => {
  stillness(true);
  const start = new THREE.Vector3(0, 1.8, 6);
  expect(goRound(new THREE.Vector3(0, 1.4, 1), start, 1).at.distanceTo(start)).toBeLessThan(1e-6);
});
