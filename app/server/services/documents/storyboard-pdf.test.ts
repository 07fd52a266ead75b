import fs from "node:fs";
import { expect, test } from "vitest";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import { emptyFilm } from "#domain/film/snapshot.ts";
import { readPdf } from "./read-pdf.ts";
import { makeStoryboardPdf } from "./storyboard-pdf.ts";

const scene: Scene = {
  ...{ id: "s1", number: 1, heading: "EXT. PIER - DUSK", setting: "ext", location: "PIER", time: "DUSK", synopsis: "" },
};
const aShot = (index: number, more: Partial<Shot> = {}): Shot => ({
  ...{ id: `shot-${index}`, sceneId: "s1", number: `1${String.fromCharCode(65 + index)}`, type: "wide", move: "pan" },
  ...{ action: `Wave number ${index} comes in.`, dialogue: [], characters: [], prompt: "", durationFrames: 60 },
  elementIds: [],
  ...more,
});
const film = {
  ...emptyFilm,
  meta: { ...emptyFilm.meta, title: "Low Water" },
  scenes: [scene],
  shots: Array.from({ length: 8 }, (_, index) =>
    aShot(
      index,
      index === 0 ? { notes: "Tide table!", dialogue: [{ character: "MAYA", text: "Wait!" }], lens: 35 } : {},
    ),
  ),
};
const jpeg = { bytes: fs.readFileSync("sample/media/1a.jpg"), contentType: "image/jpeg" };

test("six shots to a page, each with its number, framing, length, words and notes", async () => {
  const made = await makeStoryboardPdf(film, { paper: "letter", pictureOf: async () => jpeg });
  expect([made.pages, made.missingLetters]).toEqual([2, 0]);
  const pages = (await readPdf(made.bytes)).pages.map((page) =>
    page.rows.map((row) => row.segments.map(({ text }) => text).join("  ")).join("\n"),
  );
  expect(pages[0]).toContain("Low Water 8 shots, 0:20 min");
  for (const words of ["1 EXT. PIER - DUSK", "Wide, pan, 35 mm", "2.5 s", "MAYA: Wait!", "Note: Tide table!", "1F"])
    expect(pages[0]).toContain(words);
  expect(pages[0]).not.toContain("1G");
  expect(pages[1]).toContain("Wave number 7 comes in.");
});

test("shots without a picture, or with one that is broken, are there all the same", async () => {
  const broken = { bytes: Uint8Array.of(1, 2, 3), contentType: "image/jpeg" };
  for (const picture of [null, broken, { bytes: Uint8Array.of(1), contentType: "image/webp" }]) {
    const { bytes } = await makeStoryboardPdf(film, { paper: "a4", pictureOf: async () => picture });
    const [page] = (await readPdf(bytes)).pages;
    expect(page?.rows.flatMap((row) => row.segments.map(({ text }) => text)).join(" ")).toContain("No picture yet");
  }
});
