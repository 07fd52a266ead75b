import { afterEach, expect, test, vi } from "vitest";
import { insertScene } from "#domain/film/board-edits.ts";
import { changeShot } from "#domain/film/edit.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { openBoard, type OpenBoard } from "#app/studio/board/testing/open-board.tsx";
import { drawn } from "./set-state.ts";
import { useShotSet } from "./use-set.ts";
import { Viewport } from "./viewport.tsx";

let here: OpenBoard;
afterEach(() => here.close());

function Here() {
  const set = useShotSet();
  return set === null ? <p>Nothing selected</p> : <Viewport set={set} />;
}

test("a browser without WebGL says so in a sentence, and its person is nowhere in the set", async () => {
  vi.spyOn(console, "error").mockReturnValue(undefined);
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  here = await openBoard(<Here />, (doc, edit) => {
    const { shotId } = insertScene(doc, { heading: "EXT. PIER - NIGHT", durationFrames: 48 }, null, edit);
    changeShot(doc, shotId, { action: "MAYA waits.", characters: ["MAYA"] }, edit);
  });
  expect(here.page.textContent).toBe("Nothing selected");
  const shotId = readFilm(here.film.session.doc).shots[0]!.id;
  await here.does(() => here.film.selection.set({ shotIds: [shotId], clipIds: [] }));
  expect(here.page.textContent).toContain("3D is not available in this browser");
  expect(drawn.get()).toBeNull();
  expect(here.film.session.awareness.getLocalState()?.["stage"] ?? null).toBeNull();
});
