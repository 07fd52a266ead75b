import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { insertScene } from "#domain/film/board-edits.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { openBoard, type OpenBoard } from "#app/studio/board/testing/open-board.tsx";
import { ShotsView } from "./shots-view.tsx";

vi.mock("#app/studio/shell/use-view.ts", () => ({ useView: () => ["shots", () => undefined] }));

let here: OpenBoard;
let shotId: string;
/** What the browser's own player was asked for, in order. */
let asked: string[];

beforeEach(async () => {
  asked = [];
  // No file is ever played here: what plays is said by the tests.
  vi.spyOn(HTMLMediaElement.prototype, "play").mockImplementation(async () => void asked.push("play"));
  vi.spyOn(HTMLMediaElement.prototype, "pause").mockImplementation(() => void asked.push("pause"));
  here = await openBoard(<ShotsView />, (doc, edit) => {
    ({ shotId } = insertScene(doc, { heading: "EXT. PIER - DUSK", durationFrames: 96 }, null, edit));
  });
  await here.does(() => here.film.selection.set({ shotIds: [shotId], clipIds: [] }));
  await arrives(1);
});
afterEach(() => here.close());

const aTake = (number: number, frames = 96): TakeView => ({
  ...{ id: `t${number}`, projectId: "p1", shotId, number, engine: "previz", seed: number, prompt: "" },
  ...{ width: 640, height: 360, frames, fps: readFilm(here.film.session.doc).meta.fps },
  ...{ videoAssetId: `v${number}`, videoUrl: `/take-${number}.mp4`, createdAt: `2026-01-0${number}T00:00:00Z` },
});
const arrives = (number: number, frames?: number) =>
  here.does(() => here.film.work.take({ type: "take", take: aTake(number, frames) }));
const video = () => here.page.querySelector("video")!;
const happens = (what: string) => here.does(() => video().dispatchEvent(new Event(what)));
const frame = () => here.page.querySelector<HTMLInputElement>("input[aria-label=Frame]")!.value;
const at = () => Math.floor(video().currentTime * 24);

async function stepOn(frames: number): Promise<void> {
  for (let step = 0; step < frames; step += 1) await here.does(() => here.button("One frame forward").click());
}

test("a take that arrives takes the place of the one before it at the same frame, and stands there", async () => {
  await stepOn(3);
  asked = [];
  await arrives(2);
  await happens("loadedmetadata");
  expect(video().getAttribute("src")).toBe("/take-2.mp4");
  expect([frame(), at()]).toEqual(["3", 3]);
  expect(asked).not.toContain("play");
});

test("who watches a take when another arrives goes on watching, from the same frame", async () => {
  await stepOn(5);
  await happens("play");
  asked = [];
  await arrives(2);
  await happens("loadedmetadata");
  expect(at()).toBe(5);
  expect(asked).toEqual(["play"]);
});

test("who steps on while a file is on its way stands at that frame, and the button says so", async () => {
  await stepOn(5);
  await happens("play");
  await arrives(2);
  await stepOn(1);
  expect(here.button("Play")).toBeTruthy();
  asked = [];
  await happens("loadedmetadata");
  expect([frame(), at()]).toEqual(["6", 6]);
  expect(asked).not.toContain("play");
});

test("play and pause are seen at once while a file is on its way, and hold when it has come", async () => {
  await stepOn(2);
  await arrives(2);
  await here.does(() => here.button("Play").click());
  expect(here.button("Pause")).toBeTruthy();
  asked = [];
  await happens("loadedmetadata");
  expect(asked).toEqual(["play"]);
  await arrives(3);
  await here.does(() => here.button("Pause").click());
  expect(here.button("Play")).toBeTruthy();
  asked = [];
  await happens("loadedmetadata");
  expect(asked).not.toContain("play");
});

test("after a file that cannot be played nothing plays, and the next one is stepped through as ever", async () => {
  await stepOn(2);
  await happens("play");
  await arrives(2);
  await happens("error");
  expect(here.button("Play")).toBeTruthy();
  expect(here.page.textContent).toContain("can't be played");
  await stepOn(1);
  expect(at()).toBe(3);
  await arrives(3);
  await happens("loadedmetadata");
  expect([frame(), at()]).toEqual(["3", 3]);
});

test("the frame that was on screen stays there until the new take shows its own", async () => {
  const drawn: (string | null)[] = [];
  const drawImage = (from: HTMLVideoElement) => void drawn.push(from.getAttribute("src"));
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({ drawImage } as never);
  vi.spyOn(HTMLMediaElement.prototype, "readyState", "get").mockReturnValue(4);
  const held = () => !here.page.querySelector<HTMLCanvasElement>(".shots-picture canvas")!.hidden;
  await stepOn(3);
  expect(held()).toBe(false);
  await arrives(2);
  expect(drawn).toEqual(["/take-1.mp4"]);
  await happens("loadedmetadata");
  await happens("loadeddata");
  expect(held()).toBe(true);
  await happens("seeked");
  expect(held()).toBe(false);
});

test("in a take that is shorter than where the playhead stood, its last frame is shown", async () => {
  await stepOn(4);
  await arrives(2, 3);
  await happens("loadedmetadata");
  expect([frame(), at()]).toEqual(["2", 2]);
});
