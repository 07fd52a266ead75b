import { expect, test } from "vitest";
import type { Shot } from "#domain/film/shot.ts";
import { shotMarks } from "./shot-marks.ts";

const shots = ["1A", "1B", "1C", "2A"].map((number) => ({ id: number, number }) as Shot);
const places = (...from: [string, number][]) => ({
  shots: from.map(([shotId, line]) => ({ shotId, from: line, to: line + 1 })),
});

test("a shot is named at the line with which it begins, several of one line together", () => {
  expect(shotMarks(places(["1A", 2], ["1B", 4], ["1C", 4]), shots, ["1C"])).toEqual([
    { line: 2, shotIds: ["1A"], label: "1A", isChosen: false },
    { line: 4, shotIds: ["1B", "1C"], label: "1B–C", isChosen: true },
  ]);
});

test("what went off the board meanwhile is not named", () => {
  expect(shotMarks(places(["gone", 2], ["2A", 3]), shots, [])).toMatchObject([{ line: 3, label: "2A" }]);
});
