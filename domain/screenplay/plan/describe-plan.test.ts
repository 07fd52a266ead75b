import { expect, test } from "vitest";
import { motions, type Deed, type ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { describePlan } from "./describe-plan.ts";
import { planScene } from "./plan-scene.ts";

const plain = planScene({
  ...{ heading: "INT. ROOM - DAY", setting: "int", location: "ROOM", time: "DAY", action: "They wait.", dialogue: [] },
  ...{ characters: ["MAYA OKAFOR", "HALE"], shotType: "wide", move: "static", durationFrames: 48, seed: 1 },
  ...{ fps: { num: 24, den: 1 }, sceneKey: "room" },
});
type Said = Partial<Deed> & Pick<Deed, "motion">;
/** What is said of the first when they do these things one after the other; `says` whether they have a line, too. */
function said(deeds: readonly Said[], says = false, more: Partial<ScenePlan> = {}): string {
  const each = 4 / deeds.length;
  const plan: ScenePlan = {
    ...plain,
    ...more,
    cast: plain.cast.map((person, index) => ({
      ...person,
      to: person.at,
      action: "stand",
      deeds:
        index === 0 ? deeds.map((deed, at) => ({ energy: 0.5, from: at * each, to: (at + 1) * each, ...deed })) : [],
      offScreen: index > 0,
    })),
    lines: says ? [{ who: 0, start: 0, seconds: 1 }] : [],
  };
  return describePlan(plan).replace(/^[^:]*: [^.]*\. /, "");
}

test("whatever two things somebody does and says, it reads as a sentence with no word twice", () => {
  const of = (deed: Said["motion"], towards?: Deed["towards"]): Said => ({
    motion: deed,
    ...(towards ? { towards } : {}),
  });
  const hale = { kind: "person", index: 1 } as const;
  for (const first of motions)
    for (const second of motions)
      for (const says of [false, true])
        for (const towards of [undefined, hale]) {
          const words = said([of(first, towards), of(second)], says);
          expect(words).toMatch(/^MAYA OKAFOR [a-z][^,.]*(, [a-z][^,.]*)*\.$/);
          const own = words.match(/[A-Za-z]+/g)!.filter((word) => !["and", "up", "something", "on"].includes(word));
          expect(new Set(own).size, words).toBe(own.length);
          expect(words).not.toMatch(/,[^,]* and .* and |undefined/);
        }
});

test("whom and what it is about is said by name, and nobody is about themselves", () => {
  const person = (index: number) => ({ kind: "person", index }) as const;
  const piece = { kind: "piece", id: "u" } as const;
  const pieces = [
    { id: "u", kind: "umbrella", at: [1, 0, 0], facing: 0, scale: 1, hidden: false },
  ] as ScenePlan["pieces"];
  expect(said([{ motion: "look", towards: person(1) }])).toBe("MAYA OKAFOR looks at HALE.");
  expect(said([{ motion: "fight", towards: person(0) }])).toBe("MAYA OKAFOR fights.");
  expect(said([{ motion: "wave", towards: { kind: "camera" } }])).toBe("MAYA OKAFOR waves to the camera.");
  expect(said([{ motion: "pick-up", towards: piece }, { motion: "walk" }], false, { pieces })).toBe(
    "MAYA OKAFOR picks up an umbrella and walks.",
  );
  expect(said([{ motion: "pick-up", towards: { kind: "piece", id: "gone" } }])).toBe("MAYA OKAFOR picks something up.");
  const [look, at] = [{ motion: "look", towards: person(1) } as const, { motion: "look", towards: piece } as const];
  expect(said([look, { motion: "walk" }, at], true, { pieces })).toBe(
    "MAYA OKAFOR looks at HALE and an umbrella, walks and talks.",
  );
});

test("who talks talks once; who gets up stands; others stand by", () => {
  expect(said([{ motion: "talk" }], true)).toBe("MAYA OKAFOR talks.");
  expect(said([{ motion: "stand" }, { motion: "talk", towards: { kind: "person", index: 1 } }], true)).toBe(
    "MAYA OKAFOR stands and talks to HALE.",
  );
  expect(said([{ motion: "sit" }, { motion: "stand-up" }, { motion: "stand" }])).toBe("MAYA OKAFOR sits and gets up.");
  expect(said([{ motion: "stand" }], false, { crowd: 1 })).toBe("MAYA OKAFOR stands; somebody else stands by.");
  expect(describePlan({ ...plain, cast: [], crowd: 12 })).toMatch(/\. 12 people stand by\.$/);
  expect(describePlan({ ...plain, interior: false, weather: "storm", cast: [], place: "field" })).toMatch(
    /by day in a storm\.$/,
  );
});
