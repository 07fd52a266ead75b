import { z } from "@hono/zod-openapi";
import type { GenerationView } from "#db/queries/generations.ts";
import { StudioError } from "#domain/errors.ts";
import { JobState } from "#domain/jobs/lifecycle.ts";
import { ArtifactRole } from "#domain/jobs/messages/artifact.ts";
import { generationProgress, GenerationStage, GenerationStatus } from "#domain/jobs/stages.ts";

/** Generations speak snake_case: the contract is older than the rest of the API. */
export const StageFile = z.object({
  name: z.string(),
  role: ArtifactRole,
  content_type: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  url: z.string(),
});
const Stage = z.object({
  stage: GenerationStage,
  state: JobState,
  progress: z.number(),
  job_id: z.string(),
  attempt: z.number().int(),
  message: z.string().optional(),
  engine: z.string().optional(),
  started_at: z.string().optional(),
  finished_at: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  files: z.array(StageFile),
});
export const GenerationState = z
  .object({
    job_id: z.string(),
    status: GenerationStatus,
    /** The one at work or next; null before the first begins and after the last. */
    stage: GenerationStage.nullable(),
    progress: z.number(),
    prompt: z.string(),
    seed: z.number().int(),
    seconds: z.number(),
    /** Who understood the prompt: "rules", or a language model's name; absent while a model is being asked. */
    planner: z.string().optional(),
    /** Why it was not the model. */
    planner_note: z.string().optional(),
    created_at: z.string(),
    /** Server-sent events of its jobs, progress and files. */
    events_url: z.string(),
    stages: z.array(Stage),
    /** Of the stage that failed. */
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  })
  .openapi("Generation");
export type GenerationState = z.infer<typeof GenerationState>;

/** What was asked for, as it is kept with the run. */
export const GenerationParams = z.object({
  prompt: z.string(),
  seed: z.number().int(),
  seconds: z.number(),
  width: z.number().int(),
  height: z.number().int(),
  planner: z.string().optional(),
  planner_note: z.string().optional(),
  /** Counts the links that its viewer has had. */
  viewEpoch: z.number().int().default(0),
});
export type GenerationParams = z.infer<typeof GenerationParams>;

export function viewGeneration(generation: GenerationView): GenerationState {
  const { prompt, seed, seconds, planner, planner_note } = GenerationParams.parse(generation.params);
  const stages = generation.stages.map(({ stage, job }) => ({ stage, state: job.state, progress: job.progress }));
  const now = generationProgress(stages);
  const failed = generation.stages.find(({ stage }) => now.status === "failed" && stage === now.stage);
  return {
    job_id: generation.id,
    ...now,
    prompt,
    seed,
    seconds,
    ...(planner === undefined ? {} : { planner }),
    ...(planner_note === undefined ? {} : { planner_note }),
    created_at: generation.createdAt.toISOString(),
    events_url: `/v1/projects/${generation.projectId}/events`,
    stages: generation.stages.map(({ stage, job }) => ({
      stage,
      state: job.state,
      progress: job.progress,
      job_id: job.id,
      attempt: job.attempt,
      ...(job.message === undefined ? {} : { message: job.message }),
      ...(job.engine === undefined ? {} : { engine: job.engine }),
      ...(job.startedAt === undefined ? {} : { started_at: job.startedAt }),
      ...(job.finishedAt === undefined ? {} : { finished_at: job.finishedAt }),
      ...(job.error === undefined ? {} : { error: job.error }),
      files: job.artifacts.map((file) => ({
        name: file.name,
        role: file.role,
        content_type: file.contentType,
        bytes: file.bytes,
        sha256: file.sha256,
        url: file.url,
      })),
    })),
    ...(failed?.job.error === undefined ? {} : { error: failed.job.error }),
  };
}

/** @throws StudioError "generation/not-ready" */
export function finished(generation: GenerationView): GenerationView {
  const { status, stage } = viewGeneration(generation);
  if (status === "done") return generation;
  const details = { status, stage };
  if (status === "failed" || status === "cancelled")
    throw new StudioError(
      "generation/not-ready",
      `The generation ${status === "failed" ? "failed" : "was cancelled"} at "${stage}" and has no result. Retry it to go on from there.`,
      { details },
    );
  throw new StudioError("generation/not-ready", "The generation is not done yet. Ask again when its status is done.", {
    details,
  });
}
