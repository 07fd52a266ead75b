import { expect, test } from "vitest";
import { dualSideOf } from "./dual-side.ts";
import { lexScript } from "./relex.ts";

const sides = (text: string) => {
  const { lines } = lexScript(text);
  return lines.map((_, index) => dualSideOf(lines, index));
};

test("the first of two who speak at once is left, the second, marked one is right, each with all that is said", () => {
  expect(sides("Rain.\n\nMAYA\n(low)\nIt's beautiful.\n\nHALE ^\nIt's wrong.\n\nRain.")).toEqual([
    ...[null, null],
    ...["left", "left", "left"],
    null,
    ...["right", "right"],
    ...[null, null],
  ]);
});

test("a marked name with no speech above it stands alone", () => {
  expect(sides("Rain.\n\nHALE ^\nIt's wrong.")).toEqual([null, null, null, null]);
});

test("who answers after one another is on no side", () => {
  expect(sides("MAYA\nIt's beautiful.\n\nHALE\nIt's wrong.")).toEqual([null, null, null, null, null]);
});
