import { expect, test } from "vitest";
import { changeName, changesSentence, nothingWords } from "./change-words.ts";

test("a stale take says what has changed, elements by their names", () => {
  const changes = [{ what: "action" as const }, { what: "element" as const, name: "Captain Hale" }];
  expect(changesSentence(changes, 3)).toBe("Changed since take 3: action, Captain Hale");
  expect(changes.map(changeName)).toEqual(["Action", "Captain Hale"]);
});

test("what was not there before is said in the words of its kind", () => {
  expect(nothingWords("element")).toBe("not in the shot");
  expect(nothingWords("prompt")).toBe("composed from the shot");
  expect(nothingWords("synopsis")).toBe("nothing");
});
