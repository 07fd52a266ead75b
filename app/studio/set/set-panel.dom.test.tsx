import { act } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { insertScene } from "#domain/film/board-edits.ts";
import { collectionOf } from "#domain/film/document.ts";
import { changeShot } from "#domain/film/edit.ts";
import { readFilm, type Film } from "#domain/film/snapshot.ts";
import { changePiece, placePiece, setCameraKey } from "#domain/film/staging-edits.ts";
import { planOfShot } from "#domain/prompt/plan-shot.ts";
import { openBoard, type OpenBoard } from "#app/studio/board/testing/open-board.tsx";
import { CameraTab } from "./camera-tab.tsx";
import { SetPanel } from "./set-panel.tsx";
import { changeSetState, setState } from "./set-state.ts";

let here: OpenBoard;
const film = (): Film => readFilm(here.film.session.doc);
const others = () => ({ ...here.film.session.edit, origin: "others" });

beforeEach(async () => {
  changeSetState({ selected: null, frame: 0, playing: false, following: null });
  here = await openBoard(
    <>
      <SetPanel />
      <CameraTab />
    </>,
    (doc, edit) => {
      const { shotId } = insertScene(doc, { heading: "EXT. HARBOUR - NIGHT", durationFrames: 96 }, null, edit);
      changeShot(doc, shotId, { action: "MAYA waits for HALE.", characters: ["MAYA", "HALE"] }, edit);
    },
  );
  await here.does(() => here.film.selection.set({ shotIds: [film().shots[0]!.id], clipIds: [] }));
});
afterEach(() => here.close());

const plan = () => planOfShot(film(), film().shots[0]!, { frames: 96, fps: film().meta.fps, seed: 1, prompt: "" });
const press = (name: string) => here.does(() => here.button(name).click());
async function type(label: string, text: string): Promise<void> {
  const field = here.page.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`)!;
  await here.does(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await here.does(() => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })));
}
const row = (name: string) =>
  [...here.page.querySelectorAll<HTMLElement>(".set-row")].find((each) => each.textContent?.startsWith(name));

test("without the picture, the panels alone move somebody; it is one step of undo", async () => {
  await here.does(() => row("Maya")!.querySelector("button")!.click());
  expect(setState.get().selected).toBe("person:MAYA");
  const before = plan().cast[0]!.at;
  await type("Maya x", "2.5");
  expect(plan().cast.find(({ name }) => name === "MAYA")!.at[0]).toBe(2.5);
  await type("Maya, facing", "90");
  expect(plan().cast.find(({ name }) => name === "MAYA")!.facing).toBe(90);
  here.film.session.undo.undo();
  expect(plan().cast.find(({ name }) => name === "MAYA")!.at[0]).toBe(2.5);
  here.film.session.undo.undo();
  expect(plan().cast[0]!.at).toEqual(before);
  expect(film().staging).toEqual([]);
});

test("what is no number is not written down", async () => {
  await here.does(() => row("Maya")!.querySelector("button")!.click());
  for (const wrong of ["", "over there", "1e9", "NaN"]) await type("Maya x", wrong);
  expect(film().staging).toEqual([]);
});

test("a key that one sets stays when the other takes back where somebody stands", async () => {
  await here.does(() => row("Maya")!.querySelector("button")!.click());
  await type("Maya z", "3");
  await here.does(() => {
    const view = { eye: [0, 2, 6], look: [0, 1, 0], lensMm: 35 } as const;
    setCameraKey(
      here.film.session.doc,
      film().shots[0]!.id,
      24,
      { ...view, eye: [0, 2, 6], look: [0, 1, 0] },
      others(),
    );
  });
  expect(row("Shot 1A camera")!.textContent).toContain("1 key");
  await here.does(() => void here.film.session.undo.undo());
  expect(film().staging.map(({ kind }) => kind)).toEqual(["key"]);
});

test("what the other has moved since stays in the set when I take back that I put it there", async () => {
  await here.does(() => here.film.session.undo.stopCapturing());
  let id = "";
  await here.does(() => {
    const piece = { what: "chair", at: [1, 0, 1], facing: 0 } as const;
    id = placePiece(here.film.session.doc, film().scenes[0]!.id, { ...piece, at: [1, 0, 1] }, here.film.session.edit);
  });
  await here.does(() => {
    // Somebody else, in a document of their own.
    const theirs = new Y.Doc();
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(here.film.session.doc));
    changePiece(theirs, id, { at: [2, 0, 1] }, others());
    Y.applyUpdate(here.film.session.doc, Y.encodeStateAsUpdate(theirs));
  });
  await here.does(() => void here.film.session.undo.undo());
  expect(film().staging).toMatchObject([{ kind: "piece", at: [2, 0, 1] }]);
  expect(row("Chair")).toBeDefined();
});

test("arrow keys walk from row to row, and who is gone cannot be chosen any more", async () => {
  const first = row("Maya")!.querySelector("button")!;
  first.focus();
  await act(async () => {
    first.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
  });
  expect(document.activeElement?.textContent).toContain("Hale");
  await here.does(() => row("Maya")!.querySelector("button")!.click());
  expect(here.page.querySelector('section[aria-label="Maya"]')).not.toBeNull();
  await here.does(() =>
    changeShot(here.film.session.doc, film().shots[0]!.id, { action: "Fog.", characters: [] }, others()),
  );
  expect(here.page.querySelector('section[aria-label="Maya"]')).toBeNull();
});

test("a locked piece can be looked at and not moved; a pass asked for is asked for once", async () => {
  await here.does(() => {
    const scene = film().scenes[0]!.id;
    placePiece(here.film.session.doc, scene, { what: "crate", at: [1, 0, 1], facing: 0, locked: true }, others());
  });
  await here.does(() => row("Crate")!.querySelector("button")!.click());
  expect(here.page.querySelector<HTMLInputElement>('input[aria-label="Crate x"]')!.disabled).toBe(true);
  await press("Unlock Crate");
  expect(here.page.querySelector<HTMLInputElement>('input[aria-label="Crate x"]')!.disabled).toBe(false);
  await press("Depth pass");
  expect(film().shots[0]!.passes).toEqual(["depth"]);
  await press("Depth pass");
  expect(film().shots[0]!.passes).toBeUndefined();
});

test("keys are set, named, walked to and taken away from the panel", async () => {
  await press("Set key at playhead");
  await here.does(() => changeSetState({ frame: 48 }));
  await press("Set key at playhead");
  const keys = () =>
    film()
      .staging.flatMap((entry) => (entry.kind === "key" ? [entry.frame] : []))
      .sort();
  expect(keys()).toEqual([0, 48]);
  await press("Key 1 at 00:00:00:00");
  expect(setState.get().frame).toBe(0);
  await press("Delete key 2");
  expect(keys()).toEqual([0]);
  await vi.waitFor(() => expect(here.page.textContent).toContain("Key 1 of 1"));
});

test("what was left out of the set is said there: of the plan what it was, of what cannot be read how much", async () => {
  const { doc, edit } = here.film.session;
  await here.does(() => {
    changeShot(doc, film().shots[0]!.id, { plan: { weather: "frogs" } }, edit);
    const id = placePiece(doc, film().scenes[0]!.id, { what: "table", at: [0, 0, 0], facing: 0 }, edit);
    collectionOf(doc, "staging").get(id)!.set("at", [Number.NaN, 0, 0]);
  });
  const said = [...here.page.querySelectorAll(".set-problem")].map(({ textContent }) => textContent);
  expect(said).toEqual([
    expect.stringMatching(/^Weather is left out: .+\.$/),
    "1 item staged in this film could not be read and was skipped.",
  ]);
});
