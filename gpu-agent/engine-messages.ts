import { z } from "zod";
import { Capability } from "#domain/jobs/capabilities.ts";
import { EngineLimits } from "#domain/jobs/messages/agent-info.ts";
import { ArtifactRole } from "#domain/jobs/messages/artifact.ts";
import { EngineWish, JobInput, PartOf } from "#domain/jobs/messages/job-message.ts";
import { RenderRequest } from "#domain/jobs/messages/render-request.ts";
import { FailureKind } from "#domain/jobs/messages/result-message.ts";

/**
 * What the agent and its engine process say to each other over IPC. The agent's own loop must never render, or its
 * heartbeats would stop; so engines live in a child, which can also be killed when it does not listen.
 */
export const ToEngine = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("run"),
    jobId: z.string(),
    attempt: z.number(),
    request: RenderRequest,
    inputs: z.array(JobInput),
    part: PartOf.optional(),
    want: EngineWish.optional(),
    scratch: z.string(),
  }),
  z.object({ type: z.literal("cancel") }),
  z.object({
    type: z.literal("asset"),
    assetId: z.string(),
    path: z.string().optional(),
    error: z.string().optional(),
  }),
]);
export type ToEngine = z.infer<typeof ToEngine>;

export const OfferedEngine = z.object({
  id: z.string(),
  capabilities: z.array(Capability),
  models: z.array(z.string()),
  version: z.string(),
  device: z.string(),
  limits: EngineLimits,
});
export type OfferedEngine = z.infer<typeof OfferedEngine>;

export const Progress = z.object({
  stage: z.string(),
  step: z.number().optional(),
  total: z.number().optional(),
  fraction: z.number(),
  message: z.string().optional(),
});
export type Progress = z.infer<typeof Progress>;

export const RenderedFile = z.object({
  role: ArtifactRole,
  /** Where there are several of one role. */
  name: z.string().optional(),
  path: z.string(),
  contentType: z.string(),
  meta: z.record(z.string(), z.union([z.number(), z.string()])),
});
export type RenderedFile = z.infer<typeof RenderedFile>;

export const FromEngine = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("ready"),
    engines: z.array(OfferedEngine),
    problems: z.array(z.string()),
    missing: z.number().int(),
  }),
  z.object({ type: z.literal("started"), engine: z.string(), model: z.string().optional() }),
  z.object({ type: z.literal("progress"), progress: Progress }),
  z.object({ type: z.literal("preview"), jpeg: z.instanceof(Uint8Array<ArrayBufferLike>) }),
  z.object({ type: z.literal("need-asset"), assetId: z.string() }),
  z.object({ type: z.literal("done"), files: z.array(RenderedFile), output: z.unknown().optional() }),
  z.object({
    type: z.literal("failed"),
    kind: z.union([FailureKind, z.literal("cancelled")]),
    message: z.string(),
    detail: z.string().optional(),
  }),
]);
export type FromEngine = z.infer<typeof FromEngine>;
