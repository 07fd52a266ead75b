import { afterEach, expect, test, vi } from "vitest";
import { replaceScreenplay } from "#domain/film/edit.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { openBoard, type OpenBoard } from "#app/studio/board/testing/open-board.tsx";
import { useLiveProposal } from "#app/studio/session/use-live-proposal.ts";
import type { LiveProposal } from "#domain/screenplay/reparse/live-reading.ts";
import { ReadingBar } from "./reading-bar.tsx";
import { useReading } from "./use-reading.ts";

vi.mock("./use-language-model.ts", () => ({ useLanguageModel: () => null }));

let here: OpenBoard;
afterEach(() => here.close());

function Bar() {
  const live = useLiveProposal();
  return live ? <OpenBar live={live} /> : null;
}
function OpenBar({ live }: { live: LiveProposal }) {
  return <ReadingBar reading={useReading(live, false)} />;
}

async function says(words: string): Promise<void> {
  await vi.waitFor(async () => {
    await here.does(() => undefined);
    expect(here.page.textContent).toContain(words);
  }, 5000);
}
const press = (target: Element | null | undefined, key: string) =>
  here.does(() => void target?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })));

test("what the script is read as can be said where it is said, counts for everybody, and can be undone", async () => {
  here = await openBoard(<Bar />, (doc, edit) =>
    replaceScreenplay(doc, "1. A cup falls.\n2. Rain.\n3. She runs.\n", edit),
  );
  await says("Read by rules as a numbered list.");
  await press(here.page.querySelector("[role=combobox]"), "ArrowDown");
  const options = [...document.querySelectorAll("[role=option]")];
  expect(options.map((option) => option.textContent)).toContain("Read as a screenplay");
  await press(
    options.find((option) => option.textContent === "Read as prose"),
    "Enter",
  );
  const { doc, undo } = here.film.session;
  expect(readFilm(doc).meta.readAs).toBe("freeform");
  await says("Read by rules as prose.");
  await here.does(() => void undo.undo());
  await says("Read by rules as a numbered list.");
});
