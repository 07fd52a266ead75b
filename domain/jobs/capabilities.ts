import { z } from "zod";

/** What an engine can do; jobs ask for one of these and never for a model. */
export const capabilities = [
  "video",
  "image",
  "image.inpaint",
  "segment",
  "llm.plan",
  "env3d",
  "motion",
  "audio.music",
  "audio.sfx",
  "sync",
  "package",
  "join",
  "export",
] as const;
export const Capability = z.enum(capabilities);
export type Capability = z.infer<typeof Capability>;

/** What makes the pictures of a job, and whether a person waits in front of it. */
export const Lane = z.enum(["interactive", "batch"]);
export type Lane = z.infer<typeof Lane>;

/** What a job is to people. `stage` is a step of a generation, `chunk` a part of a long shot. */
export const jobKinds = ["shot", "thumbnail", "score", "export", "stage", "chunk", "image", "edit"] as const;
export const JobKind = z.enum(jobKinds);
export type JobKind = z.infer<typeof JobKind>;

/** What a run was started for. */
export const runKinds = [
  "shot",
  "shots",
  "thumbnails",
  "score",
  "export",
  "generation",
  "episode",
  "retry",
  "test",
  "image",
] as const;
export const RunKind = z.enum(runKinds);
export type RunKind = z.infer<typeof RunKind>;
