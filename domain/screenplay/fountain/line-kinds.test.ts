import { expect, test } from "vitest";
import { isKind, lineKinds, turnInto, type LineKind } from "./line-kinds.ts";
import { lexScript, relexScript } from "./relex.ts";

/** The text after the line in which `|` stands has become another kind; null when it can't be. */
function turned(text: string, kind: LineKind): string | null {
  const at = text.slice(0, text.indexOf("|")).split("\n").length - 1;
  const script = lexScript(text.replace("|", ""));
  const edit = turnInto(script, at, kind);
  if (!edit) return null;
  const after = relexScript(script, { from: edit.from, to: edit.to, text: edit.lines.join("\n") }).script;
  expect(isKind(after.lines[edit.from + edit.target], kind)).toBe(true);
  return after.lines.map((line) => line.text).join("\n");
}

test.each<[string, LineKind, string | null]>([
  // A heading that says INT. or EXT. needs no mark, one that does not is forced.
  ["|int kitchen - day\n\nRain.", "scene-heading", "INT KITCHEN - DAY\n\nRain."],
  ["Rain.\n\n|kitchen\n", "scene-heading", "Rain.\n\n.KITCHEN\n"],
  ["Rain.\n|INT. KITCHEN\nMore.", "scene-heading", "Rain.\nINT. KITCHEN\nMore."],
  ["MAYA\nGo.\n|kitchen\n", "scene-heading", "MAYA\nGo.\n\n.KITCHEN\n"],
  // A name needs words under it; alone it is marked.
  ["Rain.\n\n|Maya\nGo.\n", "character", "Rain.\n\nMAYA\nGo.\n"],
  ["Rain.\n\n|Maya (on the phone)\n\nRain.", "character", "Rain.\n\n@MAYA (on the phone)\n\nRain."],
  ["Rain.\n|Maya\nGo.\n", "character", "Rain.\n\nMAYA\nGo.\n"],
  ["\n|מאיה\nGo.", "character", "\n@מאיה\nGo."],
  // Words come to the name above them.
  ["MAYA\n\n|Go.\n", "dialogue", "MAYA\nGo.\n"],
  ["MAYA\nWait.\n\n|Go.\n", "dialogue", "MAYA\nWait.\nGo.\n"],
  ["MAYA\n|(low)\nGo.", "dialogue", "MAYA\nlow\nGo."],
  ["Rain falls.\n\n|Go.\n", "dialogue", null],
  ["MAYA\n|low\nGo.", "parenthetical", "MAYA\n(low)\nGo."],
  ["|low\n", "parenthetical", null],
  // A transition stands alone.
  ["Rain.\n\n|cut to\n\nMore.", "transition", "Rain.\n\nCUT TO:\n\nMore."],
  ["Rain.\n\n|cut to:\nMore.", "transition", "Rain.\n\nCUT TO:\n\nMore."],
  ["Rain.\n\n|wipe\n", "transition", "Rain.\n\n> WIPE\n"],
  // Action loses its marks, and gets one where it would read as something else.
  ["|.KITCHEN\n\nRain.", "action", "KITCHEN\n\nRain."],
  ["|INT. KITCHEN\n\nRain.", "action", "!INT. KITCHEN\n\nRain."],
  ["> WIPE|\n", "action", "WIPE\n"],
  ["MAYA\n|Go.\n", "action", "MAYA\n\nGo.\n"],
  ["~la la|", "action", "la la"],
  ["@Maya ^|\nGo.", "action", "Maya\nGo."],
  // What is not written with keys stays.
  ["Title: A|\n", "action", null],
  ["[[a note|]]", "action", null],
  ["\n|\n", "character", null],
])("%j as %s is %j", (text, kind, expected) => {
  expect(turned(text, kind)).toBe(expected);
});

test("what is of that kind already stays as it is, marks included", () => {
  expect(turned("@Maya|\n\nRain.", "character")).toBe("@Maya\n\nRain.");
  expect(turned("MAYA ^|\nGo.", "character")).toBe("MAYA ^\nGo.");
});

test("whatever a line was turned into, its words come back as action", () => {
  for (const kind of lineKinds) {
    const once = turned("A.\n\n|SMOKE RISES\n\nB.", kind);
    if (once === null) continue;
    const back = turned(once.replace("SMOKE RISES", "|SMOKE RISES"), "action");
    expect(back?.split("\n").filter((line) => line !== "")).toEqual(["A.", "SMOKE RISES", "B."]);
  }
});
