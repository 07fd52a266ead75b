import { expect, test } from "vitest";
import { generationStages } from "#domain/jobs/stages.ts";
import { titleOf } from "#domain/generation/title.ts";
import { doingOf, restOf, stoppedAt } from "./stage-words.ts";

test("every stage is said in words of its own, and so is waiting", () => {
  const said = [null, ...generationStages].map(doingOf);
  expect(new Set(said).size).toBe(said.length);
});

test("a scene that stopped says where, and who can have it go on", () => {
  expect(stoppedAt("motion", true)).toMatch(/failed at the “cast” step.*Whoever made it can resume it/);
  expect(stoppedAt("audio", false)).toMatch(/cancelled at the “sound” step/);
  expect(stoppedAt(null, false)).toMatch(/cancelled\. /);
});

test("under a title stands what the sentence says beyond it, and all of it where the title was cut", () => {
  const rest = (prompt: string) => restOf(prompt, titleOf(prompt));
  expect(rest("a rainy neon alley,  a detective walking slowly, 80 bpm lo-fi")).toBe("");
  expect(rest("A rainy neon alley. ")).toBe("");
  expect(rest("A rainy neon alley!")).toBe("");
  expect(rest("A rainy neon alley. A detective walks.\nRain falls.")).toBe("A detective walks. Rain falls.");
  const long = "An alley with rain and neon and more rain and more neon and a detective who walks slowly to its end.";
  expect(rest(long)).toBe(long);
});
