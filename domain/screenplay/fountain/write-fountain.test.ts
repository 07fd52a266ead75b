import { expect, test } from "vitest";
import type { Run } from "./emphasis.ts";
import { runsOf } from "./emphasis.ts";
import { lexFountain } from "#domain/screenplay/fountain.ts";
import { writeFountain, writeRuns, type ScriptElement } from "./write-fountain.ts";

const plain: Run = { text: "", bold: false, italic: false, underline: false };

test("what reads right by itself is written without marks", () => {
  const text = writeFountain(
    [
      { kind: "transition", text: "FADE IN:" },
      { kind: "scene-heading", text: "EXT. PIER - DUSK", number: "1A" },
      { kind: "action", text: "Rain.\nMore rain." },
      { kind: "action", text: "It stops.", gap: false },
      { kind: "character", text: "MAYA (O.S.)" },
      { kind: "parenthetical", text: "calling out" },
      { kind: "dialogue", text: "Wait!\n\nOne more!" },
      { kind: "dual-character", text: "DAN" },
      { kind: "dialogue", text: "No." },
    ],
    [
      { key: "Title", values: ["Low Water"] },
      { key: "Contact", values: ["A street", "A town"] },
    ],
  );
  expect(text).toBe(`Title: Low Water
Contact:
    A street
    A town

FADE IN:

EXT. PIER - DUSK #1A#

Rain.
More rain.
It stops.

MAYA (O.S.)
(calling out)
Wait!
${"  "}
One more!

DAN ^
No.
`);
});

test("what would read as something else is forced, and keeps its words", () => {
  const elements: ScriptElement[] = [
    { kind: "action", text: "Title: a word and a colon" },
    { kind: "scene-heading", text: "SNIPER SCOPE" },
    { kind: "action", text: "INT. is short for interior" },
    { kind: "action", text: "BOOM" },
    { kind: "character", text: "McCLANE" },
    { kind: "dialogue", text: "Yippie." },
    { kind: "transition", text: "Slowly to black" },
    { kind: "character", text: "NOBODY" },
    { kind: "section", text: "Act two", depth: 2 },
    { kind: "synopsis", text: "They meet." },
    { kind: "note", text: "one\n\ntwo" },
    { kind: "centered", text: "The End" },
    { kind: "page-break", text: "" },
    { kind: "lyric", text: "La la" },
  ];
  const read = lexFountain(writeFountain(elements)).filter((line) => line.kind !== "blank");
  expect(read.map((line) => [line.kind, line.content])).toEqual(
    elements.flatMap(({ kind, text }) =>
      kind === "note" ? ["", "", ""].map((content) => [kind, content]) : [[kind, text]],
    ),
  );
});

test("styles become marks that read back, and signs that are meant as such stay", () => {
  const styled: Run[] = [
    { ...plain, text: "One " },
    { ...plain, text: "bold ", bold: true },
    { ...plain, text: "both", bold: true, italic: true },
    { ...plain, text: ", a " },
    { ...plain, text: "line", underline: true },
    { ...plain, text: " and 2*3*4." },
  ];
  const text = writeRuns(styled);
  expect(
    runsOf(text)
      .map((run) => run.text)
      .join(""),
  ).toBe("One bold both, a line and 2*3*4.");
  expect(runsOf(text).find((run) => run.text === "line")?.underline).toBe(true);
  expect(writeRuns([{ ...plain, text: "*not italic*" }])).toBe("\\*not italic\\*");
  expect(writeRuns([{ ...plain, text: "He dialed *69" }])).toBe("He dialed *69");
});
