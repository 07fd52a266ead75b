import { expect, test } from "vitest";
import type { Scene } from "#domain/film/scene.ts";
import type { SceneMeasure } from "./pages/measure-scenes.ts";
import { outlineOf, pagesInEighths, sceneAtLine } from "./script-outline.ts";

const written = (line: number, heading: string): SceneMeasure => ({ line, heading, page: 1, eighths: 2, seconds: 12 });
const onBoard = (id: string, heading: string): Scene =>
  ({ id, heading, setting: "int", location: "", time: "", synopsis: "", number: 1 }) as Scene;

const names = (entries: ReturnType<typeof outlineOf>) =>
  entries.map(({ measure, scene }) => `${measure?.heading ?? "-"} / ${scene?.id ?? "-"}`);

test("a written scene meets the one on the board with its heading, the second with the second", () => {
  const measures = [written(0, "INT. BAR - DAY"), written(9, "EXT. PIER - DAY"), written(20, "INT. BAR - DAY")];
  const scenes = [
    onBoard("bar 1", "INT. BAR - DAY"),
    onBoard("pier", "ext.  pier - day"),
    onBoard("bar 2", "INT. BAR - DAY"),
  ];
  expect(names(outlineOf(measures, scenes))).toEqual([
    "INT. BAR - DAY / bar 1",
    "EXT. PIER - DAY / pier",
    "INT. BAR - DAY / bar 2",
  ]);
});

test("what is only written has no scene yet, what is only on the board stays behind the one it follows there", () => {
  const measures = [written(0, "INT. BAR - DAY"), written(9, "EXT. NEW - DAY")];
  const scenes = [onBoard("first", "FIRST"), onBoard("bar", "INT. BAR - DAY"), onBoard("extra", "EXTRA")];
  expect(names(outlineOf(measures, scenes))).toEqual([
    "- / first",
    "INT. BAR - DAY / bar",
    "- / extra",
    "EXT. NEW - DAY / -",
  ]);
});

test("a scene that was renamed on the board is still the one of its heading in the script", () => {
  const source = { heading: "INT. BAR - DAY", synopsis: "", shots: [] };
  const scene = { ...onBoard("bar", "INT. SALOON - DAY"), source };
  expect(names(outlineOf([written(0, "INT. BAR - DAY")], [scene]))).toEqual(["INT. BAR - DAY / bar"]);
});

test("the scene of a line is the last that begins above it", () => {
  const measures = [written(3, "A"), written(9, "B")];
  expect(sceneAtLine(measures, 2)).toBeNull();
  expect(sceneAtLine(measures, 3)?.heading).toBe("A");
  expect(sceneAtLine(measures, 8)?.heading).toBe("A");
  expect(sceneAtLine(measures, 100)?.heading).toBe("B");
});

test.each([
  [1, "⅛"],
  [8, "1"],
  [25, "3⅛"],
  [0, "0"],
])("%i eighths are %s pages", (eighths, words) => {
  expect(pagesInEighths(eighths)).toBe(words);
});
