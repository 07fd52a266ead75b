import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyShot, insertScene, removeScene } from "#domain/film/board-edits.ts";
import { addShot, changeShot } from "#domain/film/edit.ts";
import { toast } from "#app/ui/toast.tsx";
import { BoardView } from "./board-view.tsx";
import { openBoard, type OpenBoard } from "./testing/open-board.tsx";

vi.mock("#app/studio/shell/use-view.ts", () => ({ useView: () => ["board", () => undefined] }));
vi.mock("#app/studio/breakdown-review/use-language-model.ts", () => ({ useLanguageModel: () => null }));

let board: OpenBoard;
let ids: { sceneId: string; shotIds: string[] };
beforeEach(() => localStorage.clear());
afterEach(() => board.close());

/** A scene of three shots. */
const open = async (face = "grid", answers: Record<string, unknown> = {}) => {
  localStorage.setItem("backlot:board-face", face);
  board = await openBoard(
    <BoardView />,
    (doc, edit) => {
      const { sceneId, shotId } = insertScene(doc, { heading: "INT. ROOM - DAY", durationFrames: 48 }, null, edit);
      const shot = { ...emptyShot, sceneId, durationFrames: 48 };
      const second = addShot(doc, shot, shotId, edit);
      ids = { sceneId, shotIds: [shotId, second, addShot(doc, shot, second, edit)] };
    },
    answers,
  );
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

test("a scene is added by hand where there is no script, and one undo takes it away", async () => {
  board = await openBoard(<BoardView />, () => undefined);
  await board.does(() => board.button("Add a scene by hand").click());
  expect(numbers()).toBe("1A");
  expect(board.film.film.get().scenes[0]?.heading).toBe("INT. NEW PLACE - DAY");
  await board.does(() => void board.film.session.undo.undo());
  expect(board.film.film.get().scenes).toEqual([]);
});

const pressed = (target: Element, key: string, keys: KeyboardEventInit = {}) =>
  board.does(() => void target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...keys })));
const line = (at: number) =>
  board.page.querySelector<HTMLElement>(`[data-shot-id="${ids.shotIds[at]}"][role="row"]`) ??
  expect.fail(`no line ${at}`);
const selected = () => board.film.selection.get().shotIds;

test("the list is gone through, selected, copied, moved and deleted by keys, each in a step of undo of its own", async () => {
  await open("list");
  expect(line(0).tabIndex).toBe(0);
  await board.does(() => line(0).focus());
  await pressed(line(0), "ArrowDown");
  expect(selected()).toEqual([ids.shotIds[1]]);
  expect(document.activeElement).toBe(line(1));
  await pressed(line(1), "ArrowDown", { shiftKey: true });
  expect(selected()).toEqual(ids.shotIds.slice(1));
  await pressed(line(2), "d", { ctrlKey: true });
  expect(numbers()).toBe("1A 1B 1C 1D 1E");
  await board.does(() => board.film.selection.set({ shotIds: [ids.shotIds[0]!], clipIds: [] }));
  await pressed(line(0), "Delete");
  expect(numbers()).toBe("1A 1B 1C 1D");
  await board.does(() => void board.film.session.undo.undo());
  expect(numbers()).toBe("1A 1B 1C 1D 1E");
  await board.does(() => void board.film.session.undo.undo());
  expect(board.film.film.get().shots.map((shot) => shot.id)).toEqual(ids.shotIds);
});

test("a line is selected by Space, and the keys come back to it from its cells", async () => {
  await open("list");
  await board.does(() => line(1).focus());
  await pressed(line(1), " ");
  expect(selected()).toEqual([ids.shotIds[1]]);
  const cell = line(1).querySelector("textarea")!;
  await board.does(() => cell.focus());
  await pressed(cell, "Delete");
  expect(numbers()).toBe("1A 1B 1C");
  await pressed(cell, "Enter");
  expect(document.activeElement).toBe(line(1));
});

test("a screen reader hears how many lines the list has, and which one it is at", async () => {
  await open("list");
  const list = board.page.querySelector("[role=grid]")!;
  const rows = [...list.querySelectorAll("[role=row]")];
  expect(list.getAttribute("aria-rowcount")).toBe(String(rows.length));
  expect(rows.map((row) => row.getAttribute("aria-rowindex"))).toEqual(["1", "2", "3", "4", "5"]);
  for (const row of rows) {
    const between = row.parentElement!;
    expect(between === list || between.getAttribute("role") === "presentation").toBe(true);
  }
});

test("several frames of the filmstrip are selected with Shift, and deleted together", async () => {
  await open("strip");
  const strip = board.page.querySelector<HTMLElement>("[role=listbox]")!;
  await board.does(() => board.film.selection.set({ shotIds: [ids.shotIds[0]!], clipIds: [] }));
  await pressed(strip, "ArrowRight", { shiftKey: true });
  expect(selected()).toEqual(ids.shotIds.slice(0, 2));
  await pressed(strip, "ArrowRight", { shiftKey: true });
  expect(selected()).toEqual(ids.shotIds);
  await pressed(strip, "ArrowLeft", { shiftKey: true });
  await pressed(strip, "Delete");
  expect(board.film.film.get().shots.map((shot) => shot.id)).toEqual(ids.shotIds.slice(2));
});

test("the menu of a card says what generating would take", async () => {
  const price = { jobs: 1, waitSeconds: 0, renderSeconds: 12, cost: { amount: 0, currency: "EUR" } };
  await open("grid", { "/estimate": price });
  const card = board.page.querySelector(`[data-shot-id="${ids.shotIds[0]}"]`)!;
  await board.does(() => void card.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true })));
  await vi.waitFor(async () => {
    await board.does(() => undefined);
    expect(document.body.textContent).toContain("Generate · Free · about 12 s");
  }, 5000);
});

test("a finger that stays on a card opens the menu that moves it", async () => {
  await open("grid");
  const card = board.page.querySelector(`[data-shot-id="${ids.shotIds[0]}"]`)!;
  const down = new PointerEvent("pointerdown", { bubbles: true, pointerType: "touch" });
  await board.does(() => void card.dispatchEvent(down));
  await vi.waitFor(async () => {
    await board.does(() => undefined);
    expect(document.body.textContent).toContain("Move to the scene after");
  }, 5000);
  const entries = [...document.querySelectorAll<HTMLElement>("[role=menuitem]")];
  await board.does(() => entries.find((entry) => entry.textContent?.startsWith("Move on"))?.click());
  expect(
    board.film.film
      .get()
      .shots.map((shot) => shot.id)
      .indexOf(ids.shotIds[0]!),
  ).toBe(1);
});

test("Undo in a message takes back that step, and no other once something else was done", async () => {
  await open("grid");
  const undos: (() => void)[] = [];
  const said: string[] = [];
  vi.spyOn(toast, "undo").mockImplementation((_sentence, undo) => void undos.push(undo));
  vi.spyOn(toast, "say").mockImplementation((sentence) => void said.push(sentence));
  const { doc, edit } = board.film.session;
  const card = (at: number) => board.page.querySelector(`[data-shot-id="${ids.shotIds[at]}"]`)!;
  await pressed(card(0), "Delete");
  await board.does(() => undos.at(-1)?.());
  expect(board.film.film.get().shots.map((shot) => shot.id)).toEqual(ids.shotIds);
  await pressed(card(0), "Delete");
  await board.does(() => changeShot(doc, ids.shotIds[1]!, { action: "Rain." }, edit));
  await board.does(() => undos.at(-1)?.());
  expect(board.film.film.get().shots.map((shot) => shot.action)).toEqual(["Rain.", ""]);
  expect(said).toEqual([expect.stringContaining("step by step")]);
});
