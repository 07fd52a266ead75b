import { expect, test } from "vitest";
import { measureScenes } from "./measure-scenes.ts";
import { layOutPages } from "./pages.ts";
import { lexScript } from "#domain/screenplay/fountain/relex.ts";

function measure(text: string) {
  const { lines } = lexScript(text);
  return measureScenes(lines, layOutPages(lines, { paper: "letter" }));
}
const row = "The boat strains at its ropes, and the rain hisses on it. ";

test("a scene knows where it begins, its number, and how long it is", () => {
  const scenes = measure(`Title: X\n\nINT. _HARBOUR_ - DAY #4A#\n\nRain.\n\nEXT. ROCK - DAWN\n\n${row.repeat(54)}`);
  expect(scenes).toMatchObject([
    { line: 2, heading: "INT. HARBOUR - DAY", number: "4A", page: 1, eighths: 1 },
    { line: 6, heading: "EXT. ROCK - DAWN", page: 1, eighths: 8 },
  ]);
  expect(scenes[1]).not.toHaveProperty("number");
});

test("a page is about a minute, more with much talk and less with much white", () => {
  const talk = measure(
    `INT. A - DAY\n\n${`MAYA\n${"We said that we would never come back here again. ".repeat(10)}\n\n`.repeat(3)}`,
  )[0];
  const white = measure(`INT. A - DAY\n\n${"Rain.\n\n".repeat(26)}`)[0];
  const prose = measure(`INT. A - DAY\n\n${`${row.repeat(5)}\n\n`.repeat(8)}`)[0];
  for (const scene of [talk, white, prose]) expect(scene?.eighths).toBeGreaterThanOrEqual(7);
  expect(talk?.seconds).toBeGreaterThan(60);
  expect(white?.seconds).toBeLessThan(60);
  expect(prose?.seconds).toBeGreaterThan(45);
  expect(prose?.seconds).toBeLessThan(75);
});

test("the eighths of scenes add up to the pages, whose feet are never quite full", () => {
  const scene = `INT. A - DAY\n\n${`${row.repeat(5)}\n\nMAYA\n${"We never came back. ".repeat(9)}\n\n`.repeat(3)}`;
  const text = scene.repeat(40);
  const { lines } = lexScript(text);
  const pages = layOutPages(lines, { paper: "letter" }).length;
  const eighths = measure(text).reduce((sum, one) => sum + one.eighths, 0);
  expect(Math.abs(eighths / 8 - pages)).toBeLessThan(pages * 0.03);
});

test("what a page leaves empty at its foot is not part of a scene", () => {
  const [scene] = measure("INT. A - DAY\n\nRain.\n\n===\n\nMore rain.\n\nINT. B - DAY\n\nThere.");
  expect(scene?.eighths).toBe(1);
});
