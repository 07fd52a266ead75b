/** What the API and the editors see of jobs, takes and assets. */
import { z } from "zod";
import { MadeFrom } from "#domain/film/made-from.ts";
import { Id } from "#domain/ids.ts";
import { FrameRate } from "#domain/time.ts";
import { Capability, JobKind } from "../capabilities.ts";
import { JobState } from "../lifecycle.ts";
import { ArtifactRole } from "./artifact.ts";
import { PartOf } from "./job-message.ts";

/** A job as the API and the editors see it. */
export const JobView = z.object({
  id: Id,
  runId: Id,
  projectId: Id,
  shotId: Id.optional(),
  /** Its place in the run's graph, e.g. "planning", "chunk:0". */
  stepKey: z.string().optional(),
  part: PartOf.optional(),
  /** The retry that took its place in the run. */
  supersededBy: Id.optional(),
  kind: JobKind,
  capability: Capability,
  state: JobState,
  stage: z.string().optional(),
  step: z.number().optional(),
  total: z.number().optional(),
  message: z.string().optional(),
  progress: z.number().min(0).max(1),
  queuePosition: z.number().int().optional(),
  /** Where it stands among the film's own of its priority: what has less comes first. */
  place: z.number().optional(),
  waitSeconds: z.number().optional(),
  etaSeconds: z.number().optional(),
  attempt: z.number().int(),
  priority: z.number().int(),
  retryOf: Id.optional(),
  engine: z.string().optional(),
  model: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  createdAt: z.string(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  createdBy: Id.optional(),
  artifacts: z.array(
    z.object({
      assetId: Id,
      role: ArtifactRole,
      name: z.string(),
      contentType: z.string(),
      bytes: z.number(),
      sha256: z.string(),
      url: z.string(),
    }),
  ),
});
export type JobView = z.infer<typeof JobView>;

/** A finished render of a shot. URLs are of the app (`/v1/assets/<id>`), which redirects to a signed one. */
export const TakeView = z.object({
  id: Id,
  projectId: Id,
  shotId: Id,
  jobId: Id.optional(),
  /** Counts up per shot, from 1. */
  number: z.number().int().min(1),
  engine: z.string(),
  model: z.string().optional(),
  seed: z.number(),
  prompt: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  frames: z.number().int(),
  fps: FrameRate,
  videoAssetId: Id,
  videoUrl: z.string(),
  posterAssetId: Id.optional(),
  posterUrl: z.string().optional(),
  createdAt: z.string(),
  createdBy: Id.optional(),
  /** What its shot said when it was asked for; absent: made before this was written down. */
  madeFrom: MadeFrom.optional(),
});
export type TakeView = z.infer<typeof TakeView>;

export const AssetView = z.object({
  id: Id,
  projectId: Id,
  name: z.string(),
  kind: z.enum(["video", "image", "audio", "other"]),
  contentType: z.string(),
  bytes: z.number(),
  state: z.enum(["pending", "ready"]),
  /** uploaded, or what made it, e.g. "previz". */
  source: z.string(),
  meta: z.record(z.string(), z.union([z.number(), z.string()])),
  url: z.string(),
  createdAt: z.string(),
});
export type AssetView = z.infer<typeof AssetView>;
