import { expect, test } from "vitest";
import type { JobState } from "./lifecycle.ts";
import { capabilityOfStage, generationProgress, generationStages, GenerationStatus } from "./stages.ts";

/** States of the six stages in order, and how far the one is that runs. */
const told = (states: JobState[], fraction = 0) =>
  generationProgress(
    generationStages.map((stage, index) => ({
      stage,
      state: states[index]!,
      progress: states[index] === "running" ? fraction : 0,
    })),
  );
const all = (state: JobState) => generationStages.map(() => state);

test("a generation is queued until a stage begins, and then it is the first stage that is not done", () => {
  expect(told(all("queued"))).toEqual({ status: "queued", stage: null, progress: 0 });
  expect(told(["running", ...all("queued").slice(1)], 0.5)).toEqual({
    status: "planning",
    stage: "planning",
    progress: 0.5 / 6,
  });
  expect(told(["succeeded", "queued", "queued", "queued", "queued", "queued"]).status).toBe("env");
  // Stages that do not wait for each other may run side by side.
  expect(told(["succeeded", "running", "succeeded", "running", "queued", "queued"], 0.5)).toEqual({
    status: "env",
    stage: "env",
    progress: 0.5,
  });
});

test("it is done when every stage is", () => {
  expect(told(all("succeeded"))).toEqual({ status: "done", stage: null, progress: 1 });
});

test("a stage that failed or was called off is named, not those that waited for it", () => {
  expect(told(["succeeded", "failed", "cancelled", "failed", "failed", "failed"])).toMatchObject({
    status: "failed",
    stage: "env",
  });
  expect(told(["succeeded", "succeeded", "cancelled", "queued", "cancelled", "cancelled"])).toMatchObject({
    status: "cancelled",
    stage: "motion",
  });
  expect(told(["succeeded", "expired", "failed", "failed", "failed", "failed"]).status).toBe("failed");
});

test("while a stage that was called off still ends, the generation is there", () => {
  expect(told(["succeeded", "cancelling", ...all("cancelled").slice(2)])).toMatchObject({
    status: "env",
    stage: "env",
  });
});

test("every stage is a status and has a capability that is asked for", () => {
  for (const stage of generationStages) {
    expect(GenerationStatus.parse(stage)).toBe(stage);
    expect(capabilityOfStage[stage]).toBeTruthy();
  }
});
