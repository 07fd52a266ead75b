/** What somebody sends to hold everybody up: a line of any length is read once, not once for every sign in it. */
import { expect, test } from "vitest";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { cueName, lexFountain } from "#domain/screenplay/fountain.ts";
import { fountainOfFdx } from "#domain/screenplay/files/fdx-elements.ts";
import { readHeading, shortPlace } from "./heading.ts";
import { fountainOfPages } from "#domain/screenplay/files/pdf-lines.ts";
import { findPeople } from "#domain/screenplay/breakdown/people.ts";
import { castFromScript } from "#domain/screenplay/plan/plan-cast.ts";
import { lexScript } from "./relex.ts";
import { layOutPages } from "#domain/screenplay/pages/pages.ts";
import { readTitlePage } from "./title-page.ts";
import { writeFountain, writeRuns } from "./write-fountain.ts";

const length = 50_000;
const run = (sign: string) => sign.repeat(length / sign.length);
const names = Array.from(
  { length: length / 8 },
  (_, at) => `NA${at.toString(26).replace(/\d/g, (digit) => "QRSTUVWXYZ"[Number(digit)] as string)}`,
);

const lines: Record<string, string> = {
  "spaces inside a heading": `INT. A${run(" ")}B`,
  "spaces and a dash at its end": `INT. A -${run(" ")}x-`,
  "spaces inside a name": `MAYA${run(" ")}B`,
  "spaces behind a word": `CONTINUED${run(" ")}x`,
  "spaces behind the key of a title page": `Title${run(" ")}x`,
  "nothing but spaces ahead": `${run(" ")}x`,
  "spaces that do not break": `INT. A${run("\u00a0")}B`,
  "dashes between spaces": `INT. A${run(" -")}B`,
  "dashes alone": `INT. A${run("-")}B`,
  "brackets that stay open": `MAYA ${run("(")}`,
  "brackets and spaces": `MAYA ${run(" (")}`,
  "number marks": `INT. A ${run("#")}1`,
  "marks of emphasis": `a ${run("*a ")}`,
  "notes that stay open": `a ${run("[[ ")}`,
  "boneyards that stay open": `a ${run("/* ")}`,
  "names of single letters": run("A."),
  "names with dashes": run("A-"),
  "names that are introduced, each another": names.join(", "),
  "sentences without words": run("。"),
  "one letter": run("A"),
  "sentences of a word": run("Go. "),
  commas: run("A, "),
  "half of a pair": run("\ud83d"),
};

const fps = { num: 24, den: 1 };
const paragraph = (type: string, text: string) => ({
  ...{ type, notes: [text], number: text },
  runs: [
    { text, bold: true, italic: false, underline: false },
    { text, bold: false, italic: false, underline: false },
  ],
});
const readers: Record<string, (line: string) => unknown> = {
  lexing: (line) => [lexFountain(line), lexFountain(`A\n\n${line}\n`), lexFountain(`A\n\n${line}\nb`)],
  "reading a heading": (line) => [readHeading(line), shortPlace(line)],
  "a name": (line) => cueName(line),
  "the title page": (line) => readTitlePage(lexScript(`Title: a\n${line}\n    ${line}`).lines),
  breakdown: (line) => breakDown(`INT. A - DAY\n\n${line}\n\nMAYA\n${line}\n`, { fps }),
  "breakdown of a list": (line) => breakDown(`1. a\n2. ${line}`, { fps, mode: "numbered" }),
  people: (line) => findPeople([line], [line]).namedIn(line),
  cast: (line) => castFromScript(line),
  "rows of a PDF": (line) =>
    fountainOfPages([
      {
        rows: [15, 35, 25].map((column) => ({ segments: [{ column, text: line }], gap: column === 25 ? 0 : 1 })),
        width: 85,
      },
    ]),
  "Final Draft": (line) =>
    fountainOfFdx({
      title: [paragraph("General", line)],
      blocks: ["Scene Heading", "Action", "Character", "Dialogue"].map((type) => paragraph(type, line)),
    }),
  "writing Fountain": (line) => [
    writeFountain([{ kind: "scene-heading", text: line, number: line }], [{ key: line, values: [line] }]),
    writeRuns(paragraph("Action", line).runs),
  ],
  pages: (line) => layOutPages(lexScript(`INT. A - DAY\n\n${line}\n\nMAYA\n${line}`).lines, { paper: "letter" }),
};

test.each(Object.keys(lines))("a line of 50,000 characters is read at once: %s", (name) => {
  const slow: string[] = [];
  for (const [reader, read] of Object.entries(readers)) {
    const took = cpuTimeOf(() => read(lines[name] as string));
    // Where time grows with the square of the length, it is minutes.
    if (took > 2000) slow.push(`${reader}: ${Math.round(took)} ms`);
  }
  expect(slow).toEqual([]);
});
