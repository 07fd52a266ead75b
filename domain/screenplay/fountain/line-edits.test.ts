import fc from "fast-check";
import { expect, test } from "vitest";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import { lineEdits, type TextEdit } from "./line-edits.ts";

function applied(text: string, edits: readonly TextEdit[]): string {
  let out = text;
  for (const { at, remove, insert } of edits.toReversed()) out = out.slice(0, at) + insert + out.slice(at + remove);
  return out;
}

test("edits make the new text of the old one, whatever both are", () => {
  const text = fc.array(fc.constantFrom("a", "b", "", "INT. HOUSE", "é 🎬", "🎭", "long line of words"), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(text, text, fc.boolean(), (before, after, ends) => {
      const [old, now] = [before.join("\n") + (ends ? "\n" : ""), after.join("\n")];
      const edits = lineEdits(old, now);
      expect(applied(old, edits)).toBe(now);
      // In order, and apart from each other.
      edits
        .slice(1)
        .forEach((edit, index) => expect(edit.at).toBeGreaterThan(edits[index]!.at + edits[index]!.remove - 1));
    }),
    { numRuns: 300 },
  );
});

test("lines between two changes stay, and in a changed line so does its head and tail", () => {
  const before = "INT. A\n\nRain falls.\n\nMAYA\nHello.\n\nEXT. B\n";
  const after = "INT. AA\n\nRain falls.\n\nMAYA\nHello, you.\n\nEXT. B\n\nNew.\n";
  expect(lineEdits(before, after)).toEqual([
    { at: 6, remove: 0, insert: "A" },
    { at: before.indexOf(".", before.indexOf("Hello")), remove: 0, insert: ", you" },
    { at: before.length, remove: 0, insert: "\nNew.\n" },
  ]);
  expect(lineEdits(before, before)).toEqual([]);
});

test("a long script with a word changed here and there is compared in no time", () => {
  const line = (index: number) => `Line ${index} of a script.\n\n`;
  const before = Array.from({ length: 20_000 }, (_, index) => line(index)).join("");
  const after = before.replace("Line 7 ", "Line seven ").replace("Line 19000 ", "Line 19,000 ");
  const took = cpuTimeOf(() => expect(lineEdits(before, after)).toHaveLength(2));
  expect(took).toBeLessThan(2000);
});
