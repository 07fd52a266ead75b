/** A file that came of a job, as its agent tells the director. */
import { z } from "zod";

export const artifactRoles = [
  "video",
  "poster",
  "audio",
  "image",
  "metadata",
  "model",
  "splat",
  "motion",
  "plan",
  "timeline",
  "manifest",
  "tail",
  "package",
  "join",
  "pass",
  "camera",
] as const;
export const ArtifactRole = z.enum(artifactRoles);
export type ArtifactRole = z.infer<typeof ArtifactRole>;

/** What a probe of a file said: width, height, frames, fps, seconds. */
export const FileMeta = z.record(z.string(), z.union([z.number(), z.string()]));

export const Artifact = z.object({
  role: ArtifactRole,
  /** Tells files of one role apart; the role where there is one of it. */
  name: z.string().min(1).max(80),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().min(1),
  contentType: z.string().max(100),
  meta: FileMeta,
});
export type Artifact = z.infer<typeof Artifact>;
