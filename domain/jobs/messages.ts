/**
 * What the processes say to each other about jobs, as schemas with a version. The app writes a job's request into
 * Postgres; the director dispatches it as a `JobMessage`; an agent answers with `ProgressMessage`s (lossy) and one
 * `ResultMessage` per attempt (durable); the director tells editors by `ProjectEvent`s.
 */
import { z } from "zod";
import { Id } from "#domain/ids.ts";
import { CueSheet } from "#domain/screenplay/cue-sheet.ts";
import { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { FrameRate } from "#domain/time.ts";
import { Capability, JobKind, Lane } from "./capabilities.ts";
import { JobState } from "./lifecycle.ts";

export const protocolVersion = 1;

const Pixels = z.number().int().min(16).max(7680);
const Seed = z.number().int().min(0).max(0xffffffff);

export const VideoRequest = z.object({
  role: z.literal("video"),
  plan: ScenePlan,
  prompt: z.string().max(20_000),
  negativePrompt: z.string().max(10_000).optional(),
  seed: Seed,
  width: Pixels,
  height: Pixels,
  frames: z.number().int().min(1).max(14_400),
  fps: FrameRate,
});
export type VideoRequest = z.infer<typeof VideoRequest>;

export const ImageRequest = z.object({
  role: z.literal("image"),
  plan: ScenePlan,
  prompt: z.string().max(20_000),
  seed: Seed,
  width: Pixels,
  height: Pixels,
  /** Which moment of the shot, 0 = its start, 1 = its end. */
  atFraction: z.number().min(0).max(1),
});
export type ImageRequest = z.infer<typeof ImageRequest>;

export const MusicRequest = z.object({
  role: z.literal("audio.music"),
  cues: CueSheet,
  seconds: z.number().min(0.1).max(3600),
  seed: Seed,
  /** The project's, so that the finished sound can be placed to the frame. */
  fps: FrameRate.optional(),
});
export type MusicRequest = z.infer<typeof MusicRequest>;

/** A stretch of picture: frames [in, in + duration) of an asset, shown from `start`. Gaps are black. */
export const ExportPicture = z.object({
  assetId: Id,
  start: z.number().int().min(0),
  duration: z.number().int().min(1),
  in: z.number().int().min(0),
});
export const ExportSound = ExportPicture.extend({ gain: z.number().min(0).max(4) });
export const ExportRequest = z.object({
  role: z.literal("export"),
  format: z.literal("mp4"),
  width: Pixels,
  height: Pixels,
  fps: FrameRate,
  frames: z.number().int().min(1),
  title: z.string().max(200),
  /** Which engines made the pictures, e.g. ["previz"]; written into the file. */
  engines: z.array(z.string()),
  /** Upper tracks later in the list win where they overlap. */
  picture: z.array(ExportPicture).max(20_000),
  sound: z.array(ExportSound).max(20_000),
});
export type ExportRequest = z.infer<typeof ExportRequest>;

export const RenderRequest = z.discriminatedUnion("role", [VideoRequest, ImageRequest, MusicRequest, ExportRequest]);
export type RenderRequest = z.infer<typeof RenderRequest>;

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
  /** How long the director lets an agent be silent; renewals come at a third of it. */
  leaseSeconds: z.number().min(0.5).max(600).optional(),
  request: RenderRequest,
});
export type JobMessage = z.infer<typeof JobMessage>;

/** Value of `lease.<job>`: who works on it, as which attempt. Written by compare-and-set only. */
export const Lease = z.object({
  agentId: Id,
  attempt: z.number().int().min(1),
  at: z.string(),
  /** Handed back or finished: the next one need not wait for silence. */
  released: z.boolean().optional(),
});
export type Lease = z.infer<typeof Lease>;

/** Agent → everyone, core NATS, at most 5/s. `fraction` never goes back within an attempt. */
export const ProgressMessage = z.object({
  v: z.literal(protocolVersion),
  jobId: Id,
  projectId: Id,
  shotId: Id.optional(),
  attempt: z.number().int().min(1),
  agentId: Id,
  state: z.enum(["leased", "running", "uploading"]),
  stage: z.string().max(40),
  step: z.number().int().min(0).optional(),
  total: z.number().int().min(0).optional(),
  fraction: z.number().min(0).max(1),
  etaSeconds: z.number().min(0).optional(),
  message: z.string().max(300).optional(),
  /** A small JPEG of what is being rendered, base64, at most 24 KiB of bytes, at most 2/s. */
  preview: z.string().max(34_000).optional(),
});
export type ProgressMessage = z.infer<typeof ProgressMessage>;

export const artifactRoles = ["video", "poster", "audio", "image", "metadata"] as const;
export const ArtifactRole = z.enum(artifactRoles);
export type ArtifactRole = z.infer<typeof ArtifactRole>;

export const Artifact = z.object({
  role: ArtifactRole,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().min(1),
  contentType: z.string().max(100),
  /** width, height, frames, fps, seconds: what a probe of the file said. */
  meta: z.record(z.string(), z.union([z.number(), z.string()])),
});
export type Artifact = z.infer<typeof Artifact>;

export const failureKinds = [
  "retryable",
  "permanent",
  "capacity",
  "missing-model",
  "licence",
  "infrastructure",
] as const;
export const FailureKind = z.enum(failureKinds);
export type FailureKind = z.infer<typeof FailureKind>;

/** What really ran, said on every label. */
export const Runtime = z.object({
  engine: z.string().max(60),
  model: z.string().max(200).optional(),
  device: z.string().max(200),
  seconds: z.number().min(0),
});
export type Runtime = z.infer<typeof Runtime>;

/** Agent → director, durable, one per attempt; Nats-Msg-Id `<job>:<attempt>:done`. */
export const ResultMessage = z.object({
  v: z.literal(protocolVersion),
  jobId: Id,
  projectId: Id,
  attempt: z.number().int().min(1),
  agentId: Id,
  outcome: z.discriminatedUnion("status", [
    z.object({ status: z.literal("succeeded"), artifacts: z.array(Artifact).min(1) }),
    z.object({ status: z.literal("failed"), kind: FailureKind, message: z.string().max(2000) }),
    z.object({ status: z.literal("cancelled") }),
  ]),
  runtime: Runtime,
});
export type ResultMessage = z.infer<typeof ResultMessage>;

/** Agent → director, request/reply: a URL to put an artifact to, or to get an input from. Needs the current lease. */
export const SignRequest = z.object({
  v: z.literal(protocolVersion),
  jobId: Id,
  attempt: z.number().int().min(1),
  agentId: Id,
  want: z.discriminatedUnion("op", [
    z.object({
      op: z.literal("put"),
      sha256: Artifact.shape.sha256,
      bytes: z.number().int().min(1),
      contentType: z.string().max(100),
      role: ArtifactRole,
    }),
    z.object({ op: z.literal("get"), assetId: Id }),
  ]),
});
export type SignRequest = z.infer<typeof SignRequest>;

export const SignReply = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("signed"),
    method: z.enum(["PUT", "GET"]),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
  }),
  /** The same bytes are in the store already; nothing to send. */
  z.object({ status: z.literal("present") }),
  z.object({ status: z.literal("refused"), reason: z.string() }),
]);
export type SignReply = z.infer<typeof SignReply>;

/** Value of `agents.<id>`, renewed every few seconds; the bucket's age limit makes silent agents vanish. */
export const AgentInfo = z.object({
  v: z.literal(protocolVersion),
  id: Id,
  engines: z.array(
    z.object({
      id: z.string(),
      capabilities: z.array(Capability),
      models: z.array(z.string()),
      version: z.string(),
      maxFrames: z.number().int().optional(),
    }),
  ),
  device: z.string(),
  memoryBytes: z.number().int(),
  slots: z.number().int().min(1),
  state: z.enum(["starting", "idle", "busy", "draining"]),
  currentJobIds: z.array(Id),
  /** Measured: frames of picture per second of work, by engine and lines, e.g. {"previz:360": 14.2}. */
  speed: z.record(z.string(), z.number()),
  at: z.string(),
});
export type AgentInfo = z.infer<typeof AgentInfo>;

/** A job as the API and the editors see it. */
export const JobView = z.object({
  id: Id,
  runId: Id,
  projectId: Id,
  shotId: Id.optional(),
  kind: JobKind,
  capability: Capability,
  state: JobState,
  stage: z.string().optional(),
  step: z.number().optional(),
  total: z.number().optional(),
  message: z.string().optional(),
  progress: z.number().min(0).max(1),
  queuePosition: z.number().int().optional(),
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

/** Director or app → collab-server and SSE: what changed in Postgres that editors show. */
export const ProjectEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("job"), job: JobView }),
  z.object({ type: z.literal("take"), take: TakeView }),
  z.object({ type: z.literal("asset"), asset: AssetView }),
  /** The fleet or the queue moved: positions of queued jobs, agents online. */
  z.object({ type: z.literal("queue"), positions: z.record(z.string(), z.number()), agents: z.number().int() }),
]);
export type ProjectEvent = z.infer<typeof ProjectEvent>;
