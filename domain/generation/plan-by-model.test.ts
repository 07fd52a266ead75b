import { expect, test } from "vitest";
import { GenerationBrief, GivenBrief } from "./brief.ts";
import { scenePlanOf } from "./generation-plan.ts";
import { briefInstructions, mendBrief, planGenerationScene } from "./plan-by-model.ts";
import { planByRules } from "./plan-by-rules.ts";

const order = { prompt: "Zwei Matrosen am Hafen", seed: 7, seconds: 4, fps: { num: 24, den: 1 } };
const brief = {
  place: "harbour quay",
  setting: "ext",
  time: "DUSK",
  weather: "fog",
  action: "Jan and Piet stand on the quay and look at the sea.",
  people: [
    { name: "Jan", look: "young, blue jacket" },
    { name: "Piet", look: "old, white beard" },
  ],
  dialogue: [{ character: "Jan", text: "There she is." }],
  shot: "two_shot",
  move: "push_in",
  music: "sad cello",
  colours: "",
  sounds: "",
  crowd: 0,
} as const;
const given = { model: "a-model", brief: GenerationBrief.parse(brief) };

test("a brief becomes the scene it describes, in any language of the prompt, under the model's name", () => {
  const plan = planGenerationScene({ ...order, given });
  expect(plan).toMatchObject({
    planner: "a-model",
    prompt: order.prompt,
    frames: 96,
    environment: { place: "harbour", hour: "dusk", weather: "fog", interior: false },
    characters: [{ name: "JAN" }, { name: "PIET" }],
    lines: [{ who: 0 }],
    camera: { framing: "two-shot", move: "push-in" },
    audio: { sections: [{ instruments: ["cello", "strings", "pad"], mode: "aeolian-sparse" }] },
  });
  expect(scenePlanOf(plan).cast).toHaveLength(2);
  expect(planGenerationScene({ ...order, given })).toEqual(plan);
});

test("what a brief says of colours, sounds and passers-by is in the plan, and people do things in their order", () => {
  const more = {
    ...{ ...brief, action: "Jan sits, then stands up and leaves. Piet looks at Jan.", colours: "sepia, grainy" },
    ...{ sounds: "A bell tolls.", crowd: 12 },
  };
  const { environment, cues, characters } = planGenerationScene({
    ...order,
    seconds: 10,
    given: { model: "m", brief: GenerationBrief.parse(more) },
  });
  expect(environment).toMatchObject({ crowd: 12, palette: { grain: 0.8, saturation: 0.45 } });
  expect(cues.map(({ effect }) => effect)).toContain("bell");
  expect(characters[0]!.deeds.map(({ motion }) => motion)).toEqual(["sit", "stand-up", "walk"]);
});

test("a brief that was written down before it spoke of sounds still counts", () => {
  const { colours: _colours, sounds: _sounds, crowd: _crowd, ...before } = brief;
  expect(GivenBrief.parse({ model: "m", brief: before }).brief).toMatchObject({ sounds: "", crowd: 0 });
});

test("without a brief rules plan, as they always have", () => {
  expect(planGenerationScene(order)).toEqual(planByRules(order));
  expect(planGenerationScene(order).planner).toBe("rules");
});

test("what models get wrong is put right; what is missing altogether is refused", () => {
  const odd = {
    ...brief,
    setting: "Exterior",
    time: "dusk",
    shot: "Two Shot",
    move: "dolly zoom",
    people: ["Jan", { name: " Piet ", look: 7 }, { look: "nobody" }],
    dialogue: [{ character: "Jan" }, "hm", { character: "Jan", text: "There she is." }],
    mood: "grey",
  };
  const mended = GenerationBrief.parse(mendBrief(odd));
  expect(mended).toMatchObject({ setting: "ext", time: "DUSK", shot: "two_shot" });
  expect(mended.people).toEqual([
    { name: "Jan", look: "" },
    { name: "Piet", look: "" },
  ]);
  expect(mended.dialogue).toEqual([{ character: "Jan", text: "There she is." }]);
  for (const nothing of [null, [], {}, { ...brief, action: " " }, { ...brief, place: 3 }])
    expect(GenerationBrief.safeParse(mendBrief(nothing)).success).toBe(false);
});

test("the model is told how long the scene is and what must not be invented", () => {
  expect(briefInstructions(6)).toContain("6 seconds");
  expect(briefInstructions(6)).toContain("Nobody is there whom the prompt does not speak of");
});
