/** What a job asks of an engine, by role. The app writes it into Postgres; it travels inside a `JobMessage`. */
import { z } from "zod";
import { GivenBrief } from "#domain/generation/brief.ts";
import { ElementKind } from "#domain/film/element.ts";
import { Id } from "#domain/ids.ts";
import { CueSheet } from "#domain/screenplay/plan/cue-sheet.ts";
import { StoredPlan } from "#domain/screenplay/scene-plan.ts";
import { FrameRate } from "#domain/time.ts";
import { ExportFormat } from "../export-formats.ts";
import { passNames } from "../passes.ts";
import { tiers } from "../tiers.ts";

const Pixels = z.number().int().min(16).max(7680);
const Tier = z.enum(tiers);
/** Beside what people see. */
const Passes = z.array(z.enum(passNames)).max(passNames.length);
const Seed = z.number().int().min(0).max(0xffffffff);

/**
 * A picture that an engine starts from or passes through: of the library, or of an earlier step of the run. Of a film
 * it is the end that counts: a shot that starts from it goes on where the film stops.
 */
export const Conditioning = z.object({
  assetId: Id.optional(),
  /** Name of one of the job's inputs, where it is not an asset yet. */
  input: z.string().max(80).optional(),
  /** Where in the shot it is seen, frames from its start. */
  frame: z.number().int().min(0),
  strength: z.number().min(0).max(1).optional(),
  /** A picture the shot goes through, or which pass of a frame it is; absent: a picture it starts from. */
  use: z.enum(["keyframe", ...passNames]).optional(),
});
export type Conditioning = z.infer<typeof Conditioning>;

/** A picture of somebody or something in the shot: how it looks, not where it stands. */
export const ReferencePicture = z.object({ assetId: Id, elementId: Id, kind: ElementKind, name: z.string().max(200) });
export type ReferencePicture = z.infer<typeof ReferencePicture>;
/** The most that go with one request: what models with several references take. */
export const mostReferences = 10;
const References = z.array(ReferencePicture).max(mostReferences);

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
  plan: StoredPlan,
  /** Absent: as suits the height. */
  tier: Tier.optional(),
  passes: Passes.optional(),
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
  references: References.optional(),
  chunk: Chunk.optional(),
});
export type VideoRequest = z.infer<typeof VideoRequest>;

export const ImageRequest = z.object({
  role: z.literal("image"),
  plan: StoredPlan,
  tier: Tier.optional(),
  passes: Passes.optional(),
  prompt: z.string().max(20_000),
  seed: Seed,
  width: Pixels,
  height: Pixels,
  /** Which moment of the shot, 0 = its start, 1 = its end. */
  atFraction: z.number().min(0).max(1),
  negativePrompt: z.string().max(10_000).optional(),
  steps: z.number().int().min(1).max(500).optional(),
  guidance: z.number().min(0).max(50).optional(),
  references: References.optional(),
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
  format: ExportFormat,
  /** Which picture a still shows, from 0. */
  atFrame: z.number().int().min(0).optional(),
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
export const PlanRequest = StageRequest.extend({
  role: z.literal("llm.plan"),
  /** How a language model understood the prompt; without, rules do. */
  given: GivenBrief.optional(),
});
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
  tier: Tier.optional(),
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
