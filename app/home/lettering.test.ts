import { expect, test } from "vitest";
import { ageOf } from "./age.ts";
import { breakTitle, lettering } from "./lettering.ts";

test("a title breaks at its words, short ones staying with the next", () => {
  expect(breakTitle("Marigold at Sea")).toEqual(["Marigold", "at Sea"]);
  expect(breakTitle("The Night Ferry")).toEqual(["The Night", "Ferry"]);
  expect(breakTitle("")).toEqual(["Untitled"]);
});

test("a film's poster is set the same way every time", () => {
  expect(lettering("a", "Salt Noon")).toEqual(lettering("a", "Salt Noon"));
});

test("ages are words, and the future is now", () => {
  const now = "2026-11-21T12:00:00Z";
  expect(ageOf("2026-11-21T12:05:00Z", now)).toBe("Edited now");
  expect(ageOf("2026-11-21T11:20:00Z", now)).toBe("40 minutes ago");
  expect(ageOf("2026-11-20T10:00:00Z", now)).toBe("Yesterday");
  expect(ageOf("2026-11-01T10:00:00Z", now)).toBe("2 weeks ago");
  expect(ageOf("2026-01-01T10:00:00Z", now)).toBe("January 2026");
});
