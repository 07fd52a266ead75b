import { expect, test } from "vitest";
import { blowSeconds } from "#domain/screenplay/plan/deed-moments.ts";
import { planByRules } from "#domain/generation/plan-by-rules.ts";
import { scenePlanOf } from "#domain/generation/generation-plan.ts";
import { buildCharacter, plantedFeet } from "../characters/character.ts";
import { footfallsOf, groundOf } from "./footfalls.ts";
import { addSteps } from "./steps.ts";

const planOf = (prompt: string, seconds = 6) => planByRules({ prompt, seed: 7, seconds, fps: { num: 24, den: 1 } });

test("feet are heard at the moment at which they come down in the picture", () => {
  const plan = scenePlanOf(planOf("A detective walks through an alley in the rain, 80 bpm lo-fi", 4));
  const steps = footfallsOf(plan);
  const walker = buildCharacter(plan.cast[0]!, 0, plan);
  expect(steps.length).toBeGreaterThan(4);
  for (const { at } of steps) {
    // Some foot is in the air just before, and stands flat soon after.
    const [before, after] = [plantedFeet(walker, at - 0.03), plantedFeet(walker, Math.min(3.99, at + 0.14))];
    const landed = (["left", "right"] as const).some((side) => !before[side] && after[side]);
    expect([at, landed]).toEqual([at, true]);
  }
});

test("sound on a step is where the step is, within two hundredths", () => {
  const { audio } = planOf("A man runs down a street");
  const steps = [0.5, 1.25, 2].map((at) => ({ at, loud: 0.6, pan: 0, ground: "stone" as const }));
  const [left, right] = [new Float32Array(48_000 * 3), new Float32Array(48_000 * 3)];
  addSteps(audio, steps, left, right, 48_000);
  for (const { at } of steps) {
    const window = left.slice((at - 0.2) * 48_000, (at + 0.2) * 48_000).map(Math.abs);
    const loudest = window.indexOf(Math.max(...window)) / 48_000 - 0.2;
    expect(Math.abs(loudest)).toBeLessThan(0.02);
  }
});

test("who dances is heard on the beat; who sits, and who is out of the picture, is not", () => {
  const dance = planOf("A woman dances in a market, joyful guitar music");
  const steps = footfallsOf(scenePlanOf(dance));
  expect(steps.length).toBeGreaterThan(6);
  for (const { at } of steps)
    expect((at / dance.beatSeconds) % 1).toBeCloseTo(Math.round((at / dance.beatSeconds) % 1), 5);
  const still = scenePlanOf(planOf("A woman sits in a room"));
  expect(footfallsOf(still)).toEqual([]);
  const plan = scenePlanOf(planOf("A man walks in a street"));
  expect(footfallsOf({ ...plan, cast: plan.cast.map((one) => ({ ...one, offScreen: true })) })).toEqual([]);
});

test("one hears what is walked on", () => {
  const ground = (prompt: string) => groundOf(scenePlanOf(planOf(prompt)));
  expect(ground("A man walks through an alley in the rain")).toBe("wet");
  expect(ground("A man walks through an alley")).toBe("stone");
  expect(ground("A man walks in a forest in the rain")).toBe("earth");
  expect(ground("A man walks along a street in snow")).toBe("snow");
  expect(groundOf({ place: "office", interior: true, weather: "snow" })).toBe("carpet");
});

test("blows are heard on the beats on which they land, a fall as the body strikes the ground", () => {
  const plan = planOf("Two men fight in an alley", 8);
  const blows = plan.cues.filter(({ effect }) => effect === "punch" || effect === "whoosh");
  expect(blows.length).toBeGreaterThan(4);
  const each = blowSeconds(plan.beatSeconds) / plan.beatSeconds;
  for (const { beat } of blows) expect(beat / each).toBeCloseTo(Math.round(beat / each), 3);
  const fall = planOf("A man walks in a street and falls", 8);
  const deed = fall.characters[0]!.deeds.find(({ motion }) => motion === "fall")!;
  const thud = fall.cues.find(({ effect }) => effect === "thud")!;
  expect((thud.beat - deed.from) * fall.beatSeconds).toBeCloseTo(0.78, 2);
});
