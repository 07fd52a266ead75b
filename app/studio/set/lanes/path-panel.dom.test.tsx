import { act } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { insertScene } from "#domain/film/board-edits.ts";
import { collectionOf } from "#domain/film/document.ts";
import { changeShot } from "#domain/film/edit.ts";
import { readFilm, type Film } from "#domain/film/snapshot.ts";
import { addLight, changeCameraKey, changeLight, setCameraKey, setDeed } from "#domain/film/staging-edits.ts";
import { openBoard, type OpenBoard } from "#app/studio/board/testing/open-board.tsx";
import { changeSetState, laneHeld, setState } from "../set-state.ts";
import { useSetKeys } from "../use-set-keys.ts";
import { useShotSet, type ShotSet } from "../use-set.ts";
import { PathPanel } from "./path-panel.tsx";

let here: OpenBoard;
const film = (): Film => readFilm(here.film.session.doc);
const others = () => ({ ...here.film.session.edit, origin: "others" });
const shot = () => film().shots[0]!;

function Lanes({ set }: { set: ShotSet }) {
  useSetKeys(set);
  return <PathPanel set={set} />;
}
function Here() {
  const set = useShotSet();
  return set === null ? null : <Lanes set={set} />;
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
  expect(here.page.querySelector(".ease")!.getAttribute("aria-label")).toBe("Easing after key 1: Smooth");
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

const frames = () =>
  film()
    .staging.flatMap((entry) => (entry.kind === "key" ? [entry.frame] : []))
    .sort((a, b) => a - b);
const keys = () => [...here.page.querySelectorAll<HTMLElement>("button.key")];
const view = { eye: [0, 2, 6] as [number, number, number], look: [0, 1, 0] as [number, number, number], lensMm: 35 };
async function keyed(...at: number[]): Promise<string[]> {
  const made: string[] = [];
  await here.does(() => {
    for (const frame of at) made.push(setCameraKey(here.film.session.doc, shot().id, frame, view, others()));
  });
  return made;
}
const lit = async (): Promise<string> => {
  let id = "";
  const light = { what: "spot" as const, at: [0, 3, 0] as [number, number, number], colour: "#ffd9a0" };
  await here.does(() => {
    id = addLight(here.film.session.doc, shot().sceneId, { ...light, power: 40, reach: 10 }, others());
  });
  return id;
};

test("Snap draws a key to no other key, which it would take away; a locked key gives its place to nobody", async () => {
  const [, there] = await keyed(0, 60);
  changeSetState({ snaps: true });
  await grab(keys()[0]!, 100, 694);
  expect(laneHeld.get()).toMatchObject({ from: 59 });
  await key(document.body, "Escape");
  await here.does(() => changeCameraKey(here.film.session.doc, there!, { locked: true }, others()));
  await grab(keys()[0]!, 100, 700);
  await letGo();
  expect(frames()).toEqual([0, 60]);
  expect(setState.get().frame).toBe(0);
});

test("a key goes one frame by hand, though the playhead stands on it; the click of letting go moves no playhead", async () => {
  await keyed(0, 60);
  changeSetState({ snaps: true, frame: 60 });
  await grab(keys()[1]!, 300, 310);
  expect(laneHeld.get()).toMatchObject({ from: 61 });
  await here.does(() => {
    dispatchEvent(pointer("pointerup", 310));
    keys()[1]!.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  });
  expect(frames()).toEqual([0, 61]);
  expect(setState.get().frame).toBe(61);
});

test("what the keyboard reaches is chosen: Delete takes that away and nothing else", async () => {
  const [first, second] = await keyed(0, 60);
  const light = await lit();
  changeSetState({ selected: `key:${first!}` });
  await act(async () => keys()[1]!.focus());
  expect(setState.get().selected).toBe(`key:${second!}`);
  await key(keys()[1]!, "Delete");
  expect(frames()).toEqual([0]);
  await act(async () => here.page.querySelector<HTMLElement>(".deed.light")!.focus());
  expect(setState.get().selected).toBe(`light:${light}`);
});

test("a double click on a locked light leaves it as it is", async () => {
  const id = await lit();
  const light = here.page.querySelector(".deed.light")!;
  await grab(light.querySelector(".edge.start")!, 100, 300);
  await letGo();
  await here.does(() => changeLight(here.film.session.doc, id, { locked: true }, others()));
  const trimmed = film().staging;
  await here.does(() => void light.dispatchEvent(new MouseEvent("dblclick", { bubbles: true })));
  expect(film().staging).toEqual(trimmed);
});

test("a deed in the hand stays the same deed though somebody cuts another; where it is gone, nothing is written", async () => {
  const { doc } = here.film.session;
  const stage = (motion: "walk" | "wave" | "sit", fromFrame: number, toFrame: number) =>
    setDeed(doc, shot().id, { who: "MAYA", motion, fromFrame, toFrame }, others());
  await here.does(() => {
    stage("walk", 0, 40);
    stage("wave", 40, 80);
  });
  await grab(deeds()[1]!, 500, 550);
  await here.does(() => void stage("sit", 10, 30));
  await letGo();
  const moved = staged().find(([motion]) => motion === "wave");
  expect(moved).toEqual(["wave", 45, 85]);
  await grab(deeds()[2]!, 500, 450);
  const before = staged();
  const gone = film().staging.find((entry) => entry.kind === "deed" && entry.motion === "wave")!;
  await here.does(() => collectionOf(doc, "staging").delete(gone.id));
  await letGo();
  expect(staged()).toEqual(before.filter(([motion]) => motion !== "wave"));
});

test("a menu goes on speaking of the deed that it was opened for", async () => {
  const { doc } = here.film.session;
  await here.does(() => {
    setDeed(doc, shot().id, { who: "MAYA", motion: "walk", fromFrame: 0, toFrame: 40 }, others());
    setDeed(doc, shot().id, { who: "MAYA", motion: "wave", fromFrame: 40, toFrame: 80 }, others());
  });
  await here.does(() => void deeds()[1]!.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true })));
  await here.does(
    () => void setDeed(doc, shot().id, { who: "MAYA", motion: "sit", fromFrame: 10, toFrame: 30 }, others()),
  );
  const entry = [...document.querySelectorAll<HTMLElement>("[role=menuitem]")].find(({ textContent }) =>
    textContent?.startsWith("Remove"),
  )!;
  await here.does(() => entry.click());
  expect(staged().map(([motion]) => motion)).toEqual(["walk", "sit"]);
});

test("who does nothing any more stands; the script has its say again when one asks for it", async () => {
  await key(deeds()[1]!, "Delete");
  await key(deeds()[0]!, "Delete");
  expect(staged()).toEqual([["stand", 0, 97]]);
  await here.does(() => void deeds()[0]!.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true })));
  const entry = [...document.querySelectorAll<HTMLElement>("[role=menuitem]")].find(
    ({ textContent }) => textContent === "Reset to script",
  )!;
  await here.does(() => entry.click());
  expect(staged()).toEqual([]);
  expect(deeds().map((deed) => deed.textContent)).toEqual(["Walks", "Waves"]);
});

test("keys on a locked deed do nothing to whoever does it", async () => {
  const { doc } = here.film.session;
  await here.does(() => {
    const deed = { who: "MAYA", motion: "walk" as const, fromFrame: 0, toFrame: 97, locked: true };
    setDeed(doc, shot().id, deed, others());
  });
  changeSetState({ selected: "person:MAYA" });
  await key(deeds()[0]!, "ArrowLeft");
  expect(film().staging.map(({ kind }) => kind)).toEqual(["deed"]);
  await key(deeds()[0]!, "Delete");
  expect(film().staging.map(({ kind }) => kind)).toEqual(["deed"]);
});

test("another finger that is taken away lets nothing fall", async () => {
  await grab(deeds()[1]!, 500, 450);
  await here.does(() => void dispatchEvent(Object.assign(pointer("pointercancel", 0), { pointerId: 9 })));
  expect(laneHeld.get()).not.toBeNull();
  await here.does(() => void dispatchEvent(pointer("pointercancel", 0)));
  expect(laneHeld.get()).toBeNull();
});
