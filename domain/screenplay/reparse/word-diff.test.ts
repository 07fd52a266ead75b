import fc from "fast-check";
import { expect, test } from "vitest";
import { diffWords } from "./word-diff.ts";

test("a changed word is the only one that is marked", () => {
  expect(diffWords("The second hand stops.", "The second hand runs backwards.")).toEqual([
    { kind: "same", text: "The second hand " },
    { kind: "gone", text: "stops." },
    { kind: "new", text: "runs backwards." },
  ]);
});

test("whatever the texts, both can be read back out of it", () => {
  const text = fc
    .array(fc.constantFrom("a", "lamp", " ", "  ", "\n", "é"), { maxLength: 30 })
    .map((all) => all.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = diffWords(before, after);
      const without = (kind: string) => parts.flatMap((part) => (part.kind === kind ? [] : [part.text])).join("");
      expect(without("new")).toBe(before);
      expect(without("gone")).toBe(after);
    }),
  );
});

test("texts of ten thousand words are compared at once", () => {
  const long = Array.from({ length: 10_000 }, (_, at) => `word${at}`).join(" ");
  expect(diffWords(long, long.replace("word5000", "lamp")).filter(({ kind }) => kind !== "same")).toHaveLength(2);
  expect(diffWords(long, long.split(" ").toReversed().join(" "))).not.toEqual([]);
});
