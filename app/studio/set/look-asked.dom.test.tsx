import { afterEach, expect, test, vi } from "vitest";
import { insertScene } from "#domain/film/board-edits.ts";
import { changeShot } from "#domain/film/edit.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { setMark } from "#domain/film/staging-edits.ts";
import { openBoard, type OpenBoard } from "#app/studio/board/testing/open-board.tsx";
import { changeSetState, lookAsked, setState } from "./set-state.ts";
import { useShotSet } from "./use-set.ts";
import { Viewport } from "./viewport.tsx";

const looks = vi.hoisted(() => vi.fn<(at: readonly number[]) => void>());
vi.mock("./engine/set-engine.ts", () => ({
  openSetEngine: ({ onShown }: { onShown(): void }) => ({
    ...{ show: onShown, lookAt: looks, pins() {}, peers() {}, dispose() {} },
    shotView: () => ({ eye: [0, 0, 0], look: [0, 0, 0], lensMm: 35, focus: 1 }),
  }),
}));

let here: OpenBoard;
afterEach(() => here.close());

function Here() {
  const set = useShotSet();
  return set === null ? null : <Viewport set={set} />;
}

test("whoever goes to a remark looks with their own eyes, follows nobody, and sees who it is about where they are now", async () => {
  here = await openBoard(<Here />, (doc, edit) => {
    const { shotId } = insertScene(doc, { heading: "EXT. PIER - NIGHT", durationFrames: 48 }, null, edit);
    changeShot(doc, shotId, { action: "MAYA waits.", characters: ["MAYA"] }, edit);
  });
  const { doc, edit } = here.film.session;
  const { id, sceneId } = readFilm(doc).shots[0]!;
  await here.does(() => here.film.selection.set({ shotIds: [id], clipIds: [] }));
  await here.does(() => void setMark(doc, sceneId, "MAYA", { at: [3, 0, 2], facing: 0 }, edit));
  changeSetState({ look: "camera", following: 7 });
  await here.does(() => lookAsked.set({ at: [1, 0, 1], thing: "person:MAYA" }));
  await vi.waitFor(() => expect(looks).toHaveBeenLastCalledWith([3, 0, 2]));
  expect(setState.get()).toMatchObject({ look: "orbit", following: null });
  expect(lookAsked.get()).toBeNull();
  await here.does(() => lookAsked.set({ at: [1, 0, 1], thing: "piece:gone" }));
  expect(looks).toHaveBeenLastCalledWith([1, 0, 1]);
});
