import * as Y from "yjs";
import { expect, test } from "vitest";
import { applyFilmEdit } from "#domain/collab/apply-film-edit.ts";
import { FilmEdit } from "#domain/collab/film-edits.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { proposeFrom } from "#domain/screenplay/reparse/proposal.ts";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { acceptChanges } from "./accept-changes.ts";
import { replaceScreenplay, type EditContext } from "./edit.ts";
import { readFilm } from "./snapshot.ts";

function aFilm(script: string) {
  const doc = new Y.Doc();
  let count = 0;
  const context: EditContext = { newId: () => `id-${(count += 1)}`, projectId: "p1" };
  replaceScreenplay(doc, script, context);
  const changes = () => proposeFrom(readFilm(doc), breakDown(readFilm(doc).screenplay, { fps })).changes;
  return { doc, context, changes, shots: () => readFilm(doc).shots.map((shot) => shot.action) };
}

test("named changes are taken by programs too, and the others wait", () => {
  const { doc, context, changes, shots } = aFilm("INT. ROOM - DAY\n\nA room.\n\nA lamp burns low.");
  const second = changes().find((change) => change.kind === "shot-new" && change.at === 1);
  const edit: FilmEdit = { kind: "accept-changes", changeIds: [second?.id ?? ""], projectId: "p1" };
  applyFilmEdit(doc, FilmEdit.parse(edit), context);
  expect(shots()).toEqual(["A lamp burns low."]);
  acceptChanges(doc, {}, context);
  expect(shots()).toEqual(["A room.", "A lamp burns low."]);
  expect(changes()).toEqual([]);
});

test("changes that are no longer there are refused, and taking all of none is fine", () => {
  const { doc, context } = aFilm("INT. ROOM - DAY\n\nA room.");
  expect(() => acceptChanges(doc, { changeIds: ["shot-gone:x"] }, context)).toThrow(/moved on/);
  acceptChanges(doc, {}, context);
  const state = Y.encodeStateVector(doc);
  acceptChanges(doc, {}, context);
  expect(Y.encodeStateVector(doc)).toEqual(state);
});

test("four thousand scenes are put on the board by one edit of a hundred bytes", () => {
  const script = Array.from({ length: 4000 }, (_, at) => `INT. ROOM ${at} - DAY\n\nLamp ${at} burns.`).join("\n\n");
  const { doc, context } = aFilm(script);
  acceptChanges(doc, {}, context);
  expect(readFilm(doc).scenes).toHaveLength(4000);
});
