import { act } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { insertScene } from "#domain/film/board-edits.ts";
import { changeShot } from "#domain/film/edit.ts";
import { readFilm, type Film } from "#domain/film/snapshot.ts";
import { addLight, setCameraKey } from "#domain/film/staging-edits.ts";
import { openBoard, type OpenBoard } from "#app/studio/board/testing/open-board.tsx";
import { changeSetState, laneHeld, setState } from "../set-state.ts";
import { useShotSet } from "../use-set.ts";
import { PathPanel } from "./path-panel.tsx";

let here: OpenBoard;
const film = (): Film => readFilm(here.film.session.doc);
const others = () => ({ ...here.film.session.edit, origin: "others" });
const shot = () => film().shots[0]!;

function Here() {
  const set = useShotSet();
  return set === null ? null : <PathPanel set={set} />;
}

beforeEach(async () => {
  changeSetState({ selected: null, frame: 30, playing: false, snaps: false, curves: false });
  // 97 frames over 960 pixels: ten pixels a frame.
  vi.stubGlobal(
    "ResizeObserver",
    class {
      #tell: ResizeObserverCallback;
      constructor(tell: ResizeObserverCallback) {
        this.#tell = tell;
      }
      observe() {
        this.#tell([{ contentRect: { width: 984 } } as ResizeObserverEntry], this as unknown as ResizeObserver);
      }
      disconnect() {}
      unobserve() {}
    },
  );
  here = await openBoard(<Here />, (doc, edit) => {
    const { shotId } = insertScene(doc, { heading: "EXT. HARBOUR - NIGHT", durationFrames: 97 }, null, edit);
    changeShot(doc, shotId, { action: "MAYA walks to the rail. She waves.", characters: ["MAYA"] }, edit);
  });
  await here.does(() => here.film.selection.set({ shotIds: [shot().id], clipIds: [] }));
});
afterEach(async () => {
  await here.close();
  vi.unstubAllGlobals();
});

const deeds = () => [...here.page.querySelectorAll<HTMLElement>(".deeds > button.deed:not(.light)")];
const staged = () =>
  film()
    .staging.flatMap((entry) => (entry.kind === "deed" ? [entry] : []))
    .sort((a, b) => a.fromFrame - b.fromFrame)
    .map(({ motion, fromFrame, toFrame }) => [motion, fromFrame, toFrame]);
const pointer = (type: string, x: number) =>
  new MouseEvent(type, { clientX: x, bubbles: true, cancelable: true }) as unknown as PointerEvent;
async function grab(at: Element, from: number, to: number): Promise<void> {
  await here.does(() => void at.dispatchEvent(pointer("pointerdown", from)));
  await here.does(() => void dispatchEvent(pointer("pointermove", to)));
}
const letGo = () => here.does(() => void dispatchEvent(pointer("pointerup", 0)));
const key = (at: Element, name: string, more: KeyboardEventInit = {}) =>
  act(
    async () =>
      void at.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more })),
  );

test("an edge that is carried is seen by the others, and written once when it is let go; undo gives it back to the rules", async () => {
  expect(deeds().map((deed) => deed.textContent)).toEqual(["Walks", "Waves"]);
  const cut = Number(/(\d+):(\d+)$/.exec(deeds()[0]!.getAttribute("aria-label")!)![2]);
  await grab(deeds()[0]!.querySelector(".edge.end")!, 500, 450);
  expect(laneHeld.get()).toMatchObject({ id: "deed:MAYA", from: 0 });
  expect(staged()).toEqual([]);
  await letGo();
  expect(laneHeld.get()).toBeNull();
  const [walk, wave] = staged();
  expect(walk![0]).toBe("walk");
  expect((Number(walk![2]) - cut + 240) % 24).toBe(24 - 5);
  // What touched it came along.
  expect(wave).toEqual(["wave", walk![2], 97]);
  await here.does(() => void here.film.session.undo.undo());
  expect(staged()).toEqual([]);
});

test("Escape puts back what is in the hand, and a press alone moves nothing", async () => {
  await grab(deeds()[1]!, 500, 400);
  await key(document.body, "Escape");
  expect(laneHeld.get()).toBeNull();
  await letGo();
  await grab(deeds()[1]!, 500, 501);
  await letGo();
  expect(staged()).toEqual([]);
});

test("by the keyboard a deed moves, is trimmed and taken away", async () => {
  const before = deeds()[1]!.getAttribute("aria-label")!;
  await key(deeds()[1]!, "ArrowLeft", { ctrlKey: true, shiftKey: true });
  expect(staged()[1]![2]).toBe(87);
  await key(deeds()[1]!, "ArrowRight");
  expect(staged()[1]![2]).toBe(88);
  expect(deeds()[1]!.getAttribute("aria-label")).not.toBe(before);
  await key(deeds()[1]!, "Delete");
  expect(staged().map(([motion]) => motion)).toEqual(["walk"]);
});

test("a key goes along its lane, and the ease after it is shown and chosen", async () => {
  await here.does(() => {
    for (const frame of [0, 60])
      setCameraKey(here.film.session.doc, shot().id, frame, { eye: [0, 2, 6], look: [0, 1, 0], lensMm: 35 }, others());
  });
  const keys = () => [...here.page.querySelectorAll<HTMLElement>("button.key")];
  await grab(keys()[1]!, 300, 200);
  expect(laneHeld.get()?.id).toMatch(/^key:/);
  await letGo();
  expect(
    film()
      .staging.flatMap((entry) => (entry.kind === "key" ? [entry.frame] : []))
      .sort(),
  ).toEqual([0, 50]);
  expect(setState.get().frame).toBe(50);
  await key(keys()[1]!, "ArrowRight");
  expect(setState.get().frame).toBe(51);
  expect(here.page.querySelector(".ease")!.getAttribute("aria-label")).toBe("Ease after key 1: Smooth");
});

test("a light that is trimmed burns only so long in this shot", async () => {
  await here.does(() => {
    const light = { what: "spot", at: [0, 3, 0], colour: "#ffd9a0", power: 40, reach: 10 } as const;
    addLight(here.film.session.doc, shot().sceneId, { ...light, at: [0, 3, 0] }, others());
  });
  const light = here.page.querySelector(".deed.light")!;
  await grab(light.querySelector(".edge.start")!, 100, 300);
  await letGo();
  const burns = () => film().staging.filter(({ kind }) => kind === "burn");
  expect(burns()).toMatchObject([{ shotId: shot().id, from: 20, to: 97 }]);
  await here.does(() => void light.dispatchEvent(new MouseEvent("dblclick", { bubbles: true })));
  expect(burns()).toEqual([]);
});
