import * as THREE from "three";
import { expect, test } from "vitest";
import { carryingArm } from "./carrying.ts";
import { seated, standing } from "./pose.ts";

const rightHand = (motion: string, pose = motion === "sit" ? seated(0.46) : standing()) => {
  carryingArm(pose, "lantern", motion);
  const arm = pose.arms[1];
  return "hand" in arm ? arm.hand : new THREE.Vector3(Number.NaN);
};

test("a lantern is held up by who goes and stands on the knees of who sits", () => {
  expect(rightHand("walk").y).toBeGreaterThan(1.3);
  const ring = rightHand("sit");
  // It hangs a foot below the hand: on the thighs, before the belly.
  expect(ring.y - 0.31).toBeGreaterThan(0.55);
  expect(ring.y - 0.31).toBeLessThan(0.66);
  expect(Math.abs(ring.x)).toBeLessThan(0.12);
  expect(ring.z).toBeGreaterThan(0.24);
});
