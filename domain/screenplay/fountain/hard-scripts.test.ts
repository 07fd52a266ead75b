/** Scripts that nobody expects: each is read, laid out and measured, whole and in a moment. */
import { expect, test } from "vitest";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import { runsOf } from "./emphasis.ts";
import { lexFountain } from "#domain/screenplay/fountain.ts";
import { measureScenes } from "#domain/screenplay/pages/measure-scenes.ts";
import { textOf } from "#domain/screenplay/pages/page-text.ts";
import { layOutPages } from "#domain/screenplay/pages/pages.ts";
import { lexScript, relexScript } from "./relex.ts";

function paper(text: string) {
  const { lines } = lexScript(text);
  const pages = layOutPages(lines, { paper: "letter" });
  return { lines, pages, scenes: measureScenes(lines, pages) };
}
const rowsOf = (text: string) =>
  paper(text).pages.flatMap(({ rows }) => rows.map((row) => (row ? textOf(row.runs) : "")));

test("ten thousand scenes are read, laid out and measured, and a key among them costs what it touches", () => {
  const text = "INT. HARBOUR - DAY\n\nRain.\n\nMAYA\nWait!\n\n".repeat(10_000);
  let read = paper("");
  expect(cpuTimeOf(() => void (read = paper(text)))).toBeLessThan(8000);
  expect(read.scenes).toHaveLength(10_000);
  expect(read.scenes.at(-1)?.page).toBe(read.pages.length);
  const script = lexScript(text);
  const { changed } = relexScript(script, { from: 30_002, to: 30_003, text: "Hail." });
  expect(changed.toAfter - changed.from).toBe(1);
});

test("headings alone are scenes of an eighth each at least", () => {
  const { scenes, pages } = paper("INT. A - DAY\n\n".repeat(200));
  expect(scenes).toHaveLength(200);
  for (const scene of scenes) expect(scene).toMatchObject({ eighths: 1 });
  expect(pages.flatMap(({ rows }) => rows.filter((row) => row !== null))).toHaveLength(200);
});

test("a script without a heading has pages and no scenes", () => {
  const { scenes, pages } = paper("She waits for the last ferry.\n\n".repeat(100));
  expect(scenes).toEqual([]);
  expect(pages).toHaveLength(4);
});

test("scripts from right to left are read by the same marks", () => {
  const arabic =
    ".داخلي. الميناء - ليل #1#\n\nالمطر على الماء الأسود.\n\n@مايا\n(بهدوء)\nانتظر! *واحد* آخر.\n\n> النهاية <";
  expect(lexFountain(arabic).map((line) => line.kind)).toEqual([
    "scene-heading", "blank", "action", "blank", "character", "parenthetical", "dialogue", "blank", "centered",
  ]); // prettier-ignore
  expect(lexFountain(arabic)[0]).toMatchObject({ content: "داخلي. الميناء - ليل", number: "1" });
  expect(runsOf("انتظر! *واحد* آخر.").map((run) => [run.text, run.italic])).toEqual([
    ["انتظر! ", false],
    ["واحد", true],
    [" آخر.", false],
  ]);
  expect(rowsOf("@מאיה\nחכה! ".concat("עוד אחד בבקשה. ".repeat(10))).length).toBeGreaterThan(4);
  const vowels = "שָׁלוֹם ".repeat(10).trim();
  // Marks over and under letters take no room of their own.
  expect(rowsOf(vowels)).toEqual([vowels]);
});

test("letters of other planes, and marks that combine, are never parted", () => {
  for (const row of rowsOf("👩‍🚀🎬".repeat(60))) expect(row).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
  expect(rowsOf("e\u0301".repeat(70)).map((row) => row.length)).toEqual([120, 20]);
});
