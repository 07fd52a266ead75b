import type { ReactNode } from "react";
import { afterEach, expect, test } from "vitest";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { screenplayOf } from "#domain/film/document.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { openBoard, type OpenBoard } from "#app/studio/board/testing/open-board.tsx";
import { ShotFields } from "#app/studio/inspector/shot-fields.tsx";
import { ScriptFileMenu } from "#app/studio/script/script-file-menu.tsx";
import { useFilm } from "./use-film.ts";

const script = "INT. KITCHEN - DAY\n\nA cup falls.\n\nELSA\nNo!\n";
let here: OpenBoard;
afterEach(() => here.close());

async function open(view: ReactNode): Promise<void> {
  here = await openBoard(view, (doc) => {
    screenplayOf(doc).insert(0, script);
    commitBreakdown(doc, breakDown(script, { fps: { num: 24, den: 1 } }).scenes, { newId: () => crypto.randomUUID() });
  });
}
/** As the script editor writes a letter. */
const type = () =>
  here.does(() => {
    const { doc, edit } = here.film.session;
    doc.transact(() => screenplayOf(doc).insert(0, "x"), edit.origin);
  });
const press = (name: string) => here.does(() => here.button(name).click());

function Fields() {
  const shot = useFilm((film) => film.shots.at(-1));
  return shot ? <ShotFields shot={shot} /> : null;
}

test("in the inspector each press is a step of undo, however fast they follow each other and what is typed", async () => {
  await open(<Fields />);
  const { undo, doc } = here.film.session;
  // However fast: without gestures everything would be one step.
  undo.captureTimeout = 3_600_000;
  const shot = () => readFilm(doc).shots.at(-1)!;
  await type();
  await press("Draw a seed");
  await press("Take Elsa out of the picture");
  expect(shot()).toMatchObject({ characters: [], seed: expect.any(Number) });
  undo.undo();
  expect(shot()).toMatchObject({ characters: ["ELSA"], seed: expect.any(Number) });
  undo.undo();
  expect(shot().seed).toBeUndefined();
  expect(screenplayOf(doc).toString()).toBe(`x${script}`);
});

test("a file in the script's place is a step of undo, and what was typed just before stays", async () => {
  await open(<ScriptFileMenu />);
  const { undo, doc } = here.film.session;
  undo.captureTimeout = 3_600_000;
  await type();
  const input = here.page.querySelector<HTMLInputElement>("input[type=file]")!;
  const file = new File(["INT. CELLAR - NIGHT\n\nDark.\n"], "cellar.fountain");
  Object.defineProperty(input, "files", { value: [file] });
  await here.does(() => void input.dispatchEvent(new Event("change", { bubbles: true })));
  await press("Replace");
  expect(screenplayOf(doc).toString()).toContain("CELLAR");
  await type();
  undo.undo();
  undo.undo();
  expect(screenplayOf(doc).toString()).toBe(`x${script}`);
});
