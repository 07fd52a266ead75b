import * as THREE from "three";
import { expect, test } from "vitest";
import { type PlaceKind, placeKinds, places } from "#domain/screenplay/plan/plan-places.ts";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { hours, weathers } from "#domain/screenplay/plan/plan-words.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { type BuiltSet, buildSet } from "../built-set.ts";
import type { Solid } from "../solid.ts";

const planOf = (place: PlaceKind, more: Partial<ScenePlan> = {}): ScenePlan => ({
  ...planScene({
    heading: place,
    setting: "",
    location: place,
    time: "",
    action: "",
    dialogue: [],
    characters: [],
    shotType: "wide",
    move: "",
    durationFrames: 24,
    fps: { num: 24, den: 1 },
    seed: 1,
    sceneKey: place,
    set: { place, interior: places[place].interior, hour: "night" },
  }),
  ...more,
});

/** What a frame of an empty set costs, weather and sky included. */
function costOf(set: BuiltSet): { draws: number; triangles: number } {
  let [draws, triangles] = [0, 0];
  set.group.traverse((object) => {
    if (object instanceof THREE.Sprite) [draws, triangles] = [draws + 1, triangles + 2];
    if (!(object instanceof THREE.Mesh)) return;
    const { geometry } = object as THREE.Mesh;
    const corners = geometry.index?.count ?? geometry.getAttribute("position").count;
    const times =
      object instanceof THREE.InstancedMesh
        ? object.count
        : geometry instanceof THREE.InstancedBufferGeometry
          ? geometry.instanceCount
          : 1;
    draws += object.castShadow ? 2 : 1;
    triangles += (corners / 3) * times;
  });
  return { draws, triangles };
}

/** One number for where every corner of a set is. */
function fingerprint(set: BuiltSet): number {
  let sum = 0;
  const take = (array: ArrayLike<number>) => {
    for (let i = 0; i < array.length; i += 7) sum = (sum * 31 + Math.round(array[i]! * 1000)) % 1_000_000_007;
  };
  set.group.traverse((object) => {
    if (!(object instanceof THREE.Mesh) || !object.name.startsWith("set:")) return;
    const { geometry } = object as THREE.Mesh;
    for (const name of ["position", "color"]) take(geometry.getAttribute(name)?.array ?? []);
    if (object instanceof THREE.InstancedMesh) take(object.instanceMatrix.array);
  });
  return sum;
}

/** How far somebody of 1.7 m who needs that much room on each side stands in a solid, metres; 0: not at all. */
function inside(solid: Solid, x: number, z: number, room: number): number {
  const [low, high] = [solid.at[1] - solid.half[1], solid.at[1] + solid.half[1]];
  if (high < 0.35 || low > 1.7) return 0;
  const r = (-solid.turn * Math.PI) / 180;
  const [dx, dz] = [x - solid.at[0], z - solid.at[2]];
  const [lx, lz] = [Math.cos(r) * dx + Math.sin(r) * dz, Math.cos(r) * dz - Math.sin(r) * dx];
  return Math.max(0, Math.min(solid.half[0] + room - Math.abs(lx), solid.half[2] + room - Math.abs(lz)));
}

/** Each place once in every hour, each time of another seed and in another weather. */
const built = placeKinds.flatMap((place, at) =>
  hours.map((hour, index) => {
    const weather = weathers[(index * 2 + at) % weathers.length]!;
    const setSeed = index * 977 + 3;
    const set = buildSet(planOf(place, { hour, weather, setSeed }), "draft");
    const { solids, lamps } = set;
    return { place, hour, weather, setSeed, solids, lamps, print: fingerprint(set), ...costOf(set) };
  }),
);

test("no frame of any place in any hour and weather costs more than 120 draws and 250,000 triangles", () => {
  for (const { place, hour, weather, draws, triangles } of built) {
    expect(draws, `${place} ${hour} ${weather}`).toBeLessThanOrEqual(120);
    expect(triangles, `${place} ${hour} ${weather}`).toBeLessThanOrEqual(250_000);
    expect(triangles, `${place} ${hour} ${weather}`).toBeGreaterThan(2_000);
  }
});

test("the same seed makes the same place, another one another", () => {
  for (const { place, hour, weather, setSeed, print } of built.filter(({ hour }) => hour === "night")) {
    const again = (seed: number) => fingerprint(buildSet(planOf(place, { hour, weather, setSeed: seed }), "draft"));
    expect(again(setSeed), place).toBe(print);
    expect(again(setSeed + 1), place).not.toBe(print);
  }
});

test("nothing stands where people stand or walk or where there is said to be room, nor where a picture of the whole place is taken from", () => {
  const wrong: string[] = [];
  for (const { place, setSeed, solids } of built) {
    const { mark, path, wide } = places[place];
    const check = (what: string, x: number, z: number) => {
      for (const solid of solids)
        if (inside(solid, x, z, 0.2) > 0)
          wrong.push(`${place} ${setSeed}: ${what} at ${x.toFixed(2)}, ${z.toFixed(2)} in ${JSON.stringify(solid)}`);
    };
    check("mark", mark.at[0], mark.at[2]);
    for (let k = 0; k <= 1.001; k += 1 / 24)
      check("path", path.from[0] + (path.to[0] - path.from[0]) * k, path.from[2] + (path.to[2] - path.from[2]) * k);
    for (const [x, z] of places[place].spare) check("spare spot", x, z);
    const [x, y, z] = wide.eye;
    for (const solid of solids)
      if (
        Math.abs(y - solid.at[1]) < solid.half[1] &&
        inside({ ...solid, at: [solid.at[0], 1, solid.at[2]] }, x, z, 0.2) > 0
      )
        wrong.push(`${place} ${setSeed}: camera in ${JSON.stringify(solid)}`);
  }
  expect(wrong).toEqual([]);
});

test("every place has lamps that burn at night, and fewer when it is said to be dark", () => {
  const burning = (place: PlaceKind, lampsOn: ScenePlan["lampsOn"]) =>
    buildSet(planOf(place, { lampsOn }), "draft").lamps.filter(({ on }) => on).length;
  for (const { place, lamps } of built.filter(({ hour }) => hour === "night")) {
    const atNight = lamps.filter(({ on }) => on).length;
    expect(atNight, place).toBeGreaterThan(0);
    expect(burning(place, "off"), place).toBeLessThan(atNight);
  }
});

test("who sits has something under them, at about the height of the seat", () => {
  const wrong: string[] = [];
  const ray = new THREE.Raycaster();
  for (const place of placeKinds) {
    const { group } = buildSet(planOf(place), "draft");
    group.updateMatrixWorld(true);
    const meshes: THREE.Object3D[] = [];
    group.traverse((object) => {
      if (object instanceof THREE.Mesh && object.name.startsWith("set:")) meshes.push(object);
    });
    for (const { at, height } of places[place].seats) {
      // Down through the seat from above it; a corner between two triangles is nobody's, hence a little aside.
      ray.set(new THREE.Vector3(at[0] + 0.013, at[1] + height + 0.35, at[2] + 0.017), new THREE.Vector3(0, -1, 0));
      const top = ray.intersectObjects(meshes, false)[0]?.point.y ?? -9;
      if (Math.abs(top - at[1] - height) > 0.14)
        wrong.push(`${place}: seat of ${height} at ${at.join(", ")} is ${top.toFixed(2)} high`);
    }
  }
  expect(wrong).toEqual([]);
});
