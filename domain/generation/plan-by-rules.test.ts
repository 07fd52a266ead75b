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
    audio: { tempo: 80, sections: [{ instruments: ["piano", "pluck", "bass", "pad"] }] },
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
