import { z } from "zod";
import type { Capability } from "./capabilities.ts";
import { type JobState } from "./lifecycle.ts";

/** The stages of a generation, in order. Each is one job of its run, with the stage's name as step key. */
export const generationStages = ["planning", "env", "motion", "audio", "sync", "package"] as const;
export const GenerationStage = z.enum(generationStages);
export type GenerationStage = z.infer<typeof GenerationStage>;

export const GenerationStatus = z.enum(["queued", ...generationStages, "done", "failed", "cancelled"]);
export type GenerationStatus = z.infer<typeof GenerationStatus>;

export const capabilityOfStage = {
  planning: "llm.plan",
  env: "env3d",
  motion: "motion",
  audio: "audio.music",
  sync: "sync",
  package: "package",
} as const satisfies Record<GenerationStage, Capability>;

/** A stage's job as it is now; of a retried stage the newest one. `progress` in [0, 1]. */
export type StageJob = { stage: GenerationStage; state: JobState; progress: number };

export type GenerationProgress = {
  status: GenerationStatus;
  /** The first stage that is not done yet; the one that failed; null before the first begins and after the last. */
  stage: GenerationStage | null;
  /** In [0, 1]: every stage counts the same. */
  progress: number;
};

/** A generation has no state of its own: it is what its stages are. */
export function generationProgress(jobs: readonly StageJob[]): GenerationProgress {
  const byStage = new Map(jobs.map((job) => [job.stage, job]));
  const done = generationStages.map((stage) => {
    const job = byStage.get(stage);
    return job?.state === "succeeded" ? 1 : (job?.progress ?? 0);
  });
  const progress = done.reduce((sum, one) => sum + one, 0) / generationStages.length;
  const firstIn = (...states: JobState[]) =>
    generationStages.find((stage) => states.includes(byStage.get(stage)?.state ?? "queued")) ?? null;
  // Later stages end together with the one that did not succeed; the first of them is the reason.
  const failed = firstIn("failed", "expired");
  if (failed !== null) return { status: "failed", stage: failed, progress };
  // The stage that was at work ends last.
  const leaving = firstIn("cancelling");
  if (leaving !== null) return { status: leaving, stage: leaving, progress };
  const cancelled = firstIn("cancelled");
  if (cancelled !== null) return { status: "cancelled", stage: cancelled, progress };
  const stage = firstIn("queued", "leased", "running", "uploading", "cancelling");
  if (stage === null) return { status: "done", stage: null, progress: 1 };
  const hasBegun = jobs.some((job) => job.state !== "queued");
  return hasBegun ? { status: stage, stage, progress } : { status: "queued", stage: null, progress };
}
