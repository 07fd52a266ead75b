import { expect, test } from "vitest";
import { castFromScript, lookFor } from "./plan/plan-cast.ts";
import { describePlan } from "./plan/describe-plan.ts";
import { planScene } from "./plan/plan-scene.ts";
import { ScenePlan } from "./scene-plan.ts";
import type { ScenePlanInput } from "./plan/plan-scene.ts";

const aShot = (more: Partial<ScenePlanInput> = {}): ScenePlanInput => ({
  heading: "EXT. HARBOUR - DUSK",
  setting: "ext",
  location: "HARBOUR",
  time: "DUSK",
  action: "Maya walks down the pier.",
  dialogue: [],
  characters: ["MAYA"],
  shotType: "medium",
  move: "",
  durationFrames: 96,
  fps: { num: 24, den: 1 },
  seed: 1,
  sceneKey: "s1",
  ...more,
});

test("a ferry's lounge at night is an interior at night, whatever the rain outside", () => {
  const plan = planScene(
    aShot({
      heading: "INT. FERRY - PASSENGER LOUNGE - NIGHT",
      setting: "int",
      location: "FERRY - PASSENGER LOUNGE",
      time: "NIGHT",
      action: "Empty rows of red vinyl seats. Maya sits.",
    }),
  );
  expect(plan).toMatchObject({ place: "ferry-lounge", interior: true, hour: "night" });
  expect(plan.cast[0]).toMatchObject({ action: "sit" });
  expect(plan.cast[0]?.seat).toBeGreaterThan(0.3);
});

test.each([
  ["EXT. HARBOUR - DUSK", "ext", "HARBOUR", "harbour"],
  ["EXT. FERRY - BRIDGE WING - NIGHT", "ext", "FERRY - BRIDGE WING", "ship-deck"],
  ["INT./EXT. FERRY - CAR DECK - CONTINUOUS", "int-ext", "FERRY - CAR DECK", "car-deck"],
  [".THE LIGHTHOUSE ROCK - DAWN", "", "THE LIGHTHOUSE ROCK", "lighthouse-rock"],
  ["EXT. NEON ALLEY - NIGHT", "ext", "NEON ALLEY", "alley"],
  ["INT. KITCHEN - DAY", "int", "KITCHEN", "room"],
  ["EXT. OLD ROAD - DAY", "ext", "OLD ROAD", "road"],
  ["INT. SOMEWHERE - DAY", "int", "SOMEWHERE", "interior"],
  ["EXT. SOMEWHERE - DAY", "ext", "SOMEWHERE", "exterior"],
] as const)("%s plays in its place", (heading, setting, location, place) => {
  expect(planScene(aShot({ heading, setting, location, action: "" })).place).toBe(place);
});

test("weather and hour come from the words; the hour before holds for CONTINUOUS", () => {
  expect(planScene(aShot({ action: "Rain hisses on black water." })).weather).toBe("rain");
  expect(planScene(aShot({ action: "Mist lies flat on a silver sea." })).weather).toBe("fog");
  expect(planScene(aShot({ action: "", sceneText: "A storm howls." })).weather).toBe("storm");
  expect(planScene(aShot({ action: "MAYA, 30s, yellow raincoat, walks." })).weather).toBe("clear");
  expect(planScene(aShot({ heading: "EXT. PIER - CONTINUOUS", time: "CONTINUOUS", hourBefore: "night" })).hour).toBe(
    "night",
  );
});

test("a close-up has the long lens on a face and a wide the short one", () => {
  const close = planScene(aShot({ shotType: "close_up" })).camera;
  const wide = planScene(aShot({ shotType: "wide" })).camera;
  expect(close).toMatchObject({ framing: "close-up", subject: { kind: "character", index: 0 } });
  expect(wide.framing).toBe("wide");
  expect(close.lensMm).toBeGreaterThan(wide.lensMm * 2);
});

test("a close picture of a thing and nobody is an insert of the thing", () => {
  const plan = planScene(
    aShot({ shotType: "close_up", characters: [], action: "Close on a brass clock above the bar." }),
  );
  expect(plan.camera).toMatchObject({ framing: "insert", subject: { kind: "prop", index: 0 } });
  expect(plan.props[0]?.kind).toBe("clock");
  expect(
    planScene(aShot({ shotType: "insert", characters: [], action: "Insert: a child's mitten on the dashboard." }))
      .props[0]?.kind,
  ).toBe("mitten");
});

test("people do what their own sentence says", () => {
  const plan = planScene(
    aShot({
      characters: ["MAYA", "CAPTAIN HALE"],
      action: "Captain Hale grips the wheel. Maya runs between the bulkheads.",
    }),
  );
  expect(plan.cast.map((person) => [person.name, person.action])).toEqual([
    ["MAYA", "run"],
    ["CAPTAIN HALE", "hold"],
  ]);
  expect(plan.cast[0]?.to).not.toEqual(plan.cast[0]?.at);
});

test("a person looks alike in every shot of the film, dressed as the script says", () => {
  const castNotes = castFromScript(
    "MAYA OKAFOR, 30s, yellow raincoat, hurries down the pier.\n\nAt the rail stands CAPTAIN HALE, 60s, white beard, pipe unlit. He waits.",
  );
  const first = planScene(aShot({ castNotes, seed: 1, sceneKey: "a" })).cast[0];
  const later = planScene(
    aShot({ castNotes, seed: 99, sceneKey: "z", shotType: "wide", characters: ["MAYA OKAFOR"], action: "She sits." }),
  ).cast[0];
  expect(later?.look).toEqual(first?.look);
  expect(first?.look).toMatchObject({ garment: "raincoat", garmentColour: "#d9a520" });
  expect(planScene(aShot({ castNotes, characters: ["HALE"] })).cast[0]).toMatchObject({
    name: "CAPTAIN HALE",
    look: { beard: "full" },
  });
  expect(lookFor("HALE", "white beard, navy uniform").garmentColour).toBe("#1f2f4d");
});

test("lines are spoken in order and fit in the shot, however long they are", () => {
  const text = "word ".repeat(400);
  const plan = planScene(
    aShot({
      characters: ["A", "B"],
      dialogue: [
        { character: "A", text },
        { character: "B", text: "No." },
        { character: "NOBODY KNOWN", text: "?" },
      ],
    }),
  );
  const end = Math.max(...plan.lines.map((line) => line.start + line.seconds));
  expect(plan.lines.map((line) => line.who)).toEqual([0, 1, 2]);
  expect(end).toBeLessThanOrEqual(4.01);
});

test("two who talk look at each other", () => {
  const plan = planScene(aShot({ characters: ["A", "B"], action: "They talk.", shotType: "two_shot" }));
  expect(plan.cast.map((person) => person.looksAt)).toEqual([1, 0]);
});

test("the same input gives the same plan, and shots of a scene share their set", () => {
  expect(planScene(aShot())).toEqual(planScene(aShot()));
  expect(planScene(aShot({ seed: 2 })).setSeed).toBe(planScene(aShot({ seed: 3, shotType: "wide" })).setSeed);
});

test("hostile sizes end in a bounded plan, and an edited plan with too much is refused", () => {
  const plan = planScene(
    aShot({
      characters: Array.from({ length: 500 }, (_, i) => `P${i}`),
      dialogue: Array.from({ length: 500 }, (_, i) => ({ character: `P${i}`, text: "x".repeat(9999) })),
      action: "rain ".repeat(100_000),
      durationFrames: 1e9,
      seed: Number.NaN,
    }),
  );
  expect(plan.cast.length).toBeLessThanOrEqual(8);
  expect(plan.lines.length).toBeLessThanOrEqual(24);
  expect(plan.frames).toBe(14_400);
  expect(ScenePlan.safeParse({ ...plan, cast: Array.from({ length: 99 }, () => plan.cast[0]) }).success).toBe(false);
  expect(ScenePlan.safeParse({ ...plan, camera: { ...plan.camera, lensMm: Number.NaN } }).success).toBe(false);
});

test("nothing at all still makes a scene", () => {
  const plan = planScene(
    aShot({
      heading: "",
      setting: "",
      location: "",
      time: "",
      action: "",
      characters: [],
      shotType: "",
      durationFrames: 0,
    }),
  );
  expect(plan).toMatchObject({ place: "exterior", frames: 1, cast: [] });
  expect(describePlan(plan)).toMatch(/^Wide, .*open ground by day\.$/);
});
