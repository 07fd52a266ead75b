/** Any program with an editor's ticket may write to a document. Whatever it wrote, the film opens for everybody. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { collectionNames, collectionOf } from "./document.ts";
import { beginFilm, changeShot, moveShot, removeShot } from "./edit.ts";
import { defaultMeta, draftSize } from "./meta.ts";
import { readFilm } from "./snapshot.ts";
import { FrameRate } from "#domain/time.ts";

const context = { newId: () => "n" };

function littered(): Y.Doc {
  const doc = new Y.Doc();
  beginFilm(doc, defaultMeta, context);
  for (const name of collectionNames) {
    const collection = collectionOf(doc, name) as Y.Map<unknown>;
    [5, null, "text", [], { plain: true }].forEach((junk, at) => collection.set(`junk-${at}`, junk));
    collection.set("an-array", new Y.Array());
    collection.set("a-bare-record", new Y.Map([["order", { not: "a key" }]]));
  }
  return doc;
}

test("what is no record is reported, and the rest of the film is read", () => {
  const film = readFilm(littered());
  expect(film.meta).toEqual(defaultMeta);
  expect(film.tracks.length).toBeGreaterThan(0);
  expect(film.shots).toEqual([]);
  expect(film.problems).toContain("shots junk-0 is no record");
});

test("a film with litter in it can still be edited", () => {
  const doc = littered();
  changeShot(doc, "junk-1", { action: "Rain." }, context);
  moveShot(doc, "junk-2", "junk-0", null, context);
  removeShot(doc, "junk-0", context);
  expect(readFilm(doc).problems).not.toContain("shots junk-0 is no record");
});

test("a film of any shape has a draft size that engines take", () => {
  for (const [width, height] of [
    [7680, 64],
    [64, 4320],
  ] as const)
    for (const side of Object.values(draftSize({ width, height }))) {
      expect(side).toBeGreaterThanOrEqual(64);
      expect(side).toBeLessThanOrEqual(4320);
    }
});

test("a film runs at 1 to 240 frames a second", () => {
  expect(FrameRate.safeParse({ num: 24_000, den: 1001 }).success).toBe(true);
  expect(FrameRate.safeParse({ num: 1, den: 1001 }).success).toBe(false);
  expect(FrameRate.safeParse({ num: 240_000, den: 1 }).success).toBe(false);
});
