import { expect, test } from "vitest";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { StagingRecord } from "#domain/film/staging.ts";
import { deedsOf, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { stagedPlanOfShot } from "./plan-shot.ts";
import { aFilm, aScene, aShot } from "./testing/a-film.ts";

type Parts = { shot?: Partial<Shot>; scene?: Partial<Scene>; staging?: StagingRecord[] };
function staged({ shot = {}, scene = {}, staging = [] }: Parts) {
  const own = aShot({ characters: ["MAYA", "BEN"], action: "Maya and Ben wait.", ...shot });
  const film = aFilm({ scenes: [aScene(scene)], shots: [own], staging });
  return stagedPlanOfShot(film, own, { frames: 48, fps, seed: 7, prompt: "" });
}
const plain = staged({}).plan;
const ofScene = { sceneId: "scene" } as const;
const ofShot = { shotId: "shot" } as const;

test("what is decided on the scene's set decides for its shots, the rest stays the words'", () => {
  const { plan, problems } = staged({ scene: { setPlace: "cave", setHour: "dawn", setFog: 0.1, setLampsOn: "off" } });
  expect(plan).toMatchObject({ place: "cave", hour: "dawn", palette: { fog: 0.1 }, lampsOn: "off" });
  expect(plan.weather).toBe(plain.weather);
  expect(problems).toEqual([]);
});

test("what is decided on the shot's camera decides, and its lens follows the framing unless one is chosen", () => {
  const over = staged({ shot: { camFraming: "over-shoulder", camMove: "zoom-in", camSide: -1, camAperture: 2 } }).plan;
  expect(over.camera).toMatchObject({ framing: "over-shoulder", move: "zoom-in", side: -1, aperture: 2, lensMm: 50 });
  expect(staged({ shot: { camFraming: "over-shoulder", lens: 8 } }).plan.camera.lensMm).toBe(8);
});

test("a part of an override that makes no sense leaves the others", () => {
  const plan = { hour: "night", weather: "frogs", camera: { ...plain.camera, height: Number.NaN }, mood: "sad" };
  const made = staged({ shot: { plan } });
  expect(made.plan).toMatchObject({ hour: "night", weather: plain.weather, mood: "sad", camera: plain.camera });
  expect(made.problems).toEqual([
    expect.stringMatching(/^weather is left out: /),
    expect.stringMatching(/^camera\.height is left out: /),
  ]);
});

test("an override may say a part of the camera, and never length, rate or seed", () => {
  const { plan } = staged({ shot: { plan: { camera: { lensMm: 85 }, frames: 9, seed: 1, junk: true } } });
  expect(plan.camera).toEqual({ ...plain.camera, lensMm: 85 });
  expect(plan).toMatchObject({ frames: 48, seed: 7 });
  expect(plan).not.toHaveProperty("junk");
});

test("a mark holds in every shot of the scene, and who goes keeps their way from there", () => {
  const mark = { id: "m", kind: "mark", ...ofScene, who: "MAYA", at: [2, 0, -1], facing: 90 } as const;
  const walks = staged({
    shot: { characters: ["MAYA"], action: "Maya walks." },
    staging: [{ ...mark, at: [2, 0, -1] }],
  });
  const [maya] = walks.plan.cast;
  expect(maya).toMatchObject({ name: "MAYA", at: [2, 0, -1], facing: 90 });
  expect(Math.hypot(maya!.to[0] - 2, maya!.to[2] + 1)).toBeGreaterThan(1);
  const both = staged({ staging: [{ ...mark, at: [2, 0, -1] }] }).plan.cast;
  expect(both.map(({ name, at }) => [name, name === "MAYA" ? at : null])).toContainEqual(["MAYA", [2, 0, -1]]);
});

test("who does something only behind the shot's end does within it what the words say", () => {
  const beyond = { kind: "deed", ...ofShot, id: "d", who: "MAYA", motion: "wave", fromFrame: 60, toFrame: 90 } as const;
  expect(staged({ staging: [beyond] }).plan.cast).toEqual(plain.cast);
});

test("deeds, keys, pieces, lights and sounds come at the beat of their frame", () => {
  const deed = { kind: "deed", ...ofShot, who: "MAYA" } as const;
  const { plan, problems } = staged({
    staging: [
      { id: "d1", ...deed, motion: "sit", fromFrame: 0, toFrame: 24 },
      {
        ...{ id: "d2", ...deed, motion: "walk", fromFrame: 24, toFrame: 48, goes: [1, 0, 2] },
        towards: { kind: "person", who: "BEN" },
      },
      { id: "d3", kind: "deed", ...ofShot, who: "NOBODY", motion: "run", fromFrame: 0, toFrame: 48 },
      { id: "k1", kind: "key", ...ofShot, frame: 0, eye: [0, 2, 5], look: [0, 1, 0], lensMm: 24 },
      { id: "k2", kind: "key", ...ofShot, frame: 36, eye: [1, 2, 5], look: [0, 1, 0], lensMm: 50, ease: "out" },
      { id: "p", kind: "piece", ...ofScene, what: "table", at: [0, 0, 1], facing: 0, hidden: true },
      { id: "l", kind: "light", ...ofScene, what: "spot", at: [0, 3, 1], colour: "#ffffff", power: 40, reach: 8 },
      { id: "c", kind: "cue", ...ofShot, frame: 12, what: "effect", effect: "door" },
    ],
  });
  expect(problems).toEqual([]);
  const maya = plan.cast.find(({ name }) => name === "MAYA")!;
  const ben = plan.cast.findIndex(({ name }) => name === "BEN");
  expect(deedsOf(maya, plan)).toMatchObject([
    { motion: "sit", from: 0, to: 2 },
    { motion: "walk", from: 2, to: 4, goes: [1, 0, 2], towards: { kind: "person", index: ben } },
  ]);
  expect(plan.camera).toMatchObject({ move: "path", keys: [{ beat: 0 }, { beat: 3, ease: "out" }] });
  expect(plan.pieces).toMatchObject([{ kind: "table", hidden: true }]);
  expect(plan.lights).toMatchObject([{ kind: "spot", power: 40 }]);
  expect(plan.cues).toMatchObject([{ beat: 1, kind: "effect", effect: "door" }]);
  expect(ScenePlan.parse(plan)).toEqual(plan);
});

test("one key alone holds the camera; another shot's staging is none of this one's", () => {
  const key = { kind: "key", eye: [0, 2, 5], look: [0, 1, 0], lensMm: 24 } as const;
  const mine = staged({ staging: [{ id: "k", ...key, eye: [0, 2, 5], look: [0, 1, 0], ...ofShot, frame: 20 }] }).plan;
  expect(mine.camera.keys).toMatchObject([{ beat: 0 }, { beat: 4 }]);
  const other = staged({ staging: [{ id: "k", ...key, eye: [0, 2, 5], look: [0, 1, 0], shotId: "other", frame: 20 }] });
  expect(other.plan).toEqual(plain);
});

test("more pieces than a shot takes are counted off with a sentence", () => {
  const staging = Array.from({ length: 60 }, (_, at): StagingRecord => {
    return { id: `p${at}`, kind: "piece", ...ofScene, what: "chair", at: [at, 0, 0], facing: 0 };
  });
  const { plan, problems } = staged({ staging });
  expect(plan.pieces).toHaveLength(48);
  expect(problems).toEqual(["pieces: the first 48 of 60 count, a shot takes no more"]);
});

test("a mark far out takes no other mark with it: who goes somewhere from there goes as far as one can", () => {
  const mark = { kind: "mark", ...ofScene, facing: 0 } as const;
  const plan = { cast: plain.cast.map((person) => ({ ...person, to: [150, 0, 0], action: "walk" })) };
  const made = staged({
    shot: { plan },
    staging: [
      { id: "a", ...mark, who: "MAYA", at: [199, 0, 0] },
      { id: "b", ...mark, who: "BEN", at: [2, 0, 0] },
    ],
  });
  expect(made.problems).toEqual([]);
  const [maya, ben] = ["MAYA", "BEN"].map((who) => made.plan.cast.find(({ name }) => name === who));
  expect([maya?.at, maya?.to[0]]).toEqual([[199, 0, 0], 200]);
  expect(ben?.at).toEqual([2, 0, 0]);
});

test("of what is staged each entry is looked at by itself: one that makes no sense is named, the others stay", () => {
  const far = 9000;
  const light = { kind: "light", ...ofScene, what: "lamp", colour: "#ffffff", power: 9, reach: 5 } as const;
  const key = { kind: "key", ...ofShot, look: [0, 1, 0], lensMm: 24 } as const;
  const deed = { kind: "deed", ...ofShot, motion: "walk", who: "MAYA" } as const;
  const mark = { kind: "mark", ...ofScene, facing: 0 } as const;
  const piece = { kind: "piece", ...ofScene, what: "table", facing: 0 } as const;
  const made = staged({
    staging: [
      { id: "m1", ...mark, who: "MAYA", at: [Number.NaN, 0, 0] },
      { id: "m2", ...mark, who: "BEN", at: [2, 0, 0] },
      { id: "d1", ...deed, fromFrame: 0, toFrame: 12 },
      { id: "d2", ...deed, fromFrame: 12, toFrame: 24, goes: [far, 0, 0] },
      { id: "d3", ...deed, who: "BEN", fromFrame: 0, toFrame: 24 },
      { id: "k1", ...key, look: [0, 1, 0], eye: [0, 2, 5], frame: 0 },
      { id: "k2", ...key, look: [0, 1, 0], eye: [0, 2, far], frame: 12 },
      { id: "k3", ...key, look: [0, 1, 0], eye: [0, 2, 3], frame: 24 },
      { id: "p1", ...piece, at: [0, 0, 0] },
      { id: "p2", ...piece, at: [0, 0, far] },
      { id: "l1", ...light, at: [0, 2, 0] },
      { id: "l2", ...light, at: [0, far, 0], name: "Desk" },
      { id: "c1", kind: "cue", ...ofShot, frame: 6, what: "hit" },
      { id: "c2", kind: "cue", ...ofShot, frame: 7, what: "hit", level: Number.NaN },
    ],
  });
  const { cast, camera, pieces, lights, cues } = made.plan;
  const of = (who: string) => cast.find(({ name }) => name === who)!;
  expect(of("MAYA").at).toEqual(plain.cast.find(({ name }) => name === "MAYA")!.at);
  expect(of("BEN").at).toEqual([2, 0, 0]);
  expect([of("MAYA").deeds.length, of("BEN").deeds.length]).toEqual([1, 1]);
  expect(camera.keys.map(({ eye }) => eye[2])).toEqual([5, 3]);
  expect([pieces.map(({ id }) => id), lights.map(({ id }) => id)]).toEqual([["p1"], ["l1"]]);
  expect(cues.length).toBe(plain.cues.length + 1);
  expect(made.problems).toEqual([
    expect.stringMatching(/^where MAYA stands is left out: at\.0: ./),
    expect.stringMatching(/^what MAYA does from frame 12 on is left out: goes\.0: ./),
    expect.stringMatching(/^the camera's key at frame 12 is left out: eye\.2: ./),
    expect.stringMatching(/^a table in the set is left out: at\.2: ./),
    expect.stringMatching(/^the light Desk is left out: at\.1: ./),
    expect.stringMatching(/^the sound at frame 7 is left out: level: ./),
  ]);
});
