import * as THREE from "three";
import { expect, test } from "vitest";
import { encodeSplats, type Splat, splatBytes } from "./splats.ts";

const splat = (more: Partial<Splat>): Splat => ({
  at: new THREE.Vector3(1, 2, 3),
  size: [0.1, 0.1, 0.01],
  colour: [10, 20, 30, 255],
  turn: new THREE.Quaternion(),
  ...more,
});

test("a splat is 32 bytes: place, size, colour and turn", () => {
  const turn = new THREE.Quaternion(0, 1, 0, 0);
  const bytes = encodeSplats([splat({ turn })]);
  const view = new DataView(bytes.buffer);
  expect(bytes.byteLength).toBe(splatBytes);
  expect([0, 4, 8].map((at) => view.getFloat32(at, true))).toEqual([1, 2, 3]);
  expect(view.getFloat32(12, true)).toBeCloseTo(0.1);
  expect([...bytes.slice(24, 28)]).toEqual([10, 20, 30, 255]);
  expect([...bytes.slice(28)]).toEqual([128, 128, 255, 128]);
});

test("the largest come first", () => {
  const bytes = encodeSplats([splat({ size: [1, 1, 1] }), splat({ size: [5, 5, 1] }), splat({ size: [2, 2, 1] })]);
  const view = new DataView(bytes.buffer);
  expect([0, 1, 2].map((index) => view.getFloat32(index * splatBytes + 12, true))).toEqual([5, 2, 1]);
});
