/**
 * What people put into a set with their hands: pieces and lights of a scene, where its people stand, and of a shot
 * what they do when, the camera's path, sounds, and snapped frames. One record each in the film's `staging`; lengths
 * are metres, angles degrees, times frames of the shot.
 */
import { z } from "zod";
import { Id } from "#domain/ids.ts";
import { passNames } from "#domain/jobs/passes.ts";
import {
  Angle,
  CameraKey,
  Colour,
  Cue,
  Deed,
  lightKinds,
  LensOfPlan,
  LightPower,
  LightReach,
  PieceScale,
  Share,
  Vec3,
} from "#domain/screenplay/scene-plan.ts";
import { pieceKinds } from "#domain/screenplay/plan/plan-words.ts";

/** A moment of a shot; shots have at most so many frames. */
export const ShotFrame = z.number().int().min(0).max(14_400);
/** Of an entry; as long as ids of pieces and lights in a plan may be. */
const StagingId = z.string().min(1).max(64);
/** As `canonicalName` has it. */
const Who = z.string().min(1).max(60);
const ofScene = { id: StagingId, sceneId: Id, locked: z.boolean().optional() };
const ofShot = { id: StagingId, shotId: Id, locked: z.boolean().optional() };

export const StagedPiece = z.object({
  kind: z.literal("piece"),
  ...ofScene,
  what: z.enum(pieceKinds),
  at: Vec3,
  facing: Angle,
  scale: PieceScale.optional(),
  colour: Colour.optional(),
  hidden: z.boolean().optional(),
});
export const StagedLight = z.object({
  kind: z.literal("light"),
  ...ofScene,
  what: z.enum(lightKinds),
  at: Vec3,
  look: Vec3.optional(),
  colour: Colour,
  power: LightPower,
  reach: LightReach,
  flicker: Share.optional(),
  name: z.string().max(60).optional(),
});
/** Where somebody stands when the scene's shots begin: all shots of the scene share it. */
export const StagedMark = z.object({
  kind: z.literal("mark"),
  ...ofScene,
  who: Who,
  at: Vec3,
  facing: Angle,
  seat: z.number().min(0).max(1.2).optional(),
});
/** From when to when a light of the scene burns in a shot, where that is not all the time: frames, the last one excluded. */
export const StagedBurn = z.object({
  kind: z.literal("burn"),
  ...ofShot,
  light: StagingId,
  from: ShotFrame,
  to: ShotFrame,
});
export const StagedDeed = z.object({
  kind: z.literal("deed"),
  ...ofShot,
  who: Who,
  motion: Deed.shape.motion,
  fromFrame: ShotFrame,
  toFrame: ShotFrame,
  goes: Vec3.optional(),
  facing: Angle.optional(),
  /** A person by name, a piece by id: a place in the cast would be somebody else tomorrow. */
  towards: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("person"), who: Who }),
      z.object({ kind: z.literal("piece"), id: Id }),
      z.object({ kind: z.literal("point"), at: Vec3 }),
      z.object({ kind: z.literal("camera") }),
    ])
    .optional(),
  energy: Share.optional(),
});
export const StagedKey = z.object({
  kind: z.literal("key"),
  ...ofShot,
  frame: ShotFrame,
  eye: Vec3,
  look: Vec3,
  lensMm: LensOfPlan,
  roll: CameraKey.shape.roll.unwrap().optional(),
  focus: CameraKey.shape.focus,
  ease: CameraKey.shape.ease.unwrap().optional(),
  name: z.string().max(60).optional(),
});
export const StagedCue = z.object({
  kind: z.literal("cue"),
  ...ofShot,
  frame: ShotFrame,
  what: Cue.shape.kind,
  effect: Cue.shape.effect,
  level: Share.optional(),
});
export const frameUses = ["keyframe", "reference", ...passNames] as const;
/** A snapped frame: a picture that the shot starts from or passes through, or is guided by. */
export const StagedFrame = z.object({
  kind: z.literal("frame"),
  ...ofShot,
  assetId: Id,
  frame: ShotFrame,
  use: z.enum(frameUses),
  strength: Share,
});

export const StagingRecord = z.discriminatedUnion("kind", [
  StagedPiece,
  StagedLight,
  StagedMark,
  StagedBurn,
  StagedDeed,
  StagedKey,
  StagedCue,
  StagedFrame,
]);
export type StagingRecord = z.infer<typeof StagingRecord>;
export type StagedPiece = z.infer<typeof StagedPiece>;
export type StagedLight = z.infer<typeof StagedLight>;
export type StagedMark = z.infer<typeof StagedMark>;
export type StagedBurn = z.infer<typeof StagedBurn>;
export type StagedDeed = z.infer<typeof StagedDeed>;
export type StagedKey = z.infer<typeof StagedKey>;
export type StagedCue = z.infer<typeof StagedCue>;
export type StagedFrame = z.infer<typeof StagedFrame>;

/** So many of a film are read; what is beyond is reported. */
export const mostStaging = 20_000;
