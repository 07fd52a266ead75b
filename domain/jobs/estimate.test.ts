import { expect, test } from "vitest";
import { estimate, pace, unitsOf } from "./estimate.ts";

const draft = { role: "video", width: 640, height: 360, frames: 48 } as const;

test("four times the pixels is four times the work", () => {
  expect(unitsOf(draft)).toBe(48);
  expect(unitsOf({ ...draft, width: 1280, height: 720 })).toBe(192);
});

test("the pace is the median of what was measured, so that one slow render does not spoil it", () => {
  const history = [4, 5, 100].map((seconds) => ({ capability: "video" as const, units: 48, seconds }));
  expect(pace("video", history)).toBe(5 / 48);
});

test("without history there is a guess, and it is not zero", () => {
  expect(pace("video", [])).toBeGreaterThan(0);
});

test("waiting and rendering are told apart, and more slots shorten both", () => {
  const history = [{ capability: "video" as const, units: 48, seconds: 6 }];
  const ahead = [
    { capability: "video" as const, units: 48 },
    { capability: "video" as const, units: 24 },
  ];
  expect(estimate([draft, draft], ahead, history, 1)).toEqual({ jobs: 2, waitSeconds: 9, renderSeconds: 12 });
  expect(estimate([draft, draft], ahead, history, 2)).toEqual({ jobs: 2, waitSeconds: 4.5, renderSeconds: 6 });
  expect(estimate([draft], [], history, 8).renderSeconds).toBe(6);
});
