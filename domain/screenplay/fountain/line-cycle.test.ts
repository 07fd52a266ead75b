import { expect, test } from "vitest";
import { onEnter, onShiftTab, onTab, type CaretPlace, type KeyStep } from "./line-cycle.ts";
import type { LineKind } from "./line-kinds.ts";
import { lexScript } from "./relex.ts";

type Key = (place: CaretPlace) => KeyStep | null;

/** What is there after the key: the text with `|` where the caret is, and what the caret's line is meant to be. */
function after(key: Key, text: string, meant: LineKind | null): [string, LineKind | null] | string | null {
  const lines = text.replace("|", "").split("\n");
  const before = text.slice(0, text.indexOf("|")).split("\n");
  const at = before.length - 1;
  const step = key({ lines: lexScript(lines.join("\n")).lines, at, column: before[at]!.length, meant });
  if (step === null) return null;
  if (step.does === "mean") return [text, step.kind];
  if (step.does === "turn") return step.into.join(", ");
  const line = lines[at]!;
  const written = `${step.text.slice(0, step.caret)}|${step.text.slice(step.caret)}`;
  lines[at] = line.slice(0, step.from) + written + line.slice(step.to);
  return [lines.join("\n"), step.next];
}

test.each<[string, LineKind | null, [string, LineKind | null] | null]>([
  // Enter goes on to what usually follows.
  ["INT. KITCHEN - DAY|", null, ["INT. KITCHEN - DAY\n\n|", "action"]],
  ["Rain falls.|", null, ["Rain falls.\n\n|", "action"]],
  ["Rain falls.  |\n\nMore.", null, ["Rain falls.\n\n|\n\nMore.", "action"]],
  ["x\n\nMAYA|\nGo.", null, ["x\n\nMAYA\n|\nGo.", "dialogue"]],
  ["x\n\nMAYA|", null, ["x\n\nMAYA\n|", "dialogue"]],
  ["x\n\nMAYA|", "character", ["x\n\nMAYA\n|", "dialogue"]],
  ["MAYA\n(low|)\nGo.", null, ["MAYA\n(low)\n|\nGo.", "dialogue"]],
  ["MAYA\nGo.|\n", null, ["MAYA\nGo.\n\n|\n", "action"]],
  ["x\n\nCUT TO:|\n", null, ["x\n\nCUT TO:\n\n|\n", "scene-heading"]],
  // Inside a line, before more of the same paragraph, and in the writer's own lines, it is a new line and no more.
  ["Rain |falls.", null, null],
  ["Rain falls.|\nAnd falls.", null, null],
  ["MAYA\nGo.|\nGo now.", null, null],
  ["[[a note]]|", null, null],
  ["Title: A film|", null, null],
  ["# Act one|", null, null],
  // Capitals that end like a sentence are no name.
  ["x\n\nBANG!|", null, ["x\n\nBANG!\n\n|", "action"]],
  ["x\nTHE DOOR SLAMS|", null, ["x\nTHE DOOR SLAMS\n\n|", "action"]],
  // On a new empty line it takes back what was meant, so twice Enter makes one empty line.
  ["Rain.\n\n|", "action", ["Rain.\n\n|", null]],
  ["Rain.\n\n|", "character", ["Rain.\n\n|", null]],
  ["Rain.\n\n|", null, null],
  ["MAYA\n|", "dialogue", ["MAYA\n\n|", null]],
])("Enter at %j (%s) gives %j", (text, meant, expected) => {
  expect(after(onEnter, text, meant)).toEqual(expected);
});

test.each<[string, LineKind | null, ReturnType<typeof after>]>([
  // On an empty line Tab goes round.
  ["Rain.\n\n|", null, ["Rain.\n\n|", "character"]],
  ["Rain.\n\n|", "character", ["Rain.\n\n|", "transition"]],
  ["Rain.\n\n|", "transition", ["Rain.\n\n|", "scene-heading"]],
  ["Rain.\n\n|", "scene-heading", ["Rain.\n\n|", "action"]],
  ["Rain.\n|", null, ["Rain.\n\n|", "character"]],
  ["Rain.\n|\nMore.", null, ["Rain.\n\n|\n\nMore.", "character"]],
  ["MAYA\n|", "dialogue", ["MAYA\n(|)", "parenthetical"]],
  ["MAYA\n(|)", "parenthetical", ["MAYA\n|", "dialogue"]],
  // Behind the words it goes on to what may follow as well.
  ["Rain.|", null, ["Rain.\n\n|", "character"]],
  ["x\n\nMAYA|", "character", ["x\n\nMAYA\n(|)", "parenthetical"]],
  ["MAYA\nGo.|\n", null, ["MAYA\nGo.\n(|)\n", "parenthetical"]],
  ["MAYA\n(low|)\n", null, ["MAYA\n(low)\n|\n", "dialogue"]],
  ["INT. KITCHEN|", null, ["INT. KITCHEN - |", "scene-heading"]],
  ["INT. KITCHEN -|", null, ["INT. KITCHEN - |", "scene-heading"]],
  ["INT. KITCHEN - DAY|", null, ["INT. KITCHEN - DAY\n\n|", "action"]],
  ["x\n\nCUT TO:|\n", null, ["x\n\nCUT TO:\n\n|\n", "scene-heading"]],
  // Inside the words it turns the line.
  ["Ra|in.", null, "character, transition, scene-heading"],
  ["MAYA\nG|o.", null, "parenthetical, action"],
  ["[[a no|te]]", null, null],
])("Tab at %j (%s) gives %j", (text, meant, expected) => {
  expect(after(onTab, text, meant)).toEqual(expected);
});

test("Shift+Tab goes round the other way", () => {
  expect(after(onShiftTab, "Rain.\n\n|", null)).toEqual(["Rain.\n\n|", "scene-heading"]);
  expect(after(onShiftTab, "Rain.\n\n|", "character")).toEqual(["Rain.\n\n|", "action"]);
  expect(after(onShiftTab, "Rain.|", null)).toEqual("scene-heading, transition, character");
});
