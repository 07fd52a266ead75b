import { expect, test } from "vitest";
import type { Shot } from "#domain/film/shot.ts";
import { animaticOf, indexAt, lineAt, scratchVoice } from "./animatic-plan.ts";

const shot = (id: string, durationFrames: number, ...lines: string[]): Shot => ({
  id,
  number: id,
  sceneId: "s",
  type: "wide",
  move: "static",
  action: "",
  dialogue: lines.map((text) => ({ character: "NOOR", text })),
  characters: [],
  prompt: "",
  durationFrames,
  elementIds: [],
});

test("every shot is seen for as long as it is", () => {
  const plan = animaticOf([shot("a", 10), shot("b", 1), shot("c", 5)]);
  const seen = [0, 9, 10, 11, 15, 16, 99].map((frame) => plan[indexAt(plan, frame)]?.shot.id);
  expect(seen).toEqual(["a", "a", "b", "c", "c", "c", "c"]);
  expect(plan.at(-1)?.to).toBe(16);
  expect(indexAt([], 0)).toBe(-1);
});

test("lines follow each other through their shot, the longer ones for longer", () => {
  const [only] = animaticOf([shot("a", 100, "No.", "Not in a hundred years, and not then.")]);
  expect(lineAt(only!, 0)?.text).toBe("No.");
  expect(lineAt(only!, 50)?.text).toContain("hundred");
  expect(lineAt(only!, 100)?.text).toContain("hundred");
  expect(lineAt(animaticOf([shot("b", 9)])[0]!, 3)).toBeNull();
});

test("the same name always has the same voice, and the one of its element where there is one", () => {
  expect(scratchVoice("NOOR", [])).toEqual(scratchVoice("Noor", []));
  expect(scratchVoice("NOOR", [])).not.toEqual(scratchVoice("BEN", []));
  const voice = { name: "Serena", pitch: 1.2, rate: 0.9 };
  expect(scratchVoice("NOOR", [{ name: "Noor", kind: "character", voice }])).toEqual({
    voice: { name: "Serena" },
    pitch: 1.2,
    rate: 0.9,
  });
});
