import { act } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { insertScene } from "#domain/film/board-edits.ts";
import { changeShot } from "#domain/film/edit.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { addLight, placePiece, setCameraKey } from "#domain/film/staging-edits.ts";
import { openBoard, type OpenBoard } from "#app/studio/board/testing/open-board.tsx";
import { listShortcuts } from "#app/studio/shell/keyboard.ts";
import { changeSetState, drawn, setState, type SetDrawn, type SetSide } from "./set-state.ts";
import { useSetKeys } from "./use-set-keys.ts";
import { useShotSet, type ShotSet } from "./use-set.ts";

let here: OpenBoard;
const staging = () => readFilm(here.film.session.doc).staging;

function Keys({ set }: { set: ShotSet }) {
  useSetKeys(set);
  return <p>The set</p>;
}
function Here() {
  const set = useShotSet();
  return set === null ? null : <Keys set={set} />;
}

beforeEach(async () => {
  changeSetState({ selected: null, frame: 0, look: "orbit", following: null, light: "clay", lightThrough: "lit" });
  here = await openBoard(<Here />, (doc, edit) => {
    const { shotId } = insertScene(doc, { heading: "EXT. PIER - NIGHT", durationFrames: 48 }, null, edit);
    changeShot(doc, shotId, { action: "MAYA waits.", characters: ["MAYA"] }, edit);
  });
  const shotId = readFilm(here.film.session.doc).shots[0]!.id;
  await here.does(() => here.film.selection.set({ shotIds: [shotId], clipIds: [] }));
});
afterEach(async () => {
  drawn.set(null);
  await here.close();
});

const press = (key: string, more: KeyboardEventInit = {}) =>
  act(async () => void document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more })));

test("Ctrl+D puts the same once more beside a piece or a light, and a key of the camera at the playhead", async () => {
  const { doc, edit, undo } = here.film.session;
  const { sceneId, id: shotId } = readFilm(doc).shots[0]!;
  const ids = { piece: "", light: "", key: "" };
  await here.does(() => {
    ids.piece = placePiece(doc, sceneId, { what: "chair", at: [1, 0, 1], facing: 30, locked: true }, edit);
    const light = { what: "spot", at: [0, 3, 0] as [number, number, number], colour: "#ffd9a0", power: 9, reach: 5 };
    ids.light = addLight(doc, sceneId, { ...light, what: "spot" }, edit);
    ids.key = setCameraKey(doc, shotId, 0, { eye: [0, 2, 6], look: [0, 1, 0], lensMm: 50 }, edit);
  });
  changeSetState({ selected: `piece:${ids.piece}` });
  await press("d", { ctrlKey: true });
  const [, second] = staging().filter(({ kind }) => kind === "piece");
  expect(second).toMatchObject({ what: "chair", at: [1.75, 0, 1], facing: 30 });
  expect(second).not.toHaveProperty("locked");
  expect(setState.get().selected).toBe(`piece:${second!.id}`);
  await here.does(() => void undo.undo());
  expect(staging().filter(({ kind }) => kind === "piece")).toHaveLength(1);
  changeSetState({ selected: `light:${ids.light}` });
  await press("d", { ctrlKey: true });
  expect(staging().filter(({ kind }) => kind === "light")).toHaveLength(2);
  changeSetState({ selected: `key:${ids.key}`, frame: 24 });
  await press("d", { ctrlKey: true });
  expect(staging().filter(({ kind }) => kind === "key")).toMatchObject([{ frame: 0 }, { frame: 24, lensMm: 50 }]);
});

test("Delete takes away what is chosen, and nothing that is locked", async () => {
  const { doc, edit } = here.film.session;
  const { sceneId } = readFilm(doc).shots[0]!;
  const piece = (locked: boolean) =>
    placePiece(doc, sceneId, { what: "chair", at: [1, 0, 1], facing: 0, ...(locked ? { locked } : {}) }, edit);
  const ids = { locked: "", free: "" };
  await here.does(() => void ((ids.locked = piece(true)), (ids.free = piece(false))));
  for (const id of [ids.locked, ids.free]) {
    await act(async () => changeSetState({ selected: `piece:${id}` }));
    await press("Delete");
  }
  expect(staging().map(({ id }) => id)).toEqual([ids.locked]);
});

test("the view goes to the sides and back to all of it by keys, and follows nobody any more", async () => {
  const seen: (SetSide | null)[] = [];
  drawn.set({ lookFrom: (side) => void seen.push(side) } as SetDrawn);
  changeSetState({ following: 7, look: "camera" });
  for (const key of ["1", "3", "7", "f"]) await press(key);
  expect(seen).toEqual(["front", "right", "top", null]);
  expect(setState.get()).toMatchObject({ following: null, look: "orbit" });
  await press("0");
  expect(setState.get().look).toBe("camera");
  await press("l");
  expect(setState.get()).toMatchObject({ light: "clay", lightThrough: "clay" });
});

test("Escape first stops following, then chooses nothing; all keys are on the sheet", async () => {
  changeSetState({ following: 7, selected: "camera" });
  await press("Escape");
  expect(setState.get()).toMatchObject({ following: null, selected: "camera" });
  await press("Escape");
  expect(setState.get().selected).toBeNull();
  const listed = listShortcuts().flatMap(({ keys, group }) => (group === "Set" ? [keys] : []));
  for (const keys of ["F", "1", "3", "7", "0", "L", "K", "Ctrl+D", "Delete", "Escape", "Shift+C"])
    expect(listed).toContain(keys);
});

test("Ctrl+D puts no key in the place of one that is there", async () => {
  const { doc, edit } = here.film.session;
  const { id: shotId } = readFilm(doc).shots[0]!;
  const view = { eye: [0, 2, 6] as [number, number, number], look: [0, 1, 0] as [number, number, number] };
  let id = "";
  await here.does(() => {
    id = setCameraKey(doc, shotId, 0, { ...view, lensMm: 50 }, edit);
    setCameraKey(doc, shotId, 24, { ...view, lensMm: 85 }, edit);
  });
  changeSetState({ selected: `key:${id}`, frame: 24 });
  await press("d", { ctrlKey: true });
  expect(staging()).toMatchObject([{ lensMm: 50 }, { lensMm: 85 }]);
  expect(setState.get().selected).toBe(`key:${id}`);
});
