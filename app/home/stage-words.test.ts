import { expect, test } from "vitest";
import { generationStages } from "#domain/jobs/stages.ts";
import { doingOf, stoppedAt } from "./stage-words.ts";

test("every stage is said in words of its own, and so is waiting", () => {
  const said = [null, ...generationStages].map(doingOf);
  expect(new Set(said).size).toBe(said.length);
});

test("a scene that stopped says where, and who can have it go on", () => {
  expect(stoppedAt("motion", true)).toMatch(/failed at the step “people”.*Whoever made it can have it go on/);
  expect(stoppedAt("audio", false)).toMatch(/called off at the step “sound”/);
  expect(stoppedAt(null, false)).toMatch(/called off\. /);
});
