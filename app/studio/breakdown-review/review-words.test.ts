import { expect, test } from "vitest";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { acceptWords, summaryWords, valueWords } from "./review-words.ts";

const nothing = { new: 0, changed: 0, moved: 0, untouched: 0, aside: 0, scenes: 0 };

test("the summary says what there is and nothing else", () => {
  expect(summaryWords({ ...nothing, new: 1, changed: 1, untouched: 16 })).toBe("1 new shot, 1 changed, 16 untouched");
  expect(summaryWords({ ...nothing, moved: 2, aside: 1, scenes: 1 })).toBe("2 moved, 1 set aside, 1 scene changed");
});

test("the button says how many it takes", () => {
  expect([1, 2, 7].map(acceptWords)).toEqual(["Accept it", "Accept both", "Accept all 7"]);
});

test("values are said as people say them", () => {
  expect([
    valueWords("close_up", fps),
    valueWords("push_in", fps),
    valueWords("A lamp.", fps),
    valueWords(48, fps),
  ]).toEqual(["Close-up", "Push in", "A lamp.", "00:00:02:00"]);
});
