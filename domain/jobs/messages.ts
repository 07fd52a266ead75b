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

/** 2: claims have a nonce; jobs know their inputs; agents say their limits. */
export const protocolVersion = 2;

const Pixels = z.number().int().min(16).max(7680);
const Seed = z.number().int().min(0).max(0xffffffff);

/** A picture that an engine starts from or passes through: of the library, or of an earlier step of the run. */
export const Conditioning = z.object({
  assetId: Id.optional(),
  /** Name of one of the job's inputs, where it is not an asset yet. */
  input: z.string().max(80).optional(),
  /** Where in the shot it is seen, frames from its start. */
  frame: z.number().int().min(0),
  strength: z.number().min(0).max(1).optional(),
});
export type Conditioning = z.infer<typeof Conditioning>;

/** Which frames of the whole shot a chunk renders: [start, start + length) of `total`; the first `overlap` are shared. */
export const Chunk = z.object({
  start: z.number().int().min(0),
  length: z.number().int().min(1),
  overlap: z.number().int().min(0),
  total: z.number().int().min(1),
  /** Its file loses nothing, so that the joined film is encoded once. */
  lossless: z.literal(true),
});
export type Chunk = z.infer<typeof Chunk>;

export const VideoRequest = z.object({
  role: z.literal("video"),
  plan: ScenePlan,
  prompt: z.string().max(20_000),
  negativePrompt: z.string().max(10_000).optional(),
  seed: Seed,
  width: Pixels,
  height: Pixels,
  /** Of the whole shot, also where only a chunk of it is asked for. */
  frames: z.number().int().min(1).max(14_400),
  fps: FrameRate,
  steps: z.number().int().min(1).max(500).optional(),
  guidance: z.number().min(0).max(50).optional(),
  conditioning: z.array(Conditioning).max(20).optional(),
  chunk: Chunk.optional(),
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
  /** Absent: made from the plan among the job's inputs. */
  cues: CueSheet.optional(),
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

/** What every stage of a generation starts from. The plan and what came of it are the job's inputs. */
const StageRequest = z.object({
  prompt: z.string().min(1).max(20_000),
  seed: Seed,
  seconds: z.number().min(0.5).max(600),
  fps: FrameRate,
});
export const PlanRequest = StageRequest.extend({ role: z.literal("llm.plan") });
export type PlanRequest = z.infer<typeof PlanRequest>;
export const Env3dRequest = StageRequest.extend({ role: z.literal("env3d") });
export type Env3dRequest = z.infer<typeof Env3dRequest>;
export const MotionRequest = StageRequest.extend({ role: z.literal("motion") });
export type MotionRequest = z.infer<typeof MotionRequest>;
export const SfxRequest = StageRequest.extend({ role: z.literal("audio.sfx") });
export type SfxRequest = z.infer<typeof SfxRequest>;
export const SyncRequest = StageRequest.extend({ role: z.literal("sync") });
export type SyncRequest = z.infer<typeof SyncRequest>;
export const PackageRequest = StageRequest.extend({
  role: z.literal("package"),
  width: Pixels,
  height: Pixels,
  frames: z.number().int().min(1).max(14_400),
});
export type PackageRequest = z.infer<typeof PackageRequest>;

/** Makes one film of a long shot's chunks: of each input the frames after `trimHead`, `frames` of them, in this order. */
export const JoinRequest = z.object({
  role: z.literal("join"),
  parts: z
    .array(
      z.object({
        /** Name of one of the job's inputs. */
        name: z.string().max(80),
        trimHead: z.number().int().min(0),
        frames: z.number().int().min(1),
      }),
    )
    .min(1)
    .max(1000),
  width: Pixels,
  height: Pixels,
  fps: FrameRate,
  /** Of the whole: the sum of the parts'. */
  frames: z.number().int().min(1).max(14_400),
  /** Of the shot; for the take that comes of it. */
  prompt: z.string().max(20_000),
  negativePrompt: z.string().max(10_000).optional(),
  seed: Seed,
});
export type JoinRequest = z.infer<typeof JoinRequest>;

export const RenderRequest = z.discriminatedUnion("role", [
  VideoRequest,
  ImageRequest,
  MusicRequest,
  ExportRequest,
  PlanRequest,
  Env3dRequest,
  MotionRequest,
  SfxRequest,
  SyncRequest,
  PackageRequest,
  JoinRequest,
]);
export type RenderRequest = z.infer<typeof RenderRequest>;

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
] as const;
export const ArtifactRole = z.enum(artifactRoles);
export type ArtifactRole = z.infer<typeof ArtifactRole>;

/** What a probe of a file said: width, height, frames, fps, seconds. */
const FileMeta = z.record(z.string(), z.union([z.number(), z.string()]));

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

/**
 * One claim of one job by one agent, a UUID that the agent makes. Numbers of attempts can come twice when the broker has
 * lost its store; a claim cannot. Whatever is said about an attempt carries it.
 */
const ClaimId = z.string().min(8).max(64);

/** Value of `lease.<job>`: who works on it, as which attempt. Written by compare-and-set only. */
export const Lease = z.object({
  agentId: Id,
  attempt: z.number().int().min(1),
  /** Empty in leases of version 1: nobody's. */
  claim: z.string().max(64).default(""),
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
  claim: ClaimId,
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

/**
 * Failure classes. The first six say what became of the machine; the others, of S2-37, what a check of the picture says
 * is wrong with it: who is seen, what was meant, what is there, how it is framed, how it moves. `unknown`: none of ours.
 */
export const failureKinds = [
  "retryable",
  "permanent",
  "capacity",
  "missing-model",
  "licence",
  "infrastructure",
  "identity",
  "intent",
  "entity",
  "framing",
  "temporal",
  "uncertain",
  "unknown",
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

/** Agent → director, durable, one per claim; Nats-Msg-Id `<job>:<claim>:done`. */
export const ResultMessage = z.object({
  v: z.literal(protocolVersion),
  jobId: Id,
  projectId: Id,
  attempt: z.number().int().min(1),
  claim: ClaimId,
  agentId: Id,
  outcome: z.discriminatedUnion("status", [
    z.object({
      status: z.literal("succeeded"),
      artifacts: z.array(Artifact).max(1000),
      /** What the engine answers beside its files, JSON, at most 64 KiB. */
      output: z.unknown().optional(),
    }),
    z.object({
      status: z.literal("failed"),
      kind: FailureKind,
      /** A sentence for people. */
      message: z.string().max(2000),
      /** For operators: traces, hosts, paths. */
      detail: z.string().max(8000).optional(),
    }),
    z.object({ status: z.literal("cancelled") }),
    /** The agent goes away and did not get so far; this is nobody's failure. */
    z.object({ status: z.literal("handed_back") }),
  ]),
  runtime: Runtime,
});
export type ResultMessage = z.infer<typeof ResultMessage>;

/** Agent → director, request/reply: a URL to put an artifact to, or to get an input from. Needs the current lease. */
export const SignRequest = z.object({
  v: z.literal(protocolVersion),
  jobId: Id,
  attempt: z.number().int().min(1),
  claim: ClaimId,
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

/** What an engine can do at most; absent: not said. */
export const EngineLimits = z.object({
  /** Of one render. */
  maxFrames: z.number().int().min(1).optional(),
  /** Of one picture: width × height. */
  maxPixels: z.number().int().min(1).optional(),
  /** Of sound. */
  maxSeconds: z.number().min(0).optional(),
  /** Lengths it renders are a multiple of this, plus one. */
  framesGrid: z.number().int().min(1).optional(),
  /** Width and height are multiples of this. */
  sideMultiple: z.number().int().min(1).optional(),
});
export type EngineLimits = z.infer<typeof EngineLimits>;

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
      limits: EngineLimits,
    }),
  ),
  device: z.string(),
  memory: z.object({ ramBytes: z.number().int(), vramBytes: z.number().int().optional() }),
  slots: z.number().int().min(1),
  state: z.enum(["starting", "idle", "busy", "draining"]),
  running: z.array(z.object({ jobId: Id, kind: JobKind, startedAt: z.string() })),
  /** Measured: frames of picture per second of work, by engine and lines, e.g. {"previz:360": 14.2}. */
  speed: z.record(z.string(), z.number()),
  at: z.string(),
});
export type AgentInfo = z.infer<typeof AgentInfo>;

/** Value of `agent-control.<id>`: what an operator wants of an agent. */
export const AgentControl = z.object({ drain: z.boolean(), by: z.string().max(100), at: z.string() });
export type AgentControl = z.infer<typeof AgentControl>;

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
  z.object({
    type: z.literal("queue"),
    positions: z.record(z.string(), z.number()),
    /** How long each will wait still, seconds, coarsely. */
    waits: z.record(z.string(), z.number()).optional(),
    agents: z.number().int(),
    /** Whether somebody has paused the project's queue. */
    paused: z.boolean().optional(),
  }),
]);
export type ProjectEvent = z.infer<typeof ProjectEvent>;
