import { expect, test } from "vitest";
import { musicIn } from "./prompt-music.ts";

test("a tempo that is asked for wins over the style's, within what can be played", () => {
  expect(musicIn("lo-fi music").tempo).toBe(80);
  expect(musicIn("90 bpm lo-fi music").tempo).toBe(90);
  expect(musicIn("999 bpm techno").tempo).toBe(200);
});

test("a feeling changes the mode of any style; silence is without instruments", () => {
  expect(musicIn("sad piano music")).toMatchObject({
    mode: "aeolian-sparse",
    instruments: ["piano", "pad"],
  });
  expect(musicIn("no music")).toEqual({ none: true });
});

test("without a word about it the music stays as the scene has it", () => {
  expect(musicIn("")).toEqual({ none: false });
});
