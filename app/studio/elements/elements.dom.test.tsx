import type { ReactNode } from "react";
import { afterEach, expect, test } from "vitest";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { screenplayOf } from "#domain/film/document.ts";
import { addElement, addVariant } from "#domain/film/elements.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { openBoard, type OpenBoard } from "#app/studio/board/testing/open-board.tsx";
import { openElement } from "./element-dialog-state.ts";
import { ElementDialog } from "./element-dialog.tsx";
import { ElementsPanel } from "./elements-panel.tsx";

const script = "INT. KITCHEN - DAY\n\nA cup falls.\n\nELSA\nNo!\n";
let here: OpenBoard;
afterEach(async () => {
  await here.does(() => openElement(null));
  await here.close();
});

async function open(view: ReactNode, text = script): Promise<void> {
  here = await openBoard(view, (doc) => {
    screenplayOf(doc).insert(0, text);
    commitBreakdown(doc, breakDown(text, { fps: { num: 24, den: 1 } }).scenes, { newId: () => crypto.randomUUID() });
  });
  // However fast: without gestures everything would be one step.
  here.film.session.undo.captureTimeout = 3_600_000;
}
const film = () => readFilm(here.film.session.doc);
const press = (name: string) => here.does(() => here.button(name).click());
const found = () => [...here.page.querySelectorAll(".element-found .strong")].map((name) => name.textContent);

test("what is no element is refused, is offered no more, and comes back with one step of undo", async () => {
  await open(<ElementsPanel />);
  expect(found()).toEqual(["Elsa", "Kitchen", "Cup"]);
  await press("No, Elsa is no element");
  await press("Add Cup");
  expect([found(), film().elements.map(({ name }) => name)]).toEqual([["Kitchen"], ["Cup"]]);
  const { undo } = here.film.session;
  await here.does(() => void undo.undo());
  expect([found(), film().elements]).toEqual([["Kitchen", "Cup"], []]);
  await here.does(() => void undo.undo());
  expect(found()).toEqual(["Elsa", "Kitchen", "Cup"]);
});

test("the list of what was found goes on as far as there is something", async () => {
  const rooms = Array.from({ length: 70 }, (_, n) => `INT. ROOM${n} - DAY\n\nRain.\n`).join("\n");
  await open(<ElementsPanel />, rooms);
  expect(found()).toHaveLength(60);
  await press("Show 10 more of 10");
  expect(found()).toHaveLength(70);
});

test("a variant gets colours of its own, each of them a step of undo", async () => {
  await open(<ElementDialog />);
  const { doc, edit, undo } = here.film.session;
  await here.does(() => {
    const id = addElement(doc, { kind: "object", name: "Cup", description: "", triggerWords: [] }, edit);
    addVariant(doc, id, edit);
    undo.clear();
    openElement(id);
  });
  const tab = [...here.page.ownerDocument.querySelectorAll<HTMLElement>("[role=tab]")].at(-1)!;
  // Tabs are chosen when the pointer goes down on them.
  await here.does(() => {
    tab.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, button: 0 }));
    tab.click();
  });
  await press("Add a colour of Variant 1");
  await press("Add a colour of Variant 1");
  await press("Remove colour 1 of Variant 1");
  const variant = () => film().elements[0]?.variants?.[0];
  expect(variant()?.colours).toHaveLength(1);
  await here.does(() => void undo.undo());
  expect(variant()?.colours).toHaveLength(2);
  await here.does(() => void undo.undo());
  await here.does(() => void undo.undo());
  expect(variant()).toMatchObject({ name: "Variant 1" });
  expect(variant()?.colours).toBeUndefined();
});
