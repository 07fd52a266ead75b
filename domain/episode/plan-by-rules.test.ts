import fc from "fast-check";
import { expect, test } from "vitest";
import { EpisodePlan, maxBeats } from "./plan.ts";
import { gathered, planByRules } from "./plan-by-rules.ts";
import type { WorldElement } from "./world.ts";

const plan = (intent: string, beats?: number, world: WorldElement[] = []) =>
  planByRules({ intent, seconds: 5, world, ...(beats === undefined ? {} : { beats }) });

test("one sentence becomes three beats: the place, what happens there, and a face", () => {
  const { title, beats, elements } = plan("A rainy neon alley with a slow walking detective and 80 bpm lo-fi music");
  expect(title).toBe("A rainy neon alley with a slow walking detective and 80 bpm…");
  expect(beats.map((beat) => [beat.shot, beat.description])).toEqual([
    ["establishing", "A rainy neon alley."],
    ["tracking", "A rainy neon alley with a slow walking detective and 80 bpm lo-fi music."],
    ["close_up", "Close on the detective."],
  ]);
  for (const beat of beats)
    expect(beat).toMatchObject({ place: "rainy neon alley", setting: "ext", time: "NIGHT", seconds: 5 });
  expect(beats[2]!.characters).toEqual(["Detective"]);
  expect(elements).toEqual([
    { kind: "character", name: "Detective", description: "slow walking", triggerWords: [] },
    { kind: "location", name: "rainy neon alley", description: "", triggerWords: [] },
  ]);
});

test("a story with enough moments keeps to them, in order", () => {
  const { beats } = plan(
    "Hale climbs the lighthouse in a storm. At the top he lights the lamp. A ferry turns away.",
    3,
  );
  expect(beats.map((beat) => beat.description)).toEqual([
    "Hale climbs the lighthouse in a storm.",
    "At the top he lights the lamp.",
    "A ferry turns away.",
  ]);
  expect(beats.map((beat) => beat.characters)).toEqual([["Hale"], ["Hale"], []]);
  expect(new Set(beats.map((beat) => beat.place))).toEqual(new Set(["lighthouse"]));
});

test("more moments than beats are gathered, none is lost", () => {
  const moments = ["Rain falls.", "A door opens.", "A cat runs out.", "The lamp goes dark.", "Somebody laughs."];
  const { beats } = plan(moments.join(" "), 2);
  expect(beats).toHaveLength(2);
  expect(beats.map((beat) => beat.description).join(" ")).toBe(moments.join(" "));
});

test("people and places of the world are known by their names and keep their looks", () => {
  const world: WorldElement[] = [
    { kind: "character", name: "Maya", description: "30, yellow raincoat", triggerWords: [] },
    { kind: "location", name: "The Old Ferry", description: "a rusty boat", triggerWords: [] },
    { kind: "character", name: "Hale", description: "a captain", triggerWords: [] },
  ];
  const { beats, elements } = plan("On the old ferry, maya finds a letter", 3, world);
  expect(beats.every((beat) => beat.place === "The Old Ferry")).toBe(true);
  expect(beats.at(-1)).toMatchObject({ shot: "close_up", description: "Close on Maya.", characters: ["Maya"] });
  expect(elements.map((one) => [one.name, one.description])).toEqual([
    ["Maya", "30, yellow raincoat"],
    ["The Old Ferry", ""],
  ]);
});

test("a script says its beats itself: its shots, with who speaks and where", () => {
  const { title, beats } = plan(
    "INT. KITCHEN - NIGHT\n\nMAYA, 30, pours tea.\n\nMAYA\nSit.\n\nEXT. YARD - DAY\n\nA dog barks.",
  );
  expect(title).toBe("Kitchen");
  expect(beats.map((beat) => [beat.setting, beat.place, beat.time, beat.dialogue.length])).toEqual([
    ["int", "KITCHEN", "NIGHT", 1],
    ["ext", "YARD", "DAY", 0],
  ]);
});

test("whatever is written, there is a plan of as many beats as asked for, and always the same", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 400, unit: "grapheme" }).filter((text) => text.trim() !== ""),
      fc.integer({ min: 1, max: maxBeats }),
      (intent, count) => {
        const made = plan(intent, count);
        expect(EpisodePlan.safeParse(made).error?.issues ?? []).toEqual([]);
        expect(made.beats.length).toBeLessThanOrEqual(count);
        if (!/\b(?:int|ext)\b|^\s*\./im.test(intent)) expect(made.beats).toHaveLength(count);
        expect(plan(intent, count)).toEqual(made);
      },
    ),
    { numRuns: 60 },
  );
});

test("groups of neighbours are even and in order", () => {
  expect(gathered([1, 2, 3, 4, 5], 2)).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
  expect(gathered([1], 3)).toEqual([[1]]);
});
