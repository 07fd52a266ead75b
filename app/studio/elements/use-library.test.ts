import { expect, test } from "vitest";
import { anElement } from "#domain/prompt/testing/a-film.ts";
import { missingIn, newerIn, type LibraryEntry } from "./use-library.ts";

const entry = (id: string, version: number): LibraryEntry => ({
  ...{ id, version, kind: "character" },
  element: { name: id, description: "" },
});
const has = (id: string, version: number) => anElement({ name: id, library: { id, version, kept: [] } });

test("an update is offered for what the film has in an older version, the rest can be brought", () => {
  const entries = [entry("hale", 3), entry("maya", 1), entry("noor", 2)];
  const elements = [has("hale", 2), has("maya", 1), anElement({ name: "own" })];
  expect(newerIn(entries, elements).map(({ id }) => id)).toEqual(["hale"]);
  expect(missingIn(entries, elements).map(({ id }) => id)).toEqual(["noor"]);
});
