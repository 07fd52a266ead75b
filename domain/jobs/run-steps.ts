import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import { isTerminal, type JobState } from "./lifecycle.ts";

/** A job of a run as it is now; of a step that was retried the newest. */
export type RunStep = { id: Id; stepKey: string | null; state: JobState; dependsOn: readonly Id[] };

/**
 * Which steps of a run are done anew: those named, or all that ended without success; with them whatever waits for one
 * of them, and whatever they wait for that never succeeded. Everything else is kept as it is.
 * @param named  step keys; these are done anew even if they succeeded
 * @returns their jobs, in the order of `steps`; none where the run is still under way and nothing has failed yet
 * @throws StudioError run/wrong-state when one of them is under way, or everything succeeded; thing/not-found for a step
 *   that the run does not have
 */
export function stepsToRedo<S extends RunStep>(steps: readonly S[], named?: readonly string[]): S[] {
  const redo = new Set<Id>();
  if (named === undefined) for (const step of steps) if (hasFailed(step)) redo.add(step.id);
  for (const key of named ?? []) {
    const step = steps.find((one) => one.stepKey === key);
    if (step === undefined) throw new StudioError("thing/not-found", `The run has no step called "${key}".`);
    redo.add(step.id);
  }
  const byId = new Map(steps.map((step) => [step.id, step]));
  for (let grown = -1; grown !== redo.size;) {
    grown = redo.size;
    for (const step of steps) {
      if (step.dependsOn.some((id) => redo.has(id))) redo.add(step.id);
      if (!redo.has(step.id)) continue;
      for (const id of step.dependsOn) {
        const before = byId.get(id);
        if (before !== undefined && hasFailed(before)) redo.add(id);
      }
    }
  }
  const chosen = steps.filter((step) => redo.has(step.id));
  const busy = chosen
    .flatMap((step) => [step, ...step.dependsOn.flatMap((id) => byId.get(id) ?? [])])
    .find((step) => (redo.has(step.id) ? !isTerminal(step.state) : step.state === "cancelling"));
  if (busy !== undefined)
    throw new StudioError(
      "run/wrong-state",
      `Step ${busy.stepKey ?? busy.id} is ${busy.state}; wait until it has ended, or call it off first.`,
    );
  if (chosen.length === 0 && steps.every((step) => isTerminal(step.state)))
    throw new StudioError("run/wrong-state", "Every step of the run has succeeded; there is nothing to do again.");
  return chosen;
}

function hasFailed(step: RunStep): boolean {
  return isTerminal(step.state) && step.state !== "succeeded";
}

export const runStates = ["queued", "running", "succeeded", "partial", "failed", "cancelled"] as const;
export type RunState = (typeof runStates)[number];

/** A run has no state of its own: it is what its jobs are. Parts of a job count only while they are under way. */
export function runState(jobs: readonly { state: JobState; isPart?: boolean }[]): RunState {
  if (jobs.every(({ state }) => state === "queued")) return "queued";
  if (!jobs.every(({ state }) => isTerminal(state))) return "running";
  const states = jobs.filter(({ isPart }) => isPart !== true).map(({ state }) => state);
  if (states.every((state) => state === "succeeded")) return "succeeded";
  if (states.some((state) => state === "succeeded")) return "partial";
  return states.some((state) => state === "failed" || state === "expired") ? "failed" : "cancelled";
}
