import { expect, test } from "vitest";
import { lexFountain } from "#domain/screenplay/fountain.ts";
import { draftLengths, readIdea, titleOf, writeFirstDraft } from "./first-draft.ts";

const idea = "A cellist takes the last ferry of the night, and the captain sees a lighthouse that should not be there";

test("who, where and when are found in the sentence", () => {
  const read = readIdea(idea);
  expect(read.cast).toEqual(["CELLIST", "CAPTAIN"]);
  expect(read.places.map((place) => place.name)).toEqual(["FERRY", "LIGHTHOUSE"]);
  expect(read.time).toBe("NIGHT");
  expect(read.turn).toBe("a lighthouse that should not be there");
  expect(titleOf(idea)).toBe("The Lighthouse");
});

test("the draft is Fountain with as many scenes as the length asks for", () => {
  for (const { id, scenes } of draftLengths) {
    const lines = lexFountain(writeFirstDraft(idea, id));
    expect(lines.filter((line) => line.kind === "scene-heading")).toHaveLength(scenes);
    expect(lines.some((line) => line.kind === "dialogue")).toBe(true);
  }
});

test("it says how it came about, and is the same every time", () => {
  expect(writeFirstDraft(idea, "one")).toContain("First draft by rules");
  expect(writeFirstDraft(idea, "one")).toBe(writeFirstDraft(idea, "one"));
});

test("a sentence without anybody or anywhere still becomes a page", () => {
  const lines = lexFountain(writeFirstDraft("hm", "two"));
  expect(lines.filter((line) => line.kind === "character").length).toBeGreaterThan(2);
});
