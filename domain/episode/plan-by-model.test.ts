import { expect, test } from "vitest";
import { instructionsFor, isEnough, mendPlan, ModelPlan, planOfModel, questionFor } from "./plan-by-model.ts";
import { EpisodePlan, type PlanWish } from "./plan.ts";

const wish: PlanWish = {
  intent: "Maya leaves the island.",
  beats: 2,
  seconds: 4,
  world: [{ kind: "character", name: "Maya", description: "30, yellow raincoat", triggerWords: [] }],
};
const aBeat = {
  description: "Maya stands on the pier.",
  place: "Pier",
  setting: "ext",
  time: "DAWN",
  characters: ["Maya"],
  dialogue: [],
  shot: "wide",
  move: "static",
  seconds: 4,
};
const read = (json: unknown, cutOff = false) => ModelPlan.safeParse(mendPlan(json, cutOff, wish));

test("a model is told how many beats of what length, and knows the world", () => {
  expect(instructionsFor(wish)).toMatch(/exactly 2 beats.*about 4 seconds/);
  expect(questionFor(wish)).toContain("character Maya: 30, yellow raincoat");
});

test("what models like to get wrong is put right", () => {
  const { data } = read({
    beats: [
      {
        ...aBeat,
        shot: "Close-Up",
        move: "dolly zoom",
        setting: "EXTERIOR",
        seconds: "5",
        place: "EXT. Pier",
        time: "dawn",
      },
      { description: "The boat is gone.", seconds: 900, characters: "Maya", dialogue: [{ character: "Maya" }] },
    ],
    elements: [{ name: "Maya", kind: "hero" }, { kind: "object" }, "a boat"],
  });
  expect(data).toMatchObject({
    title: "Maya leaves the island",
    beats: [
      { shot: "close_up", move: "push_in", setting: "ext", seconds: 5, place: "Pier", time: "DAWN" },
      { shot: "medium", move: "static", setting: "ext", seconds: 60, characters: [], dialogue: [], place: "" },
    ],
    elements: [{ kind: "object", name: "Maya" }],
  });
});

test("no beats are no plan, and more than asked for are not rendered", () => {
  for (const json of [{}, { beats: [] }, { beats: "three" }, { beats: [{ place: "Pier" }] }, null, "plan"])
    expect(read(json).success, JSON.stringify(json)).toBe(false);
  expect(read({ title: "x", beats: Array(9).fill(aBeat), elements: [] }).data?.beats).toHaveLength(2);
  expect(read([aBeat]).data?.beats).toHaveLength(1);
});

test("a cut-off answer ends with its last whole beat; less than half is not enough", () => {
  const cut = read({ title: "x", beats: [aBeat, { description: "The boat is" }] }, true).data!;
  expect(cut.beats).toHaveLength(1);
  expect(isEnough(cut, wish)).toBe(true);
  expect(isEnough(cut, { ...wish, beats: 3 })).toBe(false);
  expect(read({ title: "x", beats: [aBeat, aBeat] }, true).data?.beats).toHaveLength(2);
});

test("who and where a plan speaks of is known, described or not", () => {
  const plan = planOfModel(
    read({ title: "x", beats: [aBeat], elements: [{ kind: "location", name: "pier", description: "wet planks" }] })
      .data!,
  );
  expect(EpisodePlan.parse(plan).elements.map((one) => `${one.kind} ${one.name}: ${one.description}`)).toEqual([
    "location pier: wet planks",
    "character Maya: ",
  ]);
});
