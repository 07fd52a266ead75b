/** A parser by other people reads the sample film too; both must see the same screenplay in it. */
import fs from "node:fs";
import { Fountain } from "fountain-js";
import { expect, test } from "vitest";
import { lexFountain, type FountainKind } from "#domain/screenplay/fountain.ts";

const sample = fs.readFileSync("sample/low-water.fountain", "utf8");

/** Our names for what fountain-js calls its tokens. It has no word for blank lines, and wraps speeches in marks. */
const theirs: Record<string, FountainKind> = {
  scene_heading: "scene-heading",
  action: "action",
  character: "character",
  parenthetical: "parenthetical",
  dialogue: "dialogue",
  transition: "transition",
};

/** Where we differ on purpose: the syntax only counts "… TO:" as a transition, writers also mean their fades in. */
const fades = new Set(["FADE IN:"]);

test("the sample film reads line for line as fountain-js reads it", () => {
  const tokens = new Fountain().parse(sample, true).tokens;
  const expected = tokens
    .filter((token) => token.type in theirs)
    .map((token) => [fades.has(token.text ?? "") ? "transition" : theirs[token.type], token.text]);
  const lines = lexFountain(sample).filter((line) => line.kind !== "blank" && line.kind !== "title-page");

  expect(new Set(expected.map(([kind]) => kind))).toEqual(new Set(Object.values(theirs)));
  expect(lines.map((line) => [line.kind, line.content])).toEqual(expected);
});

test("the title page of the sample film says what fountain-js finds in it", () => {
  const titles = new Fountain()
    .parse(sample, true)
    .tokens.filter((token) => token.is_title)
    .map((token) => token.text);
  const lines = lexFountain(sample).filter((line) => line.kind === "title-page");

  expect(titles.length).toBeGreaterThan(3);
  expect(lines.map((line) => line.content.replace(/^[^:]*:\s*/, ""))).toEqual(titles);
});
