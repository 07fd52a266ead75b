import { expect, test, vi } from "vitest";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { buildCharacter } from "../characters/character.ts";
import { type Slender, slenderBox, slenderRod } from "../scene/slender.ts";
import type { Solid } from "../scene/solid.ts";
import { shotCamera } from "./shot-camera.ts";
import { boxesOf, crosses, gapToRod, hides, rodsOf } from "./solids.ts";

vi.mock(import("../characters/body.ts"), async (original) => {
  const { BufferGeometry } = await import("three");
  return { ...(await original()), bodyGeometry: () => new BufferGeometry() };
});

const aspect = 16 / 9;
const times = [0, 1, 2, 3, 4];

/** Somebody in an empty field: only what a test puts there is in the way. */
function inField(shotType: string) {
  const plan = planScene({
    ...{ heading: "", setting: "ext", location: "FIELD", time: "DAY", action: "NOOR stands.", characters: ["NOOR"] },
    ...{
      dialogue: [],
      shotType,
      move: "static",
      durationFrames: 96,
      fps: { num: 24, den: 1 },
      seed: 1,
      sceneKey: "field",
    },
  });
  const characters = plan.cast.map((person, index) => buildCharacter(person, index, plan));
  const shoot = (solids: readonly Solid[], slender: readonly Slender[]) =>
    shotCamera(plan, characters, aspect, solids, slender);
  const eyesAt = (t: number) => characters[0]!.eyesAt(t);
  /** A point on the way from where the camera would stand to what is so far below the eyes. */
  const between = (share: number, drop = 0) => {
    const to = eyesAt(2);
    return shoot(
      [],
      [],
    )(2)
      .eye.clone()
      .lerp(to.setY(to.y - drop), share);
  };
  return { shoot, eyesAt, between };
}

test.each(["full", "medium", "close_up"])(
  "a rail, a post or a rope that would cross a face is gone round in a %s",
  (type) => {
    const { shoot, eyesAt, between } = inField(type);
    const { x, y, z } = between(0.5);
    const things = {
      rail: slenderRod([x - 3, y, z], [x + 3, y, z], 0.03)!,
      post: slenderBox([0.12, 3, 0.12], [x, 1.5, z], 0, [0, 0])!,
      rope: slenderRod([x - 1, y + 1, z], [x + 1, y - 1, z], 0.02)!,
    };
    for (const [name, thing] of Object.entries(things)) {
      const [rod] = rodsOf([thing]);
      const crossed = (view: ReturnType<typeof shoot>) =>
        times.filter((t) => crosses(rod!, view(t).eye, eyesAt(t), 0.11)).length;
      expect(crossed(shoot([], [])), name).toBe(times.length);
      expect(crossed(shoot([], [thing])), name).toBe(0);
    }
  },
);

test("no handrail runs across the legs of somebody who is shown whole", () => {
  const { shoot, eyesAt, between } = inField("full");
  const { x, y, z } = between(0.5, 1.2);
  const rail = slenderRod([x - 1.2, y, z], [x + 1.2, y, z], 0.03)!;
  const [rod] = rodsOf([rail]);
  const crossed = (view: ReturnType<typeof shoot>) =>
    times.filter((t) => crosses(rod!, view(t).eye, eyesAt(t).setY(eyesAt(t).y - 1.2), 0.1)).length;
  expect(crossed(shoot([], []))).toBe(times.length);
  expect(crossed(shoot([], [rail]))).toBe(0);
});

test("no rail is right before the lens, whatever it crosses", () => {
  const { shoot, between } = inField("full");
  const { x, y, z } = between(0.08);
  // Below the face, and across the legs.
  const rail = slenderRod([x - 3, y - 0.25, z], [x + 3, y - 0.25, z], 0.03)!;
  const [rod] = rodsOf([rail]);
  const gap = (view: ReturnType<typeof shoot>) => Math.min(...times.map((t) => gapToRod(rod!, view(t).eye)));
  expect(gap(shoot([], []))).toBeLessThan(0.7);
  expect(gap(shoot([], [rail]))).toBeGreaterThan(0.7);
});

test.each(["full", "medium"])("in a %s more is seen of somebody than a head over a chair's back", (type) => {
  const { shoot, eyesAt, between } = inField(type);
  const { x, y, z } = between(0.6, 0.36);
  // It ends below the way to the eyes.
  const back: Solid = { at: [x, (y + 0.06) / 2, z], half: [0.6, (y + 0.06) / 2, 0.06], turn: 0 };
  const [box] = boxesOf([back]);
  const hidden = (view: ReturnType<typeof shoot>, drop: number) =>
    times.filter((t) => hides(box!, view(t).eye, eyesAt(t).setY(eyesAt(t).y - drop))).length;
  expect(hidden(shoot([], []), 0)).toBe(0);
  expect(hidden(shoot([], []), 0.36)).toBe(times.length);
  expect(hidden(shoot([back], []), 0.36)).toBe(0);
});

test("a rod crosses a face when it is before it in the picture, not when it is behind it or beside it", () => {
  const eye = { x: 0, y: 1.5, z: 5 };
  const face = { x: 0, y: 1.6, z: 0 };
  const rail = (y: number, z: number) => rodsOf([slenderRod([-3, y, z], [3, y, z], 0.03)!])[0]!;
  expect(crosses(rail(1.55, 2), eye, face, 0.13)).toBe(true);
  expect(crosses(rail(1.05, 2), eye, face, 0.13)).toBe(false);
  expect(crosses(rail(1.6, -0.5), eye, face, 0.13)).toBe(false);
  expect(crosses(rail(1.55, 6), eye, face, 0.13)).toBe(false);
  // As wide in the picture as what is behind it.
  expect(crosses(rail(1.61, 4), eye, face, 0.13)).toBe(false);
  expect(crosses(rail(1.7, 0.3), eye, face, 0.13)).toBe(true);
});

test("a slim box is a rod along its longest side, wherever it is turned; a board and a pebble are none", () => {
  expect(slenderBox([0.1, 3, 0.1], [1, 1.5, 0], 0, [0, 0])).toMatchObject({ from: [1, 0, 0], to: [1, 3, 0] });
  const turned = slenderBox([4, 0.06, 0.06], [0, 1, 0], 90, [0, 0])!;
  expect(Math.abs(turned.to[2] - turned.from[2])).toBeCloseTo(4, 5);
  expect(turned.radius).toBeCloseTo(0.03, 5);
  expect(slenderBox([4, 0.1, 0.5], [0, 1, 0], 0, [0, 0])).toBeNull();
  expect(slenderBox([0.2, 0.2, 0.2], [0, 1, 0], 0, [0, 0])).toBeNull();
  expect(slenderRod([0, 0, 0], [9, 0.1, 0], 0.03)).toBeNull();
});
