import { expect, test } from "vitest";
import type { StagingOfShot } from "#domain/film/staging-of.ts";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { innerId, kindOfThing, personId, thingsIn } from "./things.ts";

const plan = planScene({
  heading: "EXT. HARBOUR - NIGHT",
  setting: "ext",
  location: "HARBOUR",
  time: "NIGHT",
  action: "MAYA walks to CAPTAIN HALE.",
  dialogue: [],
  characters: ["MAYA", "CAPTAIN HALE"],
  shotType: "wide",
  move: "static",
  durationFrames: 48,
  fps: { num: 24, den: 1 },
  seed: 1,
  sceneKey: "harbour",
  sceneText: "",
  castNotes: {},
  things: [],
});
const none: StagingOfShot = { pieces: [], lights: [], marks: [], deeds: [], keys: [], burns: [], cues: [], frames: [] };
const chair = { kind: "piece", id: "c1", sceneId: "s", what: "chair", at: [1, 0, 1], facing: 0 } as const;

test("people come first, by the names people read; two chairs are told apart, one is just a chair", () => {
  const pieces = [{ ...chair, at: [1, 0, 1] as [number, number, number] }];
  const one = thingsIn(plan, { ...none, pieces });
  expect(one.map(({ name }) => name)).toEqual(["Maya", "Captain Hale", "Chair"]);
  const two = thingsIn(plan, { ...none, pieces: [...pieces, { ...pieces[0]!, id: "c2" }] });
  expect(two.slice(2).map(({ id, name }) => [id, name])).toEqual([
    ["piece:c1", "Chair 1"],
    ["piece:c2", "Chair 2"],
  ]);
});

test("everybody calls a thing by the same id, whatever letters its name is written in", () => {
  expect(personId("Captain Hale")).toBe(personId("CAPTAIN HALE"));
  expect(innerId("piece:a:b")).toBe("a:b");
  expect(kindOfThing("light:x")).toBe("light");
  expect(kindOfThing("camera")).toBe("camera");
});
