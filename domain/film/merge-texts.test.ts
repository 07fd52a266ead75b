import { expect, test } from "vitest";
import { mergeTexts } from "./merge-texts.ts";

const base = "The cup falls. Rain outside.";

test("changes at two places are both kept, whoever made which", () => {
  const [mine, theirs] = ["The blue cup falls. Rain outside.", "The cup falls. Snow outside."];
  expect(mergeTexts(base, mine, theirs)).toBe("The blue cup falls. Snow outside.");
  expect(mergeTexts(base, theirs, mine)).toBe("The blue cup falls. Snow outside.");
});

test("what both added at one place stands there once each, theirs first", () => {
  expect(mergeTexts("A cup.", "A cup. It falls.", "A cup. Nobody looks.")).toBe("A cup. Nobody looks. It falls.");
  expect(mergeTexts("", "mine ", "theirs ")).toBe("theirs mine ");
});

test("who changed nothing gets what the other made", () => {
  expect(mergeTexts(base, base, "")).toBe("");
  expect(mergeTexts(base, "", base)).toBe("");
  expect(mergeTexts(base, "Same.", "Same.")).toBe("Same.");
});

test("the same words changed in two ways are nobody's to merge", () => {
  expect(mergeTexts(base, "The glass falls. Rain outside.", "The plate falls. Rain outside.")).toBeNull();
  expect(mergeTexts(base, "", "The cup falls. Snow outside.")).toBeNull();
});
