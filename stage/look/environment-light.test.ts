import * as THREE from "three";
import { expect, test } from "vitest";
import { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { ambientProbe, decodePicture, environmentTexture } from "./environment-light.ts";
import { environmentPictures, pictureSize } from "./environment-pictures.ts";
import { paletteOf } from "./palette.ts";

const aPlan = (more: Partial<ScenePlan>): ScenePlan => {
  const plan = planScene({
    heading: "EXT. FIELD - DAY",
    setting: "ext",
    location: "FIELD",
    time: "DAY",
    action: "",
    dialogue: [],
    characters: [],
    shotType: "wide",
    move: "",
    durationFrames: 1,
    fps: { num: 24, den: 1 },
    seed: 1,
    sceneKey: "field",
  });
  return ScenePlan.parse({ ...plan, ...more });
};

test("every picture is whole: all round, brighter above than below out of doors, and no point is burnt out", () => {
  for (const name of Object.keys(environmentPictures) as (keyof typeof environmentPictures)[]) {
    const { points, mean } = decodePicture(name);
    expect(points.length, name).toBe(pictureSize.width * pictureSize.height * 3);
    expect(mean, name).toBeGreaterThan(0.01);
    expect(Math.max(...points), name).toBeLessThanOrEqual(40.5);
  }
  const { points } = decodePicture("sky");
  const half = points.length / 2;
  const blue = (from: number) => points.slice(from, from + half).reduce((sum, n, i) => sum + (i % 3 === 2 ? n : 0), 0);
  expect(blue(half)).toBeGreaterThan(blue(0) * 1.2);
});

test("light from all round is the palette's: as bright as its fill on the whole, brighter on what looks up", () => {
  for (const hour of ["day", "dusk", "dawn", "night"] as const) {
    const plan = aPlan({ hour });
    const palette = paletteOf(plan);
    const probe = ambientProbe(palette, plan);
    const at = (x: number, y: number, z: number) => {
      const { x: r, y: g, z: b } = probe.getIrradianceAt(new THREE.Vector3(x, y, z), new THREE.Vector3());
      return (r + g + b) / 3;
    };
    const whole = (at(0, 1, 0) + at(0, -1, 0) + at(1, 0, 0) + at(-1, 0, 0) + at(0, 0, 1) + at(0, 0, -1)) / 6;
    const { sky, ground, power } = palette.fill;
    const fill = ((sky.r + sky.g + sky.b + ground.r + ground.g + ground.b) / 6) * power;
    expect(whole / fill, hour).toBeGreaterThan(0.6);
    expect(whole / fill, hour).toBeLessThan(1.6);
    expect(at(0, 1, 0), hour).toBeGreaterThan(at(0, -1, 0));
  }
});

test("a place has one picture to mirror, the same each time, with a mean of one", () => {
  const plan = aPlan({ interior: true, place: "cafe", hour: "night" });
  expect(environmentTexture(plan)).toBe(environmentTexture({ ...plan, seed: 5 }));
  expect(environmentTexture(plan)).not.toBe(environmentTexture(aPlan({})));
});
