import fc from "fast-check";
import { expect, test } from "vitest";
import { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { GenerationPlan, scenePlanOf } from "./generation-plan.ts";
import { planByRules } from "./plan-by-rules.ts";

const planOf = (prompt: string, seed = 7, seconds = 4) =>
  planByRules({ prompt, seed, seconds, fps: { num: 24, den: 1 } });

test("the roadmap's own prompt becomes what it says: place, weather, who walks, and the beat of the music", () => {
  const plan = planOf("A rainy neon alley with a slow walking detective and 80 bpm lo-fi music");
  expect(plan).toMatchObject({
    frames: 96,
    environment: { place: "alley", hour: "night", weather: "rain", interior: false },
    characters: [{ name: "DETECTIVE", action: "walk", look: { garment: "coat", hair: "hat" } }],
    camera: { subject: { kind: "character", index: 0 }, move: "track" },
    audio: { tempo: 80, sections: [{ instruments: ["piano", "pluck", "bass", "pad", "pulse"] }] },
  });
  const [walker] = plan.characters;
  expect(walker!.to).not.toEqual(walker!.at);
});

test("a place without people is seen as a place", () => {
  expect(planOf("An empty desert at dawn")).toMatchObject({
    characters: [],
    environment: { hour: "dawn" },
    camera: { framing: "establishing", subject: { kind: "place" } },
  });
});

test("several people are several, named people keep their names, and spoken words have their time", () => {
  const names = (prompt: string) => planOf(prompt).characters.map(({ name }) => name);
  expect(names("Two sailors run along the harbour at dusk")).toEqual(["SAILOR ONE", "SAILOR TWO"]);
  expect(names("Maya plays the cello in a ferry lounge")).toEqual(["MAYA"]);
  expect(names("A girl waves at an old man on a pier")).toEqual(["GIRL", "OLD MAN"]);
  const speaking = planOf('A captain says "Hold on, all of you!" on a ship deck');
  expect(speaking.environment.place).toBe("ship-deck");
  expect(speaking.lines).toHaveLength(1);
});

test("of several people each has their own looks", () => {
  const [sailor, woman] = planOf("a harbour in a storm, a sailor and a woman in a red coat argue").characters;
  expect(woman!.look).toMatchObject({ garment: "coat", garmentColour: "#a8322a" });
  expect(woman!.look.hair).not.toBe("cap");
  expect(sailor!.look).toMatchObject({ hair: "cap" });
  expect(sailor!.look.garmentColour).not.toBe("#a8322a");
  const [girl, man] = planOf("A little girl in a yellow raincoat waves at an old man on a pier").characters;
  expect(girl!.look).toMatchObject({ age: 9, garment: "raincoat" });
  expect(man!.look).toMatchObject({ age: 72 });
  expect(man!.look.garment).not.toBe("raincoat");
  const sailors = planOf("Two sailors run. A dog barks. The sailors wear blue coats.").characters;
  expect(sailors.map(({ look }) => look.garment)).toEqual(["coat", "coat"]);
});

test("words about the music do not change what is seen", () => {
  const seen = (prompt: string) => {
    const { environment, characters } = planOf(prompt);
    const { setSeed: _, ...rest } = environment;
    return { rest, characters };
  };
  expect(seen("A woman stands in a forest, with a running jazz soundtrack like rain")).toEqual(
    seen("A woman stands in a forest"),
  );
});

test("the same prompt and seed give the same plan, and another seed another set", () => {
  const prompt = "A monk sits in a foggy field";
  expect(planOf(prompt)).toEqual(planOf(prompt));
  expect(planOf(prompt, 8).environment.setSeed).not.toBe(planOf(prompt).environment.setSeed);
});

test("whatever somebody types is planned, within the schema and 64 KiB", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ minLength: 1, maxLength: 4000 }), fc.string({ unit: "grapheme", minLength: 1 })),
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.double({ min: 0.5, max: 600, noNaN: true }),
      (prompt, seed, seconds) => {
        const plan = GenerationPlan.parse(planOf(prompt, seed, seconds));
        expect(ScenePlan.safeParse(scenePlanOf(plan)).success).toBe(true);
        expect(JSON.stringify(plan).length).toBeLessThan(64 * 1024);
      },
    ),
    { numRuns: 150 },
  );
});

test.each([
  ["noon at midnight in a snowy desert inside", { interior: true, hour: "night" }],
  ["a spaceship corridor", { place: "spaceship" }],
  ["a dark cave with a torch", { place: "cave", hour: "night" }],
  ["an opera singer on a theatre stage", { place: "theatre", interior: true }],
  ["a beach at sunset with palm trees", { place: "beach", hour: "dusk" }],
  ["a mountain pass in snow", { place: "mountain", weather: "snow" }],
  ["a crowd of 40 people dance in a square", { place: "market", crowd: 37 }],
  ["two men fight in an alley", { place: "alley" }],
  ["a man drives a car at night", { place: "road", hour: "night" }],
  ["a sunny storm on a calm sea by day", { weather: "storm", hour: "day" }],
  ["?? !!", { place: "exterior", hour: "day", weather: "clear" }],
])("“%s” becomes one sensible place", (prompt, environment) => {
  const plan = planOf(prompt);
  expect(plan.environment).toMatchObject(environment);
  expect(planOf(prompt)).toEqual(plan);
});

test("what people do in a prompt they do one after another, on the beat of the music", () => {
  const plan = planOf("A woman picks up a letter and leaves, 120 bpm piano", 7, 10);
  expect(plan.beatSeconds).toBe(0.5);
  expect(plan.characters[0]!.deeds.map(({ motion }) => motion)).toEqual(["stand", "pick-up", "walk"]);
  expect(plan.environment.pieces).toMatchObject([{ kind: "letter" }]);
  expect(planOf("two men fight in an alley").cues.some(({ effect }) => effect === "punch")).toBe(true);
});

test("twenty thousand characters are read in no time, whatever they are", () => {
  const begin = process.cpuUsage();
  for (const one of ["x", "a man walks and ", "Maya, ", '"', "picks ", "door ", "in the ", "two "])
    expect(planOf(one.repeat(20_000).slice(0, 20_000)).prompt).toHaveLength(20_000);
  for (const one of ["\u0001", "\ud800", "\n", "\\"])
    expect(JSON.stringify(planOf(one.repeat(20_000))).length).toBeLessThan(64 * 1024);
  // Of the processor, so that what else runs does not count.
  expect(process.cpuUsage(begin).user / 1000).toBeLessThan(8_000);
});

test("a plan that was made before plans had deeds, pieces and cues still plays", () => {
  const now = planOf("A woman walks in a forest");
  const without = (record: object, ...names: string[]) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
  const before = {
    ...without(now, "beatSeconds", "cues", "music"),
    environment: without(now.environment, "palette", "lampsOn", "pieces", "lights", "crowd"),
    characters: now.characters.map((person) => without(person, "deeds", "offScreen")),
    camera: without(now.camera, "ease", "aperture", "focusOn", "keys", "side"),
    audio: without(now.audio, "cues"),
  };
  const plan = scenePlanOf(GenerationPlan.parse(before));
  expect(ScenePlan.parse(plan)).toEqual(plan);
  expect(plan).toMatchObject({ version: 2, cues: [], pieces: [], beatSeconds: 0.5 });
});
