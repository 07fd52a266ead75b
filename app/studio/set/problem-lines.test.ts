import { expect, test } from "vitest";
import { problemLines } from "./problem-lines.ts";

test("each thing that is left out is a line, up to a few; what cannot be read at all is counted", () => {
  expect(problemLines([], ["shots 1 is malformed: lens"])).toEqual([]);
  expect(problemLines(["a table in the set is left out: at.2: Too big"], [])).toEqual([
    "A table in the set is left out: at.2: Too big.",
  ]);
  const many = Array.from({ length: 6 }, (_, at) => `light ${at} is left out`);
  expect(problemLines(many, ["staging 1 is malformed: at", "staging 2 is malformed: at"])).toEqual([
    ...many.slice(0, 4).map((line) => line.replace("l", "L") + "."),
    "And 2 more.",
    "2 items staged in this film could not be read and were skipped.",
  ]);
  expect(problemLines([], ["staging 1 is malformed: at"])).toEqual([
    "1 item staged in this film could not be read and was skipped.",
  ]);
});
