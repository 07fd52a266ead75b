import { expect, test } from "vitest";
import type { CueSheet } from "#domain/screenplay/cue-sheet.ts";
import { tuneCues } from "./prompt-music.ts";

const cues: CueSheet = {
  version: 1,
  seed: 1,
  tempo: 72,
  key: 0,
  seconds: 4,
  sections: [
    { start: 0, seconds: 4, mood: "calm", energy: 0.2, mode: "lydian", instruments: ["pad"], ambience: [], steps: 0 },
  ],
};

test("a tempo that is asked for wins over the style's, within what can be played", () => {
  expect(tuneCues(cues, "lo-fi music").tempo).toBe(80);
  expect(tuneCues(cues, "90 bpm lo-fi music").tempo).toBe(90);
  expect(tuneCues(cues, "999 bpm techno").tempo).toBe(200);
});

test("a feeling changes the mode of any style; silence is without instruments", () => {
  expect(tuneCues(cues, "sad piano music").sections[0]).toMatchObject({
    mode: "aeolian-sparse",
    instruments: ["piano", "pad"],
  });
  expect(tuneCues(cues, "no music").sections[0]?.instruments).toEqual([]);
});

test("without a word about it the music stays as the scene has it", () => {
  expect(tuneCues(cues, "")).toEqual(cues);
});
