import * as THREE from "three";
import { expect, test } from "vitest";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { latestBeat, motions, moves, framings, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { pieceKinds, propKinds } from "#domain/screenplay/plan/plan-words.ts";
import { shotCamera } from "../camera/shot-camera.ts";
import { placeCamera } from "../passes/camera-record.ts";
import { buildScene, SetCache } from "./build-scene.ts";

const plain = planScene({
  ...{ heading: "", setting: "ext", location: "field", time: "DAY", action: "", dialogue: [], characters: ["MAYA"] },
  ...{ shotType: "wide", move: "", durationFrames: 24, fps: { num: 24, den: 1 }, seed: 1, sceneKey: "field" },
});
type Point = [number, number, number];
const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const end = (at: number): Point => (at % 2 === 0 ? [200, 200, 200] : [-200, -200, -200]);

/** A plan that is no more than the schema lets through, and not a grain less. */
function hostile(edge: number, more: Partial<ScenePlan> = {}): ScenePlan {
  const here = (at: number): Point => (edge === 0 ? [0, 0, 0] : end(at));
  return ScenePlan.parse({
    ...plain,
    beatSeconds: 0.2,
    cast: times(8, (at) => ({
      ...plain.cast[0]!,
      ...{ name: "", at: here(at), to: here(at + 1), facing: 720, seat: 1.2, looksAt: 7, carries: propKinds[at] },
      look: { ...plain.cast[0]!.look, height: at % 2 === 0 ? 1 : 2.1 },
      deeds: times(16, (deed) => ({
        motion: motions[(at * 16 + deed) % motions.length],
        ...{ from: deed % 3, to: latestBeat, goes: here(deed), facing: -720, energy: 1 },
        towards: [
          { kind: "person", index: at },
          { kind: "person", index: 7 },
          { kind: "piece", id: "p0" },
          { kind: "piece", id: "gone" },
          { kind: "point", at: here(deed) },
          { kind: "camera" },
        ][deed % 6],
      })),
    })),
    lines: times(24, () => ({ who: 7, start: 3600, seconds: 600 })),
    props: times(8, (at) => ({ kind: propKinds[at], at: here(at), facing: 720 })),
    pieces: times(48, (at) => ({
      id: `p${at % 40}`,
      kind: pieceKinds[at % pieceKinds.length],
      at: here(at),
      facing: -720,
      scale: at % 2 === 0 ? 10 : 0.1,
    })),
    lights: times(8, (at) => ({
      id: "l",
      kind: "beam",
      at: here(at),
      look: here(at),
      colour: "#000000",
      power: 400,
      reach: 0,
      from: latestBeat,
      to: 0,
      flicker: 1,
    })),
    crowd: 60,
    cues: times(64, () => ({ beat: latestBeat, kind: "effect", effect: "thunder", level: 1 })),
    palette: { saturation: 2, exposure: 4, fog: 0.2, grain: 1 },
    ...more,
  });
}

function isFinite3(object: THREE.Object3D): boolean {
  object.updateMatrixWorld(true);
  return object.matrixWorld.elements.every(Number.isFinite);
}

const sets = new SetCache();
function shoot(plan: ScenePlan, name: string): void {
  const built = buildScene(plan, { sets });
  const viewAt = shotCamera(plan, built.characters, 16 / 9, built.solids, built.slender);
  const camera = new THREE.PerspectiveCamera();
  for (const seconds of [0, 0.5, 600]) {
    const view = viewAt(seconds);
    placeCamera(camera, view);
    built.update(seconds, camera);
    const numbers = [...view.eye.toArray(), ...view.look.toArray(), view.verticalFov, view.roll, view.focus];
    expect(numbers.every(Number.isFinite), `${name} at ${seconds}: ${numbers.join(" ")}`).toBe(true);
    built.scene.traverse((object) => {
      if (!isFinite3(object)) throw new Error(`${name} at ${seconds}: ${object.name} is nowhere`);
    });
  }
  built.dispose();
}

test("a plan with all that the schema lets through stands, acts and is seen: in one spot, and from end to end of the world", () => {
  for (const edge of [0, 1]) shoot(hostile(edge), `edge ${edge}`);
});

test("whatever camera is asked of it, on nobody in particular and with keys that lie on one another, it sees from somewhere", () => {
  const people = hostile(0, { pieces: [], crowd: 0, lights: [] })
    .cast.slice(0, 2)
    .map((person) => ({ ...person, deeds: [] }));
  const keys = times(64, () => ({
    beat: 0,
    eye: [1, 1, 1] as Point,
    look: [1, 1, 1] as Point,
    lensMm: 8,
    roll: 45,
    focus: 0.1,
    ease: "smooth" as const,
  }));
  for (const cast of [[], people])
    for (const [at, framing] of framings.entries())
      for (const move of [moves[at % moves.length]!, "path" as const])
        shoot(
          ScenePlan.parse({
            ...plain,
            cast,
            camera: {
              ...plain.camera,
              ...{ framing, move, amount: 3, height: -3, azimuth: 720, lensMm: 400, aperture: 1 },
              subject: at % 2 === 0 ? { kind: "character", index: 7 } : { kind: "prop", index: 7 },
              focusOn: [{ beat: 0, subject: { kind: "character", index: 5 } }],
              keys: move === "path" ? keys : [],
            },
          }),
          `${framing} ${move} of ${cast.length}`,
        );
});
