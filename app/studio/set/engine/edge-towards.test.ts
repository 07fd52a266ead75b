import * as THREE from "three";
import { expect, test } from "vitest";
import { edgeTowards } from "./paint.ts";

const camera = new THREE.PerspectiveCamera(42, 1.5, 0.1, 400);
camera.position.set(0, 2, 10);
camera.lookAt(0, 2, 0);
camera.updateMatrixWorld(true);
const edge = (x: number, y: number, z: number) => edgeTowards(camera, new THREE.Vector3(x, y, z), 900, 600);

test("who is in view has no name at the edge; who is beyond it stands on their side, also behind one's back", () => {
  expect(edge(0, 2, 0)).toBeNull();
  const right = edge(30, 2, 0)!;
  expect([right.x > 800, Math.abs(right.y - 300) < 1]).toEqual([true, true]);
  expect(edge(-8, 2, 12)!.x).toBeLessThan(100);
  expect(edge(0, 40, 0)!.y).toBeLessThan(100);
  for (const at of [edge(900, -900, 5)!, edge(-1, -900, 30)!]) {
    expect(at.x).toBeGreaterThan(0);
    expect(at.x).toBeLessThan(900);
    expect(at.y).toBeLessThan(600);
  }
});
