import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyShot, insertScene, removeScene } from "#domain/film/board-edits.ts";
import { addShot } from "#domain/film/edit.ts";
import { BoardView } from "./board-view.tsx";
import { openBoard, type OpenBoard } from "./testing/open-board.tsx";

vi.mock("#app/studio/shell/use-view.ts", () => ({ useView: () => ["board", () => undefined] }));
vi.mock("#app/studio/breakdown-review/use-language-model.ts", () => ({ useLanguageModel: () => null }));

let board: OpenBoard;
let ids: { sceneId: string; shotIds: string[] };
beforeEach(() => localStorage.clear());
afterEach(() => board.close());

/** A scene of three shots. */
const open = async (face = "grid") => {
  localStorage.setItem("backlot:board-face", face);
  board = await openBoard(<BoardView />, (doc, edit) => {
    const { sceneId, shotId } = insertScene(doc, { heading: "INT. ROOM - DAY", durationFrames: 48 }, null, edit);
    const shot = { ...emptyShot, sceneId, durationFrames: 48 };
    const second = addShot(doc, shot, shotId, edit);
    ids = { sceneId, shotIds: [shotId, second, addShot(doc, shot, second, edit)] };
  });
};
const numbers = () =>
  board.film.film
    .get()
    .shots.map((shot) => shot.number)
    .join(" ");

test("shots that were set aside can be brought back in every face of the board, and when no scene is left", async () => {
  for (const face of ["grid", "list", "strip"]) {
    await open(face);
    const { doc, edit } = board.film.session;
    await board.does(() => removeScene(doc, ids.sceneId, new Set(ids.shotIds.slice(0, 1)), edit));
    expect(board.film.film.get()).toMatchObject({ scenes: [], shots: [] });
    await board.does(() => void insertScene(doc, { heading: "EXT. SEA", durationFrames: 48 }, null, edit));
    expect(board.button("Bring back")).toBeDefined();
    await board.does(() => removeScene(doc, board.film.film.get().scenes[0]!.id, new Set(), edit));
    await board.does(() => board.button("Bring back").click());
    expect(board.film.film.get().shots.map((shot) => shot.id)).toEqual(ids.shotIds.slice(0, 1));
    if (face !== "strip") await board.close();
  }
});
