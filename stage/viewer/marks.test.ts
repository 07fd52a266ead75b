import { expect, test } from "vitest";
import type { TimelineEvent } from "#domain/generation/timeline.ts";
import { goingOn, marksOf } from "./marks.ts";

const events: TimelineEvent[] = [
  { kind: "scene", at: 0, seconds: 6, place: "alley", hour: "night", weather: "rain" },
  { kind: "action", at: 0, seconds: 4, who: "OLD KEEPER", action: "walk" },
  { kind: "music", at: 0, seconds: 6, mood: "tense", tempo: 80.4 },
  { kind: "step", at: 0.2, who: "OLD KEEPER" },
  { kind: "line", at: 1, seconds: 2, who: "MAYA" },
  { kind: "bar", at: 3, number: 2 },
  { kind: "action", at: 4, seconds: 2, who: "OLD KEEPER", action: "pick-up" },
  { kind: "cue", at: 4.5, what: "effect", effect: "engine-start" },
  { kind: "cue", at: 9, what: "hit" },
];
const marks = marksOf({ events, seconds: 6 });

test("what people do, say and hear is marked in words; bars, steps and what comes after the end are not", () => {
  expect(marks.map(({ kind, at, label }) => [kind, at, label])).toEqual([
    ["action", 0, "Old Keeper walks"],
    ["music", 0, "Tense music, 80 bpm"],
    ["line", 1, "Maya speaks"],
    ["action", 4, "Old Keeper picks something up"],
    ["cue", 4.5, "Engine start"],
  ]);
});

test("at any time one is told what is going on, and nothing that has ended", () => {
  const said = (seconds: number) => goingOn(marks, seconds).map(({ label }) => label);
  expect(said(0.5)).toEqual(["Old Keeper walks"]);
  expect(said(2)).toEqual(["Old Keeper walks", "Maya speaks"]);
  expect(said(4)).toEqual(["Old Keeper picks something up"]);
  expect(said(6)).toEqual([]);
});
