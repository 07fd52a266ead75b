import * as THREE from "three";
import { expect, test } from "vitest";
import { pieceKinds } from "#domain/screenplay/plan/plan-words.ts";
import { places } from "#domain/screenplay/plan/plan-places.ts";
import { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { buildScene } from "./build-scene.ts";

/** What the passes over the finished picture cost beside the scene, at most. */
const passes = 24;

const crowded = (place: ScenePlan["place"]): ScenePlan => {
  const plan = planScene({
    heading: "EXT. STREET - NIGHT",
    setting: "ext",
    location: "STREET",
    time: "NIGHT",
    action: "Rain. A, B, C, D, E, F, G and H stand.",
    dialogue: [],
    characters: ["ADA", "BEN", "CLEO", "DAN", "EVE", "FINN", "GUS", "HAL"],
    shotType: "wide",
    move: "",
    durationFrames: 24,
    fps: { num: 24, den: 1 },
    seed: 1,
    sceneKey: place,
  });
  const { interior } = places[place];
  const pieces = Array.from({ length: 24 }, (_, i) => ({
    id: `p${i}`,
    kind: pieceKinds[(i * 5) % pieceKinds.length]!,
    at: [i % 6, 0, -i / 6] as [number, number, number],
    facing: 0,
  }));
  return ScenePlan.parse({ ...plan, place, interior, hour: "night", weather: "storm", pieces });
};

test("no place is drawn in more than 300 calls, with eight people, 24 pieces, all lamps on and a storm", () => {
  // The places with the most of their own beside the merged set.
  for (const place of ["harbour", "ship-deck", "ferry-lounge", "rooftop"] as const) {
    const built = buildScene(crowded(place), { tier: "standard" });
    let calls = passes;
    built.scene.traverseVisible((object) => {
      const drawn = object instanceof THREE.Mesh || object instanceof THREE.Sprite || object instanceof THREE.Line;
      // Once for the picture and once for the shadows, as if the camera saw everything.
      if (drawn) calls += object.castShadow ? 2 : 1;
    });
    built.dispose();
    expect(calls, place).toBeLessThanOrEqual(300);
    expect(calls, place).toBeGreaterThan(passes + 10);
  }
});
