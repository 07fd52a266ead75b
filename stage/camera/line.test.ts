import { expect, test, vi } from "vitest";
import { placeKinds } from "#domain/screenplay/plan/plan-places.ts";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { buildCharacter, type Character } from "../characters/character.ts";
import { type CameraView, shotCamera } from "./shot-camera.ts";
import { solidsOf } from "./testing/solids-of.ts";

// Bodies take longest to build, and no camera asks what they are made of.
vi.mock(import("../characters/body.ts"), async (original) => {
  const { BufferGeometry } = await import("three");
  return { ...(await original()), bodyGeometry: () => new BufferGeometry() };
});

const people = ["MAYA", "HALE"];

/** A shot of a talk in a place, of the one who speaks in it. */
function aShot(place: ScenePlan["place"], shotType: string, speaker: string, more: { action?: string; seed?: number }) {
  return planScene({
    heading: `EXT. SOMEWHERE ${more.seed ?? 0}`,
    setting: "",
    location: "",
    time: "DAY",
    action: more.action ?? "",
    dialogue: [{ character: speaker, text: "So that is what you came for." }],
    characters: people,
    shotType,
    move: "",
    durationFrames: 48,
    fps: { num: 24, den: 1 },
    seed: 1,
    sceneKey: `${place} ${more.seed ?? 0}`,
    sceneText: more.action ?? "",
    sceneCast: people,
    set: { place },
  });
}

const named = (plan: ScenePlan, cast: readonly Character[], name: string) =>
  cast[plan.cast.findIndex((one) => one.name === name)]!;

/** How far on the scene's side of the line between two the camera is, metres; less than nothing = across it. */
function onSide(plan: ScenePlan, view: CameraView, from: Character, to: Character, at: number): number {
  const [a, b] = [from.placeAt(at), to.placeAt(at)];
  const [dx, dz] = [b.x - a.x, b.z - a.z];
  const square = (dx * (view.eye.z - a.z) - dz * (view.eye.x - a.x)) / Math.hypot(dx, dz);
  return square * Math.sign(dx === 0 ? -dz : dx) * (plan.camera.side ?? 0);
}

const framings = ["full", "medium", "medium close", "close-up", "extreme close-up", "over shoulder", "two shot"];
const talks = ["", "MAYA sits at a table. HALE sits across from her."];

test("whoever speaks, in every place and framing the camera stays on one side of those who talk", () => {
  const broken: string[] = [];
  let held = 0;
  for (const place of placeKinds) {
    // Shots of one scene share the set, and so what the camera gives way to.
    const solids = solidsOf(aShot(place, "medium", "MAYA", {}));
    for (const action of talks) {
      const first = aShot(place, "medium", "MAYA", { action });
      const characters = first.cast.map((person, index) => buildCharacter(person, index, first));
      for (const framing of framings)
        for (const speaker of people) {
          const plan = aShot(place, framing, speaker, { action });
          const cast = plan.cast.map((one) => named(first, characters, one.name));
          const view = shotCamera(plan, cast, 16 / 9, solids);
          for (const t of [0, 2]) {
            const side = onSide(plan, view(t), named(plan, cast, "MAYA"), named(plan, cast, "HALE"), t);
            if (side > 0.02) held += 1;
            else broken.push(`${place}, ${framing} of ${speaker} ${action && "sitting"} at ${t} s: ${side.toFixed(2)}`);
          }
        }
    }
  }
  expect(broken).toEqual([]);
  expect(held).toBe(placeKinds.length * talks.length * framings.length * people.length * 2);
});

test("a shot and its reverse are mirror pairs: as long a lens, as far away, as high", () => {
  const [one, two] = people.map((speaker) => {
    const plan = aShot("field", "close-up", speaker, {});
    const characters = plan.cast.map((person, index) => buildCharacter(person, index, plan));
    const subject = named(plan, characters, speaker);
    const view = shotCamera(plan, characters, 16 / 9, solidsOf(plan))(1);
    // A taller head is shot from as much farther away.
    const far = view.eye.distanceTo(subject.eyesAt(1)) / subject.plan.look.height;
    return { view, far, up: view.eye.y - subject.eyesAt(1).y };
  }) as [{ view: CameraView; far: number; up: number }, { view: CameraView; far: number; up: number }];
  expect(one.view.lensMm).toBeCloseTo(two.view.lensMm, 3);
  expect(one.far / two.far).toBeCloseTo(1, 1);
  expect(Math.abs(one.up - two.up)).toBeLessThan(0.03);
});
