import * as THREE from "three";
import { describe, expect, test, vi } from "vitest";
import { placeKinds, places } from "#domain/screenplay/plan/plan-places.ts";
import type { PlaceKind } from "#domain/screenplay/plan/plan-places.ts";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { framings, moves, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { buildCharacter, type Character } from "../characters/character.ts";
import { type CameraView, shotCamera } from "./shot-camera.ts";
import { boxesOf, gapTo, hides } from "./solids.ts";
import { solidsOf } from "./testing/solids-of.ts";

// Bodies take longest to build, and no camera asks what they are made of.
vi.mock(import("../characters/body.ts"), async (original) => {
  const { BufferGeometry } = await import("three");
  return { ...(await original()), bodyGeometry: () => new BufferGeometry() };
});

const aspect = 16 / 9;
const seconds = 4;
const samples = 24;

function aPlan(place: PlaceKind, seed: number, action = ""): ScenePlan {
  return planScene({
    heading: "",
    setting: "",
    location: "",
    time: "DAY",
    action,
    dialogue: [{ character: "MAYA", text: "So that is what you came for." }],
    characters: ["MAYA", "HALE"],
    shotType: "medium",
    move: "",
    durationFrames: seconds * 24,
    fps: { num: 24, den: 1 },
    seed,
    sceneKey: `${place} ${seed}`,
    set: { place },
  });
}

const castOf = (plan: ScenePlan) => plan.cast.map((person, index) => buildCharacter(person, index, plan));

const framed = (
  plan: ScenePlan,
  framing: ScenePlan["camera"]["framing"],
  move: ScenePlan["camera"]["move"] = "static",
) =>
  ({
    ...plan,
    camera: { ...plan.camera, framing, move, lensMm: lenses[framing] ?? 35, amount: 1 },
  }) satisfies ScenePlan;
const lenses: Partial<Record<string, number>> = {
  "extreme-wide": 18,
  establishing: 22,
  wide: 25,
  full: 32,
  medium: 40,
  "medium-close": 55,
  "close-up": 75,
  "extreme-close-up": 100,
  "over-shoulder": 50,
};

const at = (view: (t: number) => CameraView, i: number) => view((seconds * i) / (samples - 1));

/** Where a point is in the picture: -1 to 1 from left to right and from below to above; z < 1 = before the camera. */
function inPicture(view: CameraView, point: THREE.Vector3): THREE.Vector3 {
  const camera = new THREE.PerspectiveCamera(view.verticalFov, aspect, 0.05, 1000);
  camera.position.copy(view.eye);
  camera.lookAt(view.look);
  camera.updateMatrixWorld(true);
  return point.clone().project(camera);
}

const withPerson = framings.filter((framing) => !["establishing", "insert", "pov"].includes(framing));
const seeds = [1];

describe.each(placeKinds.map((place) => [place]))("in the place %s", (place) => {
  test("no camera stands in anything, its subject is seen and in the picture, and nothing jumps", () => {
    const wrong: string[] = [];
    for (const seed of seeds) {
      const plan = aPlan(place, seed);
      const solids = solidsOf(plan);
      const boxes = boxesOf(solids);
      const characters = castOf(plan);
      for (const framing of framings)
        for (const move of moves) {
          const shot = framed(plan, framing, move);
          const view = shotCamera(shot, characters, aspect, solids);
          const say = (what: string) => wrong.push(`${framing} ${move} (${seed}): ${what}`);
          const subject = characters[shot.camera.subject.kind === "character" ? shot.camera.subject.index : 0]!;
          let before: THREE.Vector3 | null = null;
          for (let i = 0; i < samples; i += 1) {
            const now = at(view, i);
            const gap = Math.min(Infinity, ...boxes.map((box) => gapTo(box, now.eye)));
            if (gap < 0.2 && framing !== "pov") say(`${gap.toFixed(2)} m from a solid at ${i}`);
            const [low, high] = places[place].room;
            for (const axis of [0, 1, 2])
              if (now.eye.toArray()[axis]! < low[axis]! - 1e-6 || now.eye.toArray()[axis]! > high[axis]! + 1e-6)
                say(`outside of the place at ${i}`);
            // Five centimetres a frame of 24 a second.
            const speed: number = before === null ? 0 : (before.distanceTo(now.eye) * (samples - 1)) / seconds;
            if (speed > 1.2) say(`${speed.toFixed(1)} m a second at ${i}`);
            before = now.eye;
            if (!withPerson.includes(framing)) continue;
            const eyes = subject.eyesAt((seconds * i) / (samples - 1));
            const seen = inPicture(now, eyes);
            if (Math.abs(seen.x) > 0.95 || Math.abs(seen.y) > 0.95 || seen.z > 1)
              say(`head outside the picture at ${i}`);
            if (boxes.some((box) => hides(box, now.eye, eyes) && gapTo(box, eyes) > 0.15)) say(`hidden at ${i}`);
          }
        }
    }
    expect([...new Set(wrong.map((line) => line.replace(/ at \d+$/, "")))]).toEqual([]);
  });
});

/** How much of the picture's height a metre upright at the subject takes. */
function metreIn(view: CameraView, subject: Character, t: number): number {
  const eyes = subject.eyesAt(t);
  const up = eyes.clone().setY(eyes.y - 0.2);
  return Math.abs(inPicture(view, eyes).y - inPicture(view, up).y) / 2 / 0.2;
}

test.each([
  ["extreme-close-up", 0.25],
  ["close-up", 0.46],
  ["medium-close", 0.74],
  ["medium", 1.12],
] as const)("a %s shows so much of somebody, however tall they are and wherever they sit", (framing, tall) => {
  for (const place of ["field", "room", "harbour"] as const)
    for (const action of ["", "MAYA sits. HALE sits."]) {
      const plan = framed(aPlan(place, 1, action), framing);
      const characters = castOf(plan);
      const view = shotCamera(plan, characters, aspect, solidsOf(plan))(2);
      const subject = characters[plan.camera.subject.kind === "character" ? plan.camera.subject.index : 0]!;
      const wanted = 1 / (tall * (subject.plan.look.height / 1.75));
      const share = metreIn(view, subject, 2) / wanted;
      expect(share, `${place} ${action}`).toBeGreaterThan(0.85);
      expect(share, `${place} ${action}`).toBeLessThan(1.15);
    }
});

test("a zoom changes the lens and leaves the camera where it is; a dolly goes and keeps the lens", () => {
  const plan = aPlan("field", 1);
  const characters = castOf(plan);
  const shoot = (move: ScenePlan["camera"]["move"]) => shotCamera(framed(plan, "medium", move), characters, aspect, []);
  const zoom = shoot("zoom-in");
  expect(zoom(0).eye.distanceTo(zoom(seconds).eye)).toBeLessThan(0.01);
  expect(zoom(seconds).lensMm / zoom(0).lensMm).toBeGreaterThan(1.7);
  expect(zoom(seconds).lensMm).toBeCloseTo(40, 1);
  expect(shoot("zoom-out")(seconds).lensMm).toBeLessThan(25);
  const dolly = shoot("dolly");
  expect(dolly(0).eye.distanceTo(dolly(seconds).eye)).toBeGreaterThan(1);
  expect(dolly(0).lensMm).toBeCloseTo(dolly(seconds).lensMm, 5);
  expect(dolly(0).eye.y).toBeCloseTo(dolly(seconds).eye.y, 1);
});

test("focus goes from one to the other at its beat while the camera stays", () => {
  const plan = aPlan("field", 1);
  const characters = castOf(plan);
  const other = plan.cast.findIndex(
    (_, i) => plan.camera.subject.kind === "character" && i !== plan.camera.subject.index,
  );
  const shot = framed(plan, "over-shoulder", "rack-focus");
  const view = shotCamera(
    { ...shot, camera: { ...shot.camera, focusOn: [{ beat: 4, subject: { kind: "character", index: other } }] } },
    characters,
    aspect,
    [],
  );
  const far = (index: number, t: number) => {
    const now = view(t);
    return characters[index]!.eyesAt(t).sub(now.eye).dot(now.look.clone().sub(now.eye).normalize());
  };
  expect(view(1.9).focus).toBeCloseTo(far(1 - other, 1.9), 2);
  expect(view(3.5).focus).toBeCloseTo(far(other, 3.5), 2);
  expect(view(2.4).focus).toBeLessThan(view(1.9).focus);
  expect(view(0).eye.distanceTo(view(seconds).eye)).toBeLessThan(0.01);
});

test("a keyed camera is at every key at its beat, smoothly between them, and holds where it is told to", () => {
  const plan = aPlan("field", 1);
  const key = (beat: number, eye: [number, number, number], ease: "smooth" | "hold" | "linear" = "smooth") => ({
    beat,
    eye,
    look: [0, 1.5, 0] as [number, number, number],
    lensMm: 24 + beat * 4,
    roll: 0,
    ease,
  });
  const keys = [key(0, [4, 1, 4]), key(3, [0, 2, 6]), key(5, [-3, 2, 5], "hold"), key(8, [-3, 1, 2])];
  const shot = ScenePlan.parse({ ...plan, camera: { ...plan.camera, move: "path", keys } });
  const view = shotCamera(shot, [], aspect, []);
  for (const { beat, eye, lensMm } of keys.slice(0, 3)) {
    expect(view(beat * 0.5).eye.distanceTo(new THREE.Vector3(...eye))).toBeLessThan(1e-6);
    expect(view(beat * 0.5).lensMm).toBeCloseTo(lensMm, 3);
  }
  expect(view(3.9).eye.toArray()).toEqual([-3, 2, 5]);
  expect(view(4).eye.toArray()).toEqual([-3, 1, 2]);
  // At no frame of the smooth part does its speed change by more than an operator could.
  const speeds = Array.from({ length: 58 }, (_, i) => view((i + 1) / 24).eye.distanceTo(view(i / 24).eye) * 24);
  for (let i = 1; i < speeds.length; i += 1) expect(Math.abs(speeds[i]! - speeds[i - 1]!)).toBeLessThan(0.6);
  // It does not stop at the key in the middle.
  expect(Math.min(...speeds.slice(30, 42))).toBeGreaterThan(0.8);
});

test("handheld is unsteady by the seed: the same again, another for another", () => {
  const plan = aPlan("field", 1);
  const characters = castOf(plan);
  const shoot = (seed: number) => shotCamera({ ...framed(plan, "medium", "handheld"), seed }, characters, aspect, []);
  expect(shoot(7)(1.3).eye.toArray()).toEqual(shoot(7)(1.3).eye.toArray());
  expect(shoot(7)(1.3).eye.distanceTo(shoot(8)(1.3).eye)).toBeGreaterThan(0.002);
  expect(shoot(7)(1.3).eye.distanceTo(shoot(7)(2.3).eye)).toBeGreaterThan(0.002);
});

test("who walks is followed in a close picture and looked after in a wide one", () => {
  const plan = aPlan("field", 1, "MAYA walks.");
  const characters = castOf(plan);
  const near = shotCamera(framed(plan, "medium"), characters, aspect, []);
  const whole = shotCamera(framed(plan, "full"), characters, aspect, []);
  expect(near(0).eye.distanceTo(near(seconds).eye)).toBeGreaterThan(2);
  expect(whole(0).eye.distanceTo(whole(seconds).eye)).toBeLessThan(0.1);
  expect(whole(0).look.distanceTo(whole(seconds).look)).toBeGreaterThan(2);
});
