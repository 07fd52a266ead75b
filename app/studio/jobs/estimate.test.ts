import { expect, test } from "vitest";
import { aboutSeconds, estimateWords } from "./estimate.ts";

test("times are rounded as people say them", () => {
  expect([0.2, 12.4, 47, 100, 3600, 4200].map(aboutSeconds)).toEqual([
    "about 1 s",
    "about 12 s",
    "about 45 s",
    "about 2 min",
    "about 1 h",
    "about 1 h 10 min",
  ]);
});

test("a button says price and wait, or only what is known", () => {
  expect(estimateWords({ jobs: 1, waitSeconds: 0, renderSeconds: 12, cost: null })).toBe("Free · about 12 s");
  expect(
    estimateWords({ jobs: 1, waitSeconds: null, renderSeconds: null, cost: { amount: 0.18, currency: "USD" } }),
  ).toBe("$0.18");
  expect(estimateWords(null)).toBe("");
});
