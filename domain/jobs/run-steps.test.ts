import { expect, test } from "vitest";
import type { JobState } from "./lifecycle.ts";
import { type RunStep, runState, stepsToRedo } from "./run-steps.ts";

/** planning → env, motion → package, with the states given. */
function aRun(states: Partial<Record<string, JobState>>): RunStep[] {
  const step = (stepKey: string, ...dependsOn: string[]): RunStep => ({
    id: stepKey,
    stepKey,
    state: states[stepKey] ?? "succeeded",
    dependsOn,
  });
  return [step("package", "env", "motion"), step("planning"), step("env", "planning"), step("motion", "planning")];
}
const redone = (states: Partial<Record<string, JobState>>, named?: string[]) =>
  stepsToRedo(aRun(states), named).map((step) => step.id);

test("what failed is done anew with all that waited for it, and what succeeded is kept", () => {
  expect(redone({ motion: "failed", package: "failed" })).toEqual(["package", "motion"]);
  expect(redone({ package: "cancelled" })).toEqual(["package"]);
  expect(redone({ planning: "expired", env: "failed", motion: "failed", package: "failed" })).toHaveLength(4);
});

test("a named step is done anew even if it succeeded, with what follows from it and what it lacks", () => {
  expect(redone({}, ["env"])).toEqual(["package", "env"]);
  expect(redone({ planning: "failed", env: "failed", motion: "failed", package: "failed" }, ["env"])).toHaveLength(4);
  expect(() => redone({}, ["sound"])).toThrow(expect.objectContaining({ code: "thing/not-found" }));
});

test("steps that are under way are not touched, and asking while a run goes on changes nothing", () => {
  expect(redone({ planning: "running", env: "queued", motion: "queued", package: "queued" })).toEqual([]);
  expect(() => redone({ motion: "running", package: "queued" }, ["env"])).toThrow(
    expect.objectContaining({ code: "run/wrong-state" }),
  );
  // What is still being called off would take its dependents with it.
  expect(() => redone({ env: "cancelling", package: "cancelled" })).toThrow(
    expect.objectContaining({ code: "run/wrong-state" }),
  );
  expect(() => redone({})).toThrow(expect.objectContaining({ code: "run/wrong-state" }));
});

test("a run is what its jobs are, and a finished part of an unfinished shot is no success", () => {
  const of = (...states: JobState[]) => runState(states.map((state) => ({ state })));
  expect(of("queued", "queued")).toBe("queued");
  expect(of("succeeded", "queued")).toBe("running");
  expect(of("succeeded", "succeeded")).toBe("succeeded");
  expect(of("succeeded", "failed")).toBe("partial");
  expect(of("failed", "cancelled")).toBe("failed");
  expect(of("expired")).toBe("failed");
  expect(of("cancelled")).toBe("cancelled");
  expect(runState([{ state: "failed" }, { state: "succeeded", isPart: true }])).toBe("failed");
  expect(runState([{ state: "cancelled" }, { state: "cancelling", isPart: true }])).toBe("running");
});
