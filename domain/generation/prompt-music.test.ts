import { expect, test } from "vitest";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import { musicIn } from "./prompt-music.ts";
import { readPrompt } from "./prompt-words.ts";

test("a tempo that is asked for wins over the style's, within what can be played", () => {
  expect(musicIn("lo-fi music").tempo).toBe(80);
  expect(musicIn("90 bpm lo-fi music").tempo).toBe(90);
  expect(musicIn("999 bpm techno").tempo).toBe(200);
});

test.each([
  ["sad piano music", ["piano", "pad"]],
  ["solo piano", ["piano"]],
  ["joyful guitar music", ["pluck", "bass", "pad"]],
  ["guitar and drums", ["pluck", "pulse", "bass", "pad"]],
  ["piano and strings", ["piano", "strings", "pad", "cello"]],
  ["lo-fi drums", ["piano", "pluck", "bass", "pad", "pulse"]],
  ["lo-fi beats with a cello", ["cello", "piano", "pluck", "bass", "pad", "pulse"]],
  ["an ambient synth drone", ["pad", "bell"]],
  ["dark synth music", ["pad", "pulse", "bass"]],
])("“%s” is played by those who are named", (heard, instruments) => {
  expect(musicIn(heard).instruments).toEqual(instruments);
});

test("a feeling changes mode, pace and density of what has none of its own", () => {
  expect(musicIn("sad piano music")).toMatchObject({ mode: "aeolian-sparse", tempo: 62, energy: 0.2 });
  expect(musicIn("joyful guitar music")).toMatchObject({ mode: "major", tempo: 112 });
  expect(musicIn("happy 90 bpm lo-fi")).toMatchObject({ mode: "major", tempo: 90, energy: 0.35 });
  expect(musicIn("ambient synth drone")).toMatchObject({ tempo: 60, energy: 0.15 });
});

test.each([
  "no music",
  "Music: none",
  "music:off",
  "music = off please",
  "music off",
  "music off, rain",
  "without any music",
  "the score is silent",
  "the score is silent.",
  "soundtrack - none",
])("“%s” is silent music", (heard) => expect(musicIn(heard)).toEqual({ none: true }));

test.each([
  "A jazz club with music off in the distance",
  "The score is off the charts, epic orchestral music",
  "a score - none of them win",
  "the score: none of them win",
  "music offbeat and odd",
])("“%s” asks for no silence", (heard) => expect(musicIn(heard).none).toBe(false));

test("a prompt of blanks is read as fast as any other", () => {
  for (const blank of [" ", "\n", " \t"]) {
    const prompt = `A bar with music${blank.repeat(19_900)}off in the distance`;
    expect(readPrompt(prompt)).toMatchObject({ seen: "A bar", heard: "with music off in the distance" });
    expect(cpuTimeOf(() => void readPrompt(prompt))).toBeLessThan(100);
    expect(cpuTimeOf(() => void musicIn(prompt))).toBeLessThan(100);
  }
});

test("without a word about it the music stays as the scene has it", () => {
  expect(musicIn("music from the house next door")).toEqual({ none: false });
  expect(musicIn("house music").tempo).toBe(112);
  expect(musicIn("")).toEqual({ none: false });
});

test("instruments that nobody plays are about the sound, those in somebody's hands are in the picture", () => {
  expect(readPrompt("A woman waits in a room, sad piano and low drums").heard).toBe("sad piano, and low drums");
  expect(readPrompt("A man in a room with an old piano")).toMatchObject({ heard: "" });
  expect(readPrompt("Maya is on a stage, playing cello")).toMatchObject({ heard: "" });
});
