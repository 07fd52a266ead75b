import * as THREE from "three";
import { expect, test } from "vitest";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { buildScene } from "../scene/build-scene.ts";
import { withoutPeople } from "./clean-plate.ts";

const piece = (id: string, x: number) => ({ id, kind: "letter", at: [x, 0, 1], facing: 0, scale: 1, hidden: false });
const plan = (() => {
  const plain = planScene({
    ...{ heading: "", setting: "ext", location: "field", time: "DAY", action: "", dialogue: [] },
    ...{ characters: ["MAYA"], shotType: "wide", move: "", durationFrames: 48, fps: { num: 24, den: 1 } },
    ...{ seed: 1, sceneKey: "plate" },
  });
  const deed = { motion: "pick-up", from: 1, to: 3, energy: 0.5, towards: { kind: "piece", id: "letter" } };
  return ScenePlan.parse({
    ...plain,
    pieces: [piece("letter", 0.4), piece("other", -2)],
    cast: plain.cast.map((person) => ({ ...person, at: [0, 0, 1], to: [0, 0, 1], deeds: [deed] })),
    crowd: 6,
    palette: { grain: 1 },
  });
})();

test("a clean plate has nobody in it and nothing that somebody holds; what lies there is of the set", () => {
  const built = buildScene(plan);
  const { grain } = built.palette;
  const seenAt = (seconds: number) => {
    built.update(seconds, new THREE.PerspectiveCamera());
    const seen = new Set<string>();
    withoutPeople(built, seconds, () => {
      built.scene.traverseVisible(({ name }) => void seen.add(name));
      expect(built.palette.grain).toBe(0);
    });
    return seen;
  };
  const before = seenAt(0);
  expect(["set", "piece:letter", "piece:other"].map((name) => before.has(name))).toEqual([true, true, true]);
  expect([before.has("crowd"), before.has("character:0")]).toEqual([false, false]);
  const after = seenAt(1.9);
  expect(["set", "piece:letter", "piece:other"].map((name) => after.has(name))).toEqual([true, false, true]);
  // Afterwards all are there again.
  const names = new Set<string>();
  built.scene.traverseVisible(({ name }) => void names.add(name));
  expect(["crowd", "character:0", "piece:letter"].map((name) => names.has(name))).toEqual([true, true, true]);
  expect(built.palette.grain).toBe(grain);
});
