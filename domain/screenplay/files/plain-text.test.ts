import fs from "node:fs";
import { expect, test } from "vitest";
import { lexFountain } from "#domain/screenplay/fountain.ts";
import { layOutPages } from "#domain/screenplay/pages/pages.ts";
import { fountainOfLayout, layoutOfText, writePlainText } from "./plain-text.ts";
import { lexScript } from "#domain/screenplay/fountain/relex.ts";

const pagesOf = (fountain: string) => layOutPages(lexScript(fountain).lines, { paper: "letter" });
const kindsAndWords = (text: string) =>
  lexFountain(text)
    .filter((line) => line.kind !== "blank" && line.kind !== "title-page")
    .map((line) => [line.kind, line.content]);

test("a script that was printed to text is read back as the script it was", () => {
  const sample = fs.readFileSync("sample/low-water.fountain", "utf8");
  const printed = writePlainText(pagesOf(sample));
  const layout = layoutOfText(printed);
  expect(layout).not.toBeNull();
  expect(kindsAndWords(fountainOfLayout(layout ?? []))).toEqual(kindsAndWords(sample));
});

const long = `INT. HOUSE - DAY #1#

${Array.from({ length: 14 }, (_, index) => `Sentence ${index} of a paragraph that is long enough to be wrapped. It goes on for another row or so, at least.`).join("\n\n")}

MAYA
(low, so that nobody hears a word of what she says to him)
${Array.from({ length: 30 }, (_, index) => `This is sentence ${index} of a long speech.`).join(" ")}

CUT TO:

EXT. STREET - NIGHT #1A#

MAYA
Now.

DAN ^
Never.

Rain.
`;

test("wrapped rows, page numbers, scene numbers, (MORE) and two who speak at once are undone", () => {
  const printed = writePlainText(pagesOf(long));
  expect(printed).toContain("(MORE)");
  expect(printed).toContain("MAYA (CONT'D)");
  const read = fountainOfLayout(layoutOfText(printed) ?? []);
  expect(kindsAndWords(read)).toEqual(kindsAndWords(long));
  expect(lexFountain(read).flatMap((line) => line.number ?? [])).toEqual(["1", "1A"]);
});

test("Fountain, indented a little or not at all, stays as it is", () => {
  for (const text of [
    long,
    "INT. A - DAY\n\n    MAYA\n  Hello.\n\n    DAN\n  Hi.\n\n   MAYA\n  Bye.\n",
    "Just\n   notes.\n",
  ])
    expect(layoutOfText(text)).toBeNull();
});

test("headers, footers and (CONTINUED) of a shooting script are left out", () => {
  const page = (number: number, body: string) =>
    `     LOW WATER - Blue rev. 2025-0${number}-01                           ${number}.\n\n${body}\n\n                                                    (CONTINUED)\n`;
  const said = ["", "Hello there.", "And you?", "Not now.", "Then go."];
  const speech = (number: number) =>
    `                                    ANNA\n                         ${said[number]}\n`;
  const text = [1, 2, 3, 4]
    .map((number) =>
      page(
        number,
        `${number}    CONTINUED:\n\n          ${number}    INT. ROOM ${number} - DAY                        ${number}\n\n               He sits.                                                    *\n\n${speech(number)}`,
      ),
    )
    .join("\f");
  const read = fountainOfLayout(layoutOfText(text) ?? []);
  expect(kindsAndWords(read).slice(0, 4)).toEqual([
    ["scene-heading", "INT. ROOM 1 - DAY"],
    ["action", "He sits."],
    ["character", "ANNA"],
    ["dialogue", "Hello there."],
  ]);
  expect(read).not.toMatch(/CONTINUED|LOW WATER|\*/);
});

test("pages that begin alike with a scene, and end alike with a speech, keep both", () => {
  const scene = (index: number) =>
    `INT. ROOM ${index} - DAY #${index}#\n\n${"A sentence of action that goes on.\n\n".repeat(23)}MAYA\nYes.\n\n===\n\n`;
  const script = Array.from({ length: 12 }, (_, index) => scene(index + 1)).join("");
  const read = fountainOfLayout(layoutOfText(writePlainText(pagesOf(script))) ?? []);
  const ofKind = (text: string, kind: string) => kindsAndWords(text).filter(([one]) => one === kind);
  for (const kind of ["scene-heading", "action", "character", "dialogue"])
    expect(ofKind(read, kind)).toEqual(ofKind(script, kind));
});
