import { expect, test } from "vitest";
import { enterPressed } from "./enter-pressed.ts";

const enter = { key: "Enter", isComposing: false, keyCode: 13 };

test("Enter answers, from a listener of the page and from React", () => {
  expect(enterPressed(enter)).toBe(true);
  expect(enterPressed({ nativeEvent: enter })).toBe(true);
  expect(enterPressed({ ...enter, key: "a" })).toBe(false);
});

test("Enter that takes what an input method offers is no answer, in no browser", () => {
  expect(enterPressed({ ...enter, isComposing: true })).toBe(false);
  expect(enterPressed({ nativeEvent: { ...enter, isComposing: true } })).toBe(false);
  expect(enterPressed({ ...enter, keyCode: 229 })).toBe(false);
});
