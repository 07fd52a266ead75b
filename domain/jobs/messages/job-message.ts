/** Director → agent: one job to do, with what earlier jobs of its run made. */
import { z } from "zod";
import { Id } from "#domain/ids.ts";
import { Capability, JobKind, Lane } from "../capabilities.ts";
import { ArtifactRole, FileMeta } from "./artifact.ts";
import { protocolVersion } from "./protocol-version.ts";
import { RenderRequest } from "./render-request.ts";

/** What an earlier step of the run made: a file, or what it answered. Filled in when the job is released. */
export const JobInput = z.object({
  /** What the job knows it by: the step's key, and the artifact's name where a step made several. */
  name: z.string().max(80),
  fromJobId: Id,
  role: ArtifactRole.optional(),
  assetId: Id.optional(),
  contentType: z.string().max(100).optional(),
  meta: FileMeta.optional(),
  output: z.unknown().optional(),
});
export type JobInput = z.infer<typeof JobInput>;

/** Which part of which job a job is; `index` counts from 0. */
export const PartOf = z.object({ headJobId: Id, index: z.number().int().min(0), count: z.number().int().min(1) });
export type PartOf = z.infer<typeof PartOf>;

/** What it shall run on, and what has had no room for it. */
export const EngineWish = z.object({
  engine: z.string().max(60).optional(),
  model: z.string().max(200).optional(),
  notEngines: z.array(z.string().max(60)).default([]),
});
export type EngineWish = z.infer<typeof EngineWish>;

/** Director → agent, on the work queue. Whoever claims the lease counts the attempt up. */
export const JobMessage = z.object({
  v: z.literal(protocolVersion),
  jobId: Id,
  projectId: Id,
  workspaceId: Id,
  shotId: Id.optional(),
  kind: JobKind,
  capability: Capability,
  lane: Lane,
  /** Attempts the director knows of: where counting goes on when the broker has lost its leases. */
  attemptsSoFar: z.number().int().min(0).default(0),
  /** How many of them ended because their agent went away. */
  handovers: z.number().int().min(0).default(0),
  /** How long the director lets an agent be silent; renewals come at a third of it. */
  leaseSeconds: z.number().min(0.5).max(600).optional(),
  inputs: z.array(JobInput).max(2000).default([]),
  part: PartOf.optional(),
  want: EngineWish.optional(),
  request: RenderRequest,
});
export type JobMessage = z.infer<typeof JobMessage>;
