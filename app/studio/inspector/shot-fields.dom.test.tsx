import { act } from "react";
import { afterEach, expect, test } from "vitest";
import { insertScene } from "#domain/film/board-edits.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { inputsOf } from "#domain/prompt/inputs.ts";
import { openBoard, type OpenBoard } from "#app/studio/board/testing/open-board.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { ShotFields } from "./shot-fields.tsx";

let here: OpenBoard;
afterEach(() => here.close());

function Fields() {
  const shot = useFilm((film) => film.shots[0]);
  return shot ? <ShotFields shot={shot} /> : null;
}

async function write(label: string, text: string): Promise<void> {
  const field = here.page.querySelector<HTMLTextAreaElement>(`textarea[aria-label="${label}"]`)!;
  await here.does(() => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")!.set!.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await act(async () => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
}

test("notes for the crew are written on the shot and taken off again, and no engine hears of them", async () => {
  await openBoard(
    <Fields />,
    (doc, edit) => void insertScene(doc, { heading: "INT. KITCHEN - DAY", durationFrames: 96 }, null, edit),
  ).then((opened) => (here = opened));
  const film = () => readFilm(here.film.session.doc);
  await write("Notes", "Ask for the real cup.");
  expect(film().shots[0]?.notes).toBe("Ask for the real cup.");
  expect(JSON.stringify(inputsOf(film(), film().shots[0]!))).not.toContain("real cup");
  await write("Notes", " ");
  expect(film().shots[0]).not.toHaveProperty("notes");
  here.film.session.undo.undo();
  expect(film().shots[0]?.notes).toBe("Ask for the real cup.");
});
