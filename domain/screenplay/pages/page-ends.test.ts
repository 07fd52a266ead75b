import { expect, test } from "vitest";
import { pageEnds, pageOfLine } from "./page-ends.ts";
import { layOutPages } from "./pages.ts";
import { lexScript } from "#domain/screenplay/fountain/relex.ts";

const endsOf = (text: string) => {
  const { lines } = lexScript(text);
  return { lines, ends: pageEnds(lines, layOutPages(lines, { paper: "letter" })) };
};
const paragraphs = (count: number) => Array.from({ length: count }, (_, index) => `Rain ${index + 1}.`).join("\n\n");

test("a short script has one page and no page end", () => {
  expect(endsOf("INT. A - DAY\n\nRain.").ends).toEqual([]);
});

test("a page ends ahead of the line that does not fit, and says how much of it stays empty", () => {
  const { lines, ends } = endsOf(paragraphs(30));
  expect(ends).toHaveLength(1);
  expect(lines[ends[0]!.line]?.text).toBe("Rain 28.");
  expect(ends[0]).toMatchObject({ page: 2, column: 0, emptyRows: 1, more: null, continued: null });
});

test("a paragraph that goes over the page's end is cut where the next page begins", () => {
  const sentences = Array.from({ length: 12 }, (_, index) => `Sentence ${index + 1} of this is not a short one.`);
  const { lines, ends } = endsOf(`${paragraphs(25)}\n\n${sentences.join(" ")}`);
  const [end] = ends;
  const line = lines[end!.line]!;
  expect(line.text.slice(end!.column)).toMatch(/^Sentence \d+ of/);
  expect(line.text.slice(0, end!.column)).toMatch(/Sentence 1 .*one\. $/);
});

test("a speech that goes over says so at both sides", () => {
  const speech = Array.from({ length: 30 }, (_, index) => `Sentence ${index + 1} of it.`).join(" ");
  const { ends } = endsOf(`${paragraphs(23)}\n\nMAYA\n${speech}`);
  expect(ends[0]).toMatchObject({ more: "(MORE)", continued: "MAYA (CONT'D)" });
  expect(ends[0]!.column).toBeGreaterThan(0);
});

test("behind a title page begins page 1", () => {
  const { lines, ends } = endsOf("Title: A\nAuthor: B\n\nINT. A - DAY\n\nRain.");
  expect(ends).toMatchObject([{ page: 1 }]);
  expect(lines[ends[0]!.line]?.text).toBe("INT. A - DAY");
});

test("a line is on the page on which it begins, blank ones with what is above them", () => {
  const { lines } = lexScript(`Title: A\n\n${paragraphs(30)}`);
  const pages = layOutPages(lines, { paper: "letter" });
  const at = (text: string) => lines.findIndex((line) => line.text === text);
  expect(pageOfLine(pages, 0)).toBe(1);
  expect(pageOfLine(pages, at("Rain 27."))).toBe(1);
  expect(pageOfLine(pages, at("Rain 28.") - 1)).toBe(1);
  expect(pageOfLine(pages, at("Rain 28."))).toBe(2);
  expect(pageOfLine(pages, lines.length - 1)).toBe(2);
});
