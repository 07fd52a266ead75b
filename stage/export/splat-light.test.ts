import * as THREE from "three";
import { expect, test } from "vitest";
import { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { paletteOf } from "../look/palette.ts";
import { cellsOf, gradedBytes, lightOn } from "./splat-light.ts";

const plan = ScenePlan.parse(
  planScene({
    ...{ heading: "INT. ROOM - NIGHT", setting: "int", location: "ROOM", time: "NIGHT", action: "", dialogue: [] },
    ...{ characters: [], shotType: "wide", move: "", durationFrames: 24, fps: { num: 24, den: 1 }, seed: 1 },
    sceneKey: "room",
  }),
);
const palette = paletteOf(plan);
const at = (x: number, y: number, z: number) => new THREE.Vector3(x, y, z);
const up = at(0, 1, 0);
const nothing = cellsOf([]);
const bright = ({ r, g, b }: THREE.Color) => r + g + b;

/** What a light adds to the light from all round, on a floor. */
function added(light: THREE.Light, place: THREE.Vector3, cells = nothing): number {
  return (
    bright(lightOn([light], plan, palette, cells)(place, up)) - bright(lightOn([], plan, palette, cells)(place, up))
  );
}

test("a lamp lights what is near more than what is far, and nothing beyond its reach", () => {
  const lamp = new THREE.PointLight("#ffffff", 20, 8, 2);
  lamp.position.set(0, 2, 0);
  const falls = [0, 2, 4, 9].map((x) => added(lamp, at(x, 0, 0)));
  expect(falls[0]).toBeGreaterThan(falls[1]!);
  expect(falls[1]).toBeGreaterThan(falls[2]!);
  expect(falls[2]).toBeGreaterThan(0);
  expect(falls[3]).toBe(0);
});

test("a lamp with a shade lights what is in its cone and nothing beside it", () => {
  const lamp = new THREE.SpotLight("#ffffff", 20, 0, 0.4, 0.2, 2);
  lamp.position.set(0, 3, 0);
  lamp.quaternion.setFromUnitVectors(at(0, 0, 1), up);
  expect(added(lamp, at(0, 0, 0))).toBeGreaterThan(0);
  expect(added(lamp, at(2.5, 0, 0))).toBe(0);
});

test("behind a wall there is the light from all round, and no more; a surface throws no shadow on itself", () => {
  const sun = new THREE.DirectionalLight("#ffffff", 3);
  sun.quaternion.setFromUnitVectors(at(0, 0, 1), at(1, 1, 0).normalize());
  const wall = Array.from({ length: 400 }, (_, i) => at(2, (i % 20) * 0.2, Math.floor(i / 20) * 0.2 - 2));
  const floor = Array.from({ length: 400 }, (_, i) => at((i % 20) * 0.2 - 2, 0, Math.floor(i / 20) * 0.2 - 2));
  const cells = cellsOf([...wall, ...floor]);
  expect(added(sun, at(0, 0, 0), cells)).toBe(0);
  expect(added(sun, at(3, 0, 0), cells)).toBeGreaterThan(0.5);
  expect(added(sun, at(0, 0, 0), cellsOf(floor))).toBeGreaterThan(0.5);
});

test("more light is never darker on the screen, and black stays black", () => {
  const shown = [0, 0.02, 0.1, 0.4, 1, 3, 20].map((n) => gradedBytes(new THREE.Color(n, n, n), palette)[1]);
  expect(shown[0]).toBeLessThan(3);
  expect(shown.toSorted((a, b) => a - b)).toEqual(shown);
  expect(shown.at(-1)).toBeGreaterThan(200);
});
