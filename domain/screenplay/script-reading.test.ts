import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { breakDown, ProposedScene } from "./breakdown.ts";
import {
  breakdownQuestion,
  mendBreakdown,
  ModelBreakdown,
  type ModelScene,
  type ScriptPart,
} from "./breakdown/breakdown-by-model.ts";
import { noModelReadings } from "./breakdown/known-passages.ts";
import { ScriptReading } from "./script-reading.ts";

const ferry = readFileSync(new URL("./fixtures/night-ferry.fountain", import.meta.url), "utf8");
const begin = (text: string) => new ScriptReading(text, { fps, known: noModelReadings, from: 0 });

/** What a model wrote, as it is let in. */
const mended = (json: unknown, parts: readonly ScriptPart[], cutOff = false) =>
  ModelBreakdown.parse(mendBreakdown(json, cutOff, parts)).scenes;
const spokenIn = (scenes: readonly ProposedScene[]) =>
  scenes
    .flatMap((scene) => scene.shots.flatMap((shot) => shot.dialogue.map((line) => line.text)))
    .join(" ")
    .replace(/\s+/g, " ");

const talk =
  "INT. KITCHEN - DAY\n\nANN stirs a pot.\n\nANN\n(low)\nIt needs salt. It always needs salt. Nobody brings salt.\n\nBOB\nI do.\n\nHe does not move.";

test("a model is asked by numbered paragraphs, with the film's elements and people", () => {
  const { questions, script } = begin(talk);
  expect(questions).toHaveLength(1);
  const asked = breakdownQuestion(
    questions[0]!,
    [{ kind: "character", name: "Ann", description: "a cook, 50, red apron" }],
    script.people.names,
  );
  expect(asked).toContain("- character Ann: a cook, 50, red apron");
  expect(asked).toContain("People in the script: BOB");
  expect(asked).toContain("SCENE 1: INT. KITCHEN - DAY\n[1] ANN stirs a pot.\n[2] ANN (low): It needs salt.");
});

test("its shots have the script's own words, people and lines, and last as long as the words take", () => {
  const reading = begin(talk);
  const [question] = reading.questions;
  const shot = { move: "static", seconds: 1, characters: ["Ann"] };
  const answer = mended(
    {
      scenes: [
        {
          scene: 1,
          shots: [
            { ...shot, first: 1, last: 2, type: "Close-Up", action: "Steam over a pot; Ann tastes." },
            { ...shot, first: 2, last: 2, type: "two shot", action: "", characters: ["Ann", "bob"] },
            { ...shot, first: 3, last: 3, type: "hologram", move: "wobble", action: "Bob in the door." },
          ],
        },
      ],
    },
    question!,
  );
  reading.answer(question!, answer, false);
  const [scene] = reading.scenes();
  expect(scene?.shots.map(({ type, move, characters, lines }) => ({ type, move, characters, lines }))).toEqual([
    { type: "close_up", move: "static", characters: ["ANN"], lines: { from: 2, to: 7 } },
    { type: "two_shot", move: "static", characters: ["ANN", "BOB"], lines: { from: 4, to: 7 } },
    // A framing nobody knows is a medium one; the paragraph that no shot shows went to the one before.
    { type: "medium", move: "static", characters: ["ANN"], lines: { from: 8, to: 12 } },
  ]);
  expect(scene?.shots.map((each) => each.dialogue)).toEqual([
    [{ character: "ANN", parenthetical: "low", text: "It needs salt." }],
    [{ character: "ANN", text: "It always needs salt. Nobody brings salt." }],
    [{ character: "BOB", text: "I do." }],
  ]);
  expect(scene?.shots[0]?.durationFrames).toBe(24 * 2);
  expect(scene?.shots.map((each) => each.read?.passage)).toMatchObject([
    { blocks: 2, at: 0, from: 0, to: 2 },
    { blocks: 2, at: 1, from: 1, to: 2 },
    { blocks: 2, at: 0, from: 0, to: 2 },
  ]);
});

test("a scene without shots is one shot, and what was not answered is read by rules", () => {
  const reading = begin(ferry);
  const question = reading.questions[0]!;
  reading.answer(question, mended({ scenes: [{ scene: 1, shots: [] }] }, question), false);
  const [harbour, ...others] = reading.scenes();
  expect(harbour?.shots).toMatchObject([{ type: "medium", dialogue: [{}, {}, {}] }]);
  const plain = breakDown(ferry, { fps }).scenes;
  expect(others).toEqual(plain.slice(1));
});

test("of a cut-off answer the whole shots count, and rules read on where it ends", () => {
  const reading = begin(talk);
  const question = reading.questions[0]!;
  const shots = [
    { first: 1, last: 2, type: "medium", move: "static", action: "Ann tastes.", characters: ["ANN"], seconds: 4 },
    { first: 3, last: 3, type: "close_up", action: "Bob lo" },
  ];
  reading.answer(question, mended({ scenes: [{ scene: 1, shots }] }, question, true), true);
  const [scene] = reading.scenes();
  expect(scene?.shots.map(({ action, read }) => [action, read !== undefined])).toEqual([
    ["Ann tastes.", true],
    ["", false],
    ["He does not move.", false],
  ]);
  expect(spokenIn([scene!])).toContain("Nobody brings salt. I do.");
});

test("shots alone, scenes in a bare list, and numbers that are none are understood", () => {
  const { questions } = begin(talk);
  const shot = { first: "2", last: "99", type: "wide", action: "A kitchen." };
  const found = [{ scene: 1, shots: [{ first: 2, last: 2, type: "wide", move: "static" }] }];
  for (const json of [{ shots: [shot] }, [shot], [{ scene: "one", shots: [shot] }], { scenes: [{ shots: [shot] }] }])
    expect(mended(json, questions[0]!)).toMatchObject(found);
});

test("long scenes are asked about in parts, small ones together", () => {
  const long = `INT. A - DAY\n\n${"A paragraph of some words that go on.\n\n".repeat(150)}`;
  const { questions, script } = begin(long);
  expect(questions.length).toBeGreaterThan(1);
  expect(questions.flat().flatMap(({ blocks }) => blocks)).toEqual(script.scenes[0]?.blocks);
  expect(breakdownQuestion(questions[1]!, [], [])).toContain("SCENE 1: INT. A - DAY (it goes on)");
  const small = begin("INT. A - DAY\n\nOne.\n\nINT. B - DAY\n\nTwo.\n\nINT. C - DAY\n\n".repeat(2)).questions;
  expect(small.map((parts) => parts.map(({ heading }) => heading))).toEqual([
    ["INT. A - DAY", "INT. B - DAY", "INT. A - DAY", "INT. B - DAY"],
  ]);
});

test("whatever a model answers, every word that is said is in the film once, and the shots are well formed", () => {
  const line = fc.oneof(
    fc.constantFrom("", "INT. A - DAY", "ANN", "(low)", "BOB", "She goes.", "One two. Three four five. Six!", "1. x"),
    fc.string(),
  );
  const value = fc.oneof(fc.integer({ min: -2, max: 9 }), fc.string(), fc.constant(null), fc.double());
  const shot = fc.record(
    { first: value, last: value, type: fc.string(), action: fc.string(), seconds: value, characters: fc.array(value) },
    { requiredKeys: [] },
  );
  const scene = fc.record({ scene: value, shots: fc.array(shot, { maxLength: 5 }) }, { requiredKeys: [] });
  const json = fc.oneof(fc.record({ scenes: fc.array(scene, { maxLength: 5 }) }), fc.array(scene), fc.jsonValue());
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 40 }),
      fc.array(json, { maxLength: 3 }),
      fc.boolean(),
      (lines, all, cut) => {
        const text = lines.join("\n");
        const reading = begin(text);
        reading.questions.forEach((question, at) => {
          const checked = ModelBreakdown.safeParse(mendBreakdown(all[at], cut, question));
          reading.answer(question, (checked.data?.scenes ?? []) as ModelScene[], cut);
        });
        const scenes = reading.scenes();
        for (const each of scenes) ProposedScene.parse(each);
        const plain = breakDown(text, { fps }).scenes;
        expect(spokenIn(scenes)).toBe(spokenIn(plain));
        expect(scenes.map(({ heading, lines: at }) => [heading, at])).toEqual(
          plain.map(({ heading, lines: at }) => [heading, at]),
        );
      },
    ),
  );
});
