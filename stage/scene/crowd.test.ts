import type * as THREE from "three";
import { expect, test } from "vitest";
import { placeKinds, places } from "#domain/screenplay/plan/plan-places.ts";
import { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { buildCrowd } from "./crowd.ts";
import { crowdSpots } from "./crowd-spots.ts";

const aPlan = (place: ScenePlan["place"], crowd: number): ScenePlan => {
  const plan = planScene({
    heading: "EXT. SQUARE - DAY",
    setting: "ext",
    location: "SQUARE",
    time: "DAY",
    action: "TOM walks.",
    dialogue: [],
    characters: ["TOM"],
    shotType: "wide",
    move: "",
    durationFrames: 48,
    fps: { num: 24, den: 1 },
    seed: 1,
    sceneKey: place,
  });
  return ScenePlan.parse({ ...plan, place, interior: places[place].interior, crowd });
};

test("a crowd stands apart, out of the cast's way, out of what stands there, and not before the camera", () => {
  const wall = { at: [0, 1, -4] as const, half: [3, 1, 0.5] as const, turn: 0 };
  for (const place of placeKinds) {
    const plan = aPlan(place, 60);
    const spots = crowdSpots(plan, [wall]);
    expect(spots.length, place).toBeGreaterThan(3);
    expect(spots.length, place).toBeLessThanOrEqual(60);
    expect(crowdSpots(plan, [wall])).toEqual(spots);
    const { at, to } = plan.cast[0]!;
    const { eye } = places[place].wide;
    let [apart, fromWay, fromCamera] = [Infinity, Infinity, Infinity];
    spots.forEach(({ at: [x, , z] }, i) => {
      for (const other of spots.slice(i + 1)) apart = Math.min(apart, Math.hypot(other.at[0] - x, other.at[2] - z));
      for (const k of [0, 0.5, 1])
        fromWay = Math.min(fromWay, Math.hypot(at[0] + (to[0] - at[0]) * k - x, at[2] + (to[2] - at[2]) * k - z));
      fromCamera = Math.min(fromCamera, Math.hypot(eye[0] - x, eye[2] - z));
    });
    expect(apart, place).toBeGreaterThan(0.6);
    expect(fromWay, place).toBeGreaterThan(1);
    expect(fromCamera, place).toBeGreaterThan(1.6);
    expect(
      spots.filter(({ at: [x, , z] }) => Math.abs(x) < 3 && Math.abs(z + 4) < 0.5),
      place,
    ).toEqual([]);
  }
});

test("sixty people cost two draw calls and fewer triangles than five of the cast; nobody asked for is nobody", () => {
  const crowd = buildCrowd(aPlan("field", 60), [])!;
  const meshes = crowd.object.children as THREE.InstancedMesh[];
  expect(meshes).toHaveLength(2);
  const triangles = meshes.reduce((sum, { geometry, count }) => sum + (geometry.index!.count / 3) * count, 0);
  expect(triangles).toBeLessThan(60_000);
  expect(crowd.solids).toHaveLength(meshes.reduce((sum, { count }) => sum + count, 0));
  const before = meshes[0]!.instanceMatrix.array.slice();
  crowd.update(1);
  expect(meshes[0]!.instanceMatrix.array).not.toEqual(before);
  crowd.update(0);
  expect(meshes[0]!.instanceMatrix.array).toEqual(before);
  expect(buildCrowd(aPlan("field", 0), [])).toBeNull();
});
