import { expect, test } from "vitest";
import { isStorable, storable } from "./storable-text.ts";

test("a NUL and half a surrogate pair cannot be stored; whole pairs can", () => {
  expect(["a\0b", "a\ud800b", "\udc00"].map(isStorable)).toEqual([false, false, false]);
  expect(["", "naïve 🎬", "tab\tline\n"].map(isStorable)).toEqual([true, true, true]);
});

test("the texts of a value lose what cannot be stored and nothing else", () => {
  expect(storable({ plan: [{ name: "MA\0YA" }, null, 3], prompt: "🎬\ud800" })).toEqual({
    plan: [{ name: "MAYA" }, null, 3],
    prompt: "🎬",
  });
});
