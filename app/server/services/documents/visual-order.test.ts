import { expect, test } from "vitest";
import { visualOrder } from "./visual-order.ts";

const drawn = (text: string) => visualOrder(text).stretches.map((stretch) => stretch.text);

test("lines from left to right are drawn as they are read", () => {
  expect(visualOrder("INT. KÜCHE (2026)")).toEqual({
    stretches: [{ text: "INT. KÜCHE (2026)", from: 0 }],
    isRightToLeft: false,
  });
  expect(drawn("")).toEqual([]);
});

test("a Hebrew line runs from the right, its words whole, numbers and names within it from the left", () => {
  const { stretches, isRightToLeft } = visualOrder("שלום (באמת), 2026 NASA");
  expect(isRightToLeft).toBe(true);
  expect(stretches.map(({ text }) => text)).toEqual(["NASA", " ", "2026", " ", ",", "(", "באמת", ")", " ", "שלום"]);
});

test("a Hebrew word in a Latin line stays in its place", () => {
  const { stretches, isRightToLeft } = visualOrder("INT. מטבח קטן - NIGHT");
  expect(isRightToLeft).toBe(false);
  expect(stretches.map(({ text }) => text)).toEqual(["INT. ", "קטן", " ", "מטבח", " - NIGHT"]);
});

test("each stretch knows where in the text it stood, for its style", () => {
  const text = "مرحبا يا ليلى";
  for (const { text: part, from } of visualOrder(text).stretches)
    expect(text.slice(from, from + part.length)).toBe(part);
});
