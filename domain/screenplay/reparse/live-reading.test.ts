import { expect, test } from "vitest";
import * as Y from "yjs";
import { acceptChanges } from "#domain/film/accept-changes.ts";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { changeMeta, replaceScreenplay, type EditContext } from "#domain/film/edit.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { LiveReading, readingOptions } from "./live-reading.ts";

const list = "1. A cup falls.\n2. Rain on the window. A dog barks.\n3. She runs.\n";

function aFilm() {
  const doc = new Y.Doc();
  let count = 0;
  const edit: EditContext = { newId: () => `id-${(count += 1)}` };
  replaceScreenplay(doc, list, edit);
  return { doc, edit, reading: new LiveReading(doc), film: () => readFilm(doc) };
}

test("a script is read as it looks, until people say what it is; then everybody's reading follows", () => {
  const { doc, edit, reading } = aFilm();
  expect(reading.read().mode).toBe("numbered");
  changeMeta(doc, { readAs: "screenplay" }, edit);
  expect(reading.read().mode).toBe("screenplay");
  changeMeta(doc, { readAs: "auto" }, edit);
  expect(reading.read().mode).toBe("numbered");
});

test("what was taken of a script read as something else stays agreed with it, and so does what a program accepts", () => {
  const { doc, edit, reading, film } = aFilm();
  changeMeta(doc, { readAs: "freeform" }, edit);
  commitBreakdown(doc, breakDown(list, readingOptions(film().meta)).scenes, edit);
  expect(reading.read()).toMatchObject({ mode: "freeform", differs: false });
  replaceScreenplay(doc, `${list}4. Night. A light goes out.\n`, edit);
  const { proposal } = reading.read();
  acceptChanges(doc, { changeIds: proposal.changes.map(({ id }) => id) }, edit);
  expect(reading.read().differs).toBe(false);
});

test("a reading that the document cannot mean falls back to what the script looks like", () => {
  const { doc, reading } = aFilm();
  doc.getMap("meta").set("readAs", "opera");
  expect(reading.read().mode).toBe("numbered");
});
