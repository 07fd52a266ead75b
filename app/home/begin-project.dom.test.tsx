import { afterEach, expect, test, vi } from "vitest";
import { insertScene } from "#domain/film/board-edits.ts";
import { beginProject, beginSample } from "./begin-project.ts";
import { openBoard, type OpenBoard } from "#app/studio/board/testing/open-board.tsx";
import { Checklist } from "#app/studio/shell/checklist.tsx";

let here: OpenBoard | undefined;
afterEach(async () => {
  await here?.close();
  here = undefined;
  localStorage.clear();
  vi.unstubAllGlobals();
});

/** A film with a scene on its board, whoever put it there. */
async function open(): Promise<string> {
  here = await openBoard(<Checklist onView={() => undefined} />, (doc, edit) => {
    insertScene(doc, { heading: "EXT. PIER - DUSK", durationFrames: 96 }, null, edit);
  });
  return here.page.textContent ?? "";
}

/** Of whoever opens the film here. */
const ana = "u1";

/** Somebody begins films. */
async function begin(how: typeof beginProject | typeof beginSample, ids: string[], personId = ana): Promise<void> {
  vi.stubGlobal("location", { ...location, assign: () => undefined });
  for (const id of ids) {
    vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ project: { id } })));
    await how({ workspaceId: "w1", title: "Film" } as never, personId);
  }
}

test("who is invited into a film is not told that they did what others did", async () => {
  expect(await open()).toBe("");
});

test("in the first film that somebody begins, its steps are ticked as they are done", async () => {
  await begin(beginProject, ["p1"]);
  expect(await open()).toContain("First three minutes2 of 6");
});

test("in the second film nobody needs them, and in the sample all is there already", async () => {
  await begin(beginProject, ["p0", "p1"]);
  expect(await open()).toBe("");
  await here!.close();
  localStorage.clear();
  await begin(beginSample, ["p1"]);
  expect(await open()).toBe("");
});

test("of several people at one browser each has the steps in their own first film", async () => {
  await begin(beginProject, ["p0"], "u2");
  await begin(beginProject, ["p1"]);
  expect(await open()).toContain("First three minutes");
  await here!.close();
  localStorage.clear();
  await begin(beginProject, ["p1"], "u2");
  expect(await open()).toBe("");
});
