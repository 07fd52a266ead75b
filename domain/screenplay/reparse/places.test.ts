import { expect, test } from "vitest";
import type { ProposedScene, ProposedShot } from "#domain/screenplay/breakdown.ts";
import { linesOfShot, placesOf, shotsAtLine } from "./places.ts";

const shot = (id: string | null, from: number, to: number): ProposedShot => ({
  ...(id === null ? {} : { id }),
  type: "wide",
  move: "static",
  action: "A lamp.",
  dialogue: [],
  characters: [],
  durationFrames: 48,
  lines: { from, to },
});
const scene = (...shots: ProposedShot[]): ProposedScene => ({
  heading: "INT. ROOM - DAY",
  setting: "int",
  location: "ROOM",
  time: "DAY",
  synopsis: "",
  shots,
});

test("a line belongs to the shots made of it, and each shot knows its lines", () => {
  // One paragraph may give two shots.
  const places = placesOf([scene(shot("a", 2, 3), shot("b", 2, 3), shot(null, 4, 6)), scene(shot("c", 9, 12))]);
  expect([0, 2, 3, 5, 11, 12].map((line) => shotsAtLine(places, line))).toEqual([[], ["a", "b"], [], [], ["c"], []]);
  expect(linesOfShot(places, "c")).toEqual({ from: 9, to: 12 });
  expect(linesOfShot(places, "x")).toBeNull();
});

test("a shot that the parser gave no lines has no place", () => {
  const { lines: _lines, ...bare } = shot("a", 0, 1);
  expect(placesOf([scene(bare)])).toEqual({ shots: [] });
});
