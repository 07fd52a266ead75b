import fs from "node:fs";
import { expect, test } from "vitest";
import { lexFountain } from "#domain/screenplay/fountain.ts";
import { lexScript } from "#domain/screenplay/fountain/relex.ts";
import { readPdf } from "./read-pdf.ts";
import { readScriptFile } from "./read-script.ts";
import { makeScriptPdf } from "./script-pdf.ts";

const options = { title: "A film", paper: "letter", sceneNumbers: "both" } as const;
const kindsAndWords = (text: string) =>
  lexFountain(text)
    .filter((line) => line.kind !== "blank" && line.kind !== "title-page")
    .map((line) => [line.kind, line.content]);
const wordsOf = async (bytes: Uint8Array) =>
  (await readPdf(bytes)).pages.map((page) =>
    page.rows.map((row) => row.segments.map(({ text }) => text).join("  ")).join("\n"),
  );

test("the sample film goes to paper and comes back from there as the script it was", async () => {
  const sample = fs.readFileSync("sample/low-water.fountain", "utf8");
  const { bytes, missingLetters } = await makeScriptPdf(lexScript(sample).lines, options);
  expect(missingLetters).toBe(0);
  const file = await readScriptFile(bytes, "low-water.pdf");
  expect(file).toMatchObject({ format: "pdf", encoding: "PDF" });
  expect(kindsAndWords(file.text)).toEqual(kindsAndWords(sample));
  expect(file.text).toMatch(/^Title: Low Water\nCredit: written for\nAuthor: Backlot\n/);
});

test("accents, Cyrillic and Greek are letters, not boxes; what no font has is counted", async () => {
  const script = "INT. KÜCHE - DAY\n\nŁódź, ő and ệ. Привет. Γειά σου. “—…”\n\nمرحبا بالعالم\n\nשלום עולם\n";
  const made = await makeScriptPdf(lexScript(script).lines, options);
  expect(made.missingLetters).toBe(0);
  const [page = ""] = await wordsOf(made.bytes);
  for (const words of ["INT. KÜCHE - DAY", "Łódź, ő and ệ. Привет. Γειά σου. “—…”"]) expect(page).toContain(words);
  const chinese = await makeScriptPdf(lexScript("下雨了。\n").lines, options);
  expect(chinese.missingLetters).toBe(4);
});

test("Hebrew and Arabic come back from paper in the order in which they are read", async () => {
  const lines = ["שלום עולם (באמת), זה 2026 ו NASA כאן.", "مرحبا بالعالم (حقا)، هذا 2026 هنا."];
  const made = await makeScriptPdf(lexScript(lines.map((line) => `${line}\n\n`).join("")).lines, options);
  const [page = ""] = await wordsOf(made.bytes);
  expect(page.split("\n")).toEqual(lines);
});

test("pages are numbered from the second on, scenes where that is wished, in both margins", async () => {
  const scenes = Array.from(
    { length: 30 },
    (_, index) => `INT. ROOM ${index + 1} - DAY\n\nSomething happens.\n\n`,
  ).join("");
  const withNumbers = await wordsOf((await makeScriptPdf(lexScript(scenes).lines, options)).bytes);
  expect(withNumbers.length).toBeGreaterThan(2);
  expect(withNumbers[0]).toContain("1  INT. ROOM 1 - DAY  1");
  expect(withNumbers[1]).toMatch(/^2\.\n/);
  const without = await wordsOf(
    (await makeScriptPdf(lexScript(scenes).lines, { ...options, sceneNumbers: "none" })).bytes,
  );
  expect(without[0]).toMatch(/^INT. ROOM 1 - DAY\n/);
});

test("A4 holds more rows than letter, and both keep their sizes", async () => {
  const { PDFDocument } = await import("pdf-lib");
  const lines = lexScript("Rain.\n\n".repeat(200)).lines;
  const letter = await PDFDocument.load((await makeScriptPdf(lines, options)).bytes);
  const a4 = await PDFDocument.load((await makeScriptPdf(lines, { ...options, paper: "a4" })).bytes);
  expect([letter.getPage(0).getWidth(), Math.round(a4.getPage(0).getWidth())]).toEqual([612, 595]);
  expect(a4.getPageCount()).toBeLessThan(letter.getPageCount());
});
