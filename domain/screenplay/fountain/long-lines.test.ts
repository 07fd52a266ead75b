/** What one line or one shot cannot hold is in the next one: no word of a script is lost on its way to the board. */
import { expect, test } from "vitest";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { breakDown, ProposedScene } from "#domain/screenplay/breakdown.ts";

const scenesOf = (text: string, mode?: "numbered" | "freeform") =>
  breakDown(text, { fps, ...(mode ? { mode } : {}) }).scenes;
const speechOf = (text: string) =>
  scenesOf(`INT. A - DAY\n\nMAYA\n${text}\n`).flatMap((scene) => scene.shots.flatMap((shot) => shot.dialogue));

test("each parenthetical begins a line of its own, said in its way", () => {
  expect(speechOf("(quietly)\nOne.\n(loud)\nTwo.\n(beat)\n(laughs)\nThree.")).toEqual([
    { character: "MAYA", parenthetical: "quietly", text: "One." },
    { character: "MAYA", parenthetical: "loud", text: "Two." },
    { character: "MAYA", parenthetical: "beat, laughs", text: "Three." },
  ]);
});

test("what is said in two ways within one breath is one shot, and a long speech is more", () => {
  const shots = (text: string) => scenesOf(`INT. A - DAY\n\nMAYA\n${text}\n`).flatMap((scene) => scene.shots);
  expect(shots("One.\n(loud)\nTwo.")).toHaveLength(1);
  expect(shots(`${"Some word. ".repeat(12)}\n(loud)\n${"Some word. ".repeat(12)}`).length).toBeGreaterThan(1);
});

const letters = (texts: readonly string[]) => texts.join("").replace(/\s/g, "");
const long: Record<string, string> = {
  "without a mark": "海".repeat(20_000),
  "with commas": "海上的雾，".repeat(4000),
  "of characters of two units": "𠀀".repeat(10_000),
  "in one word": "a".repeat(20_001),
  "of many words": "some word ".repeat(2000),
};

test.each(Object.keys(long))("a speech of 20,000 characters %s is said whole, in lines that fit", (name) => {
  const text = long[name] as string;
  const lines = speechOf(text).map((line) => line.text);
  expect(letters(lines)).toBe(letters([text]));
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(2000);
  for (const line of lines) expect(line).not.toMatch(/\p{Cs}/u);
});

test.each(Object.keys(long))("a paragraph of 20,000 characters %s is shown whole, in shots that fit", (name) => {
  const text = long[name] as string;
  for (const scenes of [scenesOf(text, "freeform"), scenesOf(`1. ${text}`, "numbered")]) {
    const shots = scenes.flatMap((scene) => scene.shots);
    expect(letters(shots.map((shot) => shot.action))).toBe(letters([text]));
    for (const scene of scenes) ProposedScene.parse(scene);
    for (const shot of shots) expect(shot.action).not.toMatch(/\p{Cs}/u);
  }
});
