import { expect, test } from "vitest";
import { titleOf } from "./title.ts";

test("a title is the first sentence of what was asked for", () => {
  expect(titleOf("A rainy neon alley.  A detective walks in.")).toBe("A rainy neon alley");
  expect(titleOf("Where is everybody? Nobody knows.")).toBe("Where is everybody?");
  expect(titleOf("  A rainy\nneon alley  ")).toBe("A rainy neon alley");
  expect(titleOf("J. R. walks home at night")).toBe("J. R. walks home at night");
});

test("a long one is cut between two words, and one long word is cut as it is", () => {
  const long = titleOf("an alley ".repeat(40));
  expect(long.length).toBeLessThanOrEqual(92);
  expect(long).toMatch(/(an|alley) …$/);
  expect(titleOf("x".repeat(20_000))).toBe(`X${"x".repeat(89)} …`);
  expect(titleOf("   ")).toBe("Untitled scene");
});

test("a title begins with a capital letter, whatever the prompt begins with", () => {
  expect(titleOf("a rainy neon alley, a detective")).toBe("A rainy neon alley, a detective");
  expect(titleOf("élan vital, in a dance hall")).toBe("Élan vital, in a dance hall");
  expect(titleOf("3 sailors on deck")).toBe("3 sailors on deck");
});
