import fc from "fast-check";
import { expect, test } from "vitest";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import { withoutEmphasis } from "./fountain/emphasis.ts";
import { cueName, lexFountain, type FountainKind } from "./fountain.ts";

const kindsOf = (text: string): FountainKind[] => lexFountain(text).map((line) => line.kind);
const kindOf = (line: string): FountainKind | undefined => kindsOf(line)[0];

test("every character of any text is in exactly one line", () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "\n",
      "\r\n",
      "\r",
      "INT. A - DAY",
      "MAYA",
      "MAYA ^",
      "(low)",
      "/*",
      "*/",
      "[[",
      "]]",
      "===",
      "= x",
      "> y <",
      "Title: x",
      "  ",
      "~la",
      "#1#",
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      const lines = lexFountain(text);
      expect(lines.map((line) => line.text + line.eol).join("")).toBe(text);
      for (const line of lines) expect(text.slice(line.from, line.to)).toBe(line.text);
    }),
  );
});

test("reads a page with every usual element", () => {
  const page =
    "Title: X\nAuthor: Y\n\nFADE IN:\n\nEXT. HARBOUR - DUSK\n\nRain.\n\nMAYA (V.O.)\n(calling out)\nWait!\n\nHALE ^\nNo.\n\nCUT TO:\n\n> THE END <";
  expect(kindsOf(page)).toEqual([
    "title-page",
    "title-page",
    "blank",
    "transition",
    "blank",
    "scene-heading",
    "blank",
    "action",
    "blank",
    "character",
    "parenthetical",
    "dialogue",
    "blank",
    "dual-character",
    "dialogue",
    "blank",
    "transition",
    "blank",
    "centered",
  ]);
});

test("knows scene headings in all their spellings", () => {
  for (const line of [
    "INT. HOUSE - DAY",
    "ext. beach - night",
    "INT./EXT. CAR",
    "INT/EXT CAR - DAY",
    "I/E. CAR",
    "EST. CITY",
    "EXT BEACH",
    ".THE ROCK",
  ]) {
    expect(kindOf(line), line).toBe("scene-heading");
  }
  for (const line of ["Interior monologue.", "...and then", "Extra care is taken.", "Intense heat."])
    expect(kindOf(line), line).toBe("action");
});

test("takes the scene number off the heading", () => {
  expect(lexFountain("INT. HOUSE - DAY #12A-1#")[0]).toMatchObject({ content: "INT. HOUSE - DAY", number: "12A-1" });
});

test("forced elements win over what the line looks like", () => {
  expect(kindOf("!INT. NOT A HEADING")).toBe("action");
  expect(kindsOf("@McAvoy\nYo.")).toEqual(["character", "dialogue"]);
  expect(kindOf("> Burn to white.")).toBe("transition");
  expect(kindOf("~Willy Wonka!")).toBe("lyric");
  expect(kindOf("## Act two")).toBe("section");
  expect(kindOf("= They meet.")).toBe("synopsis");
  expect(kindOf("====")).toBe("page-break");
});

test("capitals of other alphabets are cues, lone capitals without a speech are action", () => {
  expect(kindsOf("ÉLODIE\nOui.")).toEqual(["character", "dialogue"]);
  expect(kindsOf("МАЙЯ\nДа.")).toEqual(["character", "dialogue"]);
  expect(kindsOf("R2-D2 (CONT'D)\nBeep.")).toEqual(["character", "dialogue"]);
  expect(kindOf("BANG")).toBe("action");
  expect(kindsOf("他走了。\n他回来了。")).toEqual(["action", "action"]);
});

test("notes and boneyard hide lines, and half-typed ones hide nothing", () => {
  expect(kindsOf("Aa\n/* gone\n\nINT. GONE - DAY\n*/\nBb")).toEqual([
    "action",
    "boneyard",
    "boneyard",
    "boneyard",
    "boneyard",
    "action",
  ]);
  expect(kindsOf("[[a note\nover two lines]]\n\nINT. HERE - DAY")).toEqual(["note", "note", "blank", "scene-heading"]);
  expect(kindsOf("/* open\n\nINT. HERE - DAY")).toEqual(["action", "blank", "scene-heading"]);
  expect(lexFountain("She waits [[how long?]] there.")[0]?.content).toBe("She waits  there.");
});

test("two spaces keep a speech going", () => {
  expect(kindsOf("DAN\nOne.\n  \nTwo.\n\nHe goes.")).toEqual([
    "character",
    "dialogue",
    "dialogue",
    "dialogue",
    "blank",
    "action",
  ]);
});

test("names and emphasis are read without their marks", () => {
  expect(cueName("CAPTAIN HALE (CONT'D) ^")).toBe("CAPTAIN HALE");
  expect(withoutEmphasis("***now*** _here_ *there* 2 * 3 \\*star\\*")).toBe("now here there 2 * 3 *star*");
});

test("two megabytes of hostile marks take about a second at most", () => {
  for (const text of [
    "[[".repeat(1_000_000),
    "/*\n\n".repeat(400_000),
    "She goes.\n".repeat(200_000),
    "**_".repeat(600_000),
  ]) {
    expect(cpuTimeOf(() => lexFountain(text))).toBeLessThan(2500);
  }
});
