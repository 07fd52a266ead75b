import { expect, test } from "vitest";
import type { LineKind } from "./fountain/line-kinds.ts";
import { lexScript } from "./fountain/relex.ts";
import { suggestAt } from "./script-words.ts";

const script = `INT. FERRY - CAR DECK - NIGHT

MAYA
Hale!

CAPTAIN HALE
Stay there.

MAYA
Why?

CUT TO:

EXT. HARBOUR - DUSK

TOM
Late.

`;

/** What is offered at the end of a line that is written behind the script, as text of the whole line. */
function offered(line: string, meant: LineKind | null = null, before = script): string[] {
  const { lines } = lexScript(`${before}${line}\n\nRain.`);
  const at = before.split("\n").length - 1;
  const found = suggestAt(lines, at, line, meant);
  return (found?.options ?? []).map(({ text }) => line.slice(0, found?.from) + text);
}
const inScene = script.slice(0, script.indexOf("CUT TO:"));

test("the one who spoke before last is offered first: people answer each other", () => {
  expect(offered("", "character", inScene)).toEqual(["CAPTAIN HALE", "MAYA"]);
  expect(offered("", "character")).toEqual(["TOM", "MAYA", "CAPTAIN HALE"]);
});

test("letters narrow the names, by any word of them, and how they are heard is offered for the first", () => {
  expect(offered("CA")).toEqual(["CAPTAIN HALE", "CAPTAIN HALE (V.O.)", "CAPTAIN HALE (O.S.)"]);
  expect(offered("HA", "character")).toEqual([...["CAPTAIN HALE", "CAPTAIN HALE (V.O.)", "CAPTAIN HALE (O.S.)"], "HA"]);
});

test("who has just spoken goes on", () => {
  expect(offered("MA", null, inScene)[1]).toBe("MAYA (CONT'D)");
});

test("a name that nobody has yet can be taken as it is", () => {
  expect(offered("PRI", "character")).toEqual(["PRI"]);
  expect(offered("MAYA", "character")).not.toContainEqual("New character");
});

test("behind a bracket it is how the voice is heard", () => {
  expect(offered("MAYA (", "character")).toEqual(["MAYA (V.O.)", "MAYA (O.S.)", "MAYA (CONT'D)", "MAYA (O.C.)"]);
  expect(offered("MAYA (O", "character")).toEqual(["MAYA (O.S.)", "MAYA (O.C.)"]);
});

test("a heading is offered piece by piece: setting, place, time", () => {
  expect(offered("", "scene-heading")).toEqual(["INT. ", "EXT. ", "INT./EXT. "]);
  expect(offered("IN")).toEqual(["INT. ", "INT./EXT. "]);
  expect(offered("INT. ", "scene-heading")).toEqual(["INT. FERRY - CAR DECK", "INT. HARBOUR"]);
  expect(offered("INT. FE")).toEqual(["INT. FERRY - CAR DECK"]);
  expect(offered("EXT. HARBOUR - ").slice(0, 3)).toEqual([
    "EXT. HARBOUR - NIGHT",
    "EXT. HARBOUR - DUSK",
    "EXT. HARBOUR - DAY",
  ]);
  expect(offered("EXT. HARBOUR - D")).toEqual(["EXT. HARBOUR - DUSK", "EXT. HARBOUR - DAY", "EXT. HARBOUR - DAWN"]);
});

test("transitions of this script come before the usual ones", () => {
  expect(offered("", "transition", `Rain.\n\n> WIPE\n\n`)[0]).toBe("WIPE");
  expect(offered("SM")).toEqual(["SMASH CUT TO:"]);
});

test("nothing is offered in running text, in a speech, and inside a paragraph", () => {
  expect(offered("Maya waits")).toEqual([]);
  expect(offered("M")).toEqual([]);
  expect(offered("MA", null, "MAYA\n")).toEqual([]);
  expect(offered("MA", null, "MAYA\nGo.\n\nRain.\n")).toEqual([]);
});
