import { expect, test } from "vitest";
import { shownAfter, shownOf, sideBySide } from "./views.ts";

const shown = (query: string) => shownOf(new URLSearchParams(query));

test("a link opens what it says, and only script and board stand side by side", () => {
  expect(shown("")).toEqual({ view: "script", beside: null });
  expect(shown("view=script&beside=board")).toEqual({ view: "script", beside: "board" });
  expect(shown("view=timeline&beside=board")).toEqual({ view: "timeline", beside: null });
  expect(shown("view=nonsense&beside=shots")).toEqual({ view: "script", beside: null });
});

test("going to what is on screen already keeps both; going elsewhere shows that alone", () => {
  const both = sideBySide(shown("view=board"));
  expect(both).toEqual({ view: "script", beside: "board" });
  expect(shownAfter(both, "board")).toBe(both);
  expect(shownAfter(both, "shots")).toEqual({ view: "shots", beside: null });
  expect(sideBySide(both)).toEqual({ view: "script", beside: null });
});
