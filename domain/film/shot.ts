import { z } from "zod";
import { Id } from "#domain/ids.ts";
import { CameraFields, tolerantly } from "./set-fields.ts";

export const shotTypes = [
  "establishing",
  "wide",
  "medium",
  "close_up",
  "extreme_close_up",
  "insert",
  "two_shot",
  "over_shoulder",
  "tracking",
  "pov",
] as const;
export const ShotType = z.enum(shotTypes);
export type ShotType = z.infer<typeof ShotType>;

export const shotTypeNames: Record<ShotType, string> = {
  establishing: "Establishing",
  wide: "Wide",
  medium: "Medium",
  close_up: "Close-up",
  extreme_close_up: "Extreme close-up",
  insert: "Insert",
  two_shot: "Two shot",
  over_shoulder: "Over shoulder",
  tracking: "Tracking",
  pov: "POV",
};

export const cameraMoves = [
  "static",
  "pan",
  "tilt",
  "push_in",
  "pull_out",
  "tracking",
  "crane",
  "orbit",
  "handheld",
] as const;
export const CameraMove = z.enum(cameraMoves);
export type CameraMove = z.infer<typeof CameraMove>;

export const DialogueLine = z.object({
  character: z.string().max(100),
  parenthetical: z.string().max(500).optional(),
  text: z.string().max(5000),
});
export type DialogueLine = z.infer<typeof DialogueLine>;

/** Shortest and longest shot that can be asked for, in frames. Longer than an engine renders at once is chained. */
export const minShotFrames = 1;
export const maxShotFrames = 14_400;

export const DurationFrames = z
  .number()
  .int()
  .min(minShotFrames, "a shot is at least 1 frame long")
  .max(maxShotFrames, `a shot is at most ${maxShotFrames} frames long`);

export const LensMm = z.number().min(8, "a lens is at least 8 mm long").max(400, "a lens is at most 400 mm long");

/** What people may say of a shot and need not. */
export const ShotChoices = {
  /** Elements that somebody said are not in this shot, though its words hint at them. */
  elementsOut: z.array(Id).max(100).optional(),
  /** Focal length, mm, on a super-35 gate at 16:9 (24.9 by 14 mm); absent: what suits the shot type. */
  lens: LensMm.optional(),
  /** For people; no engine hears of it. */
  notes: z.string().max(5000).optional(),
  seed: z.number().int().min(0).max(0xffffffff).optional(),
  /** Only when somebody chose one; otherwise the newest good take plays. */
  takeId: Id.optional(),
};

export const ShotRecord = z.object({
  id: Id,
  sceneId: Id,
  order: z.string(),
  type: ShotType,
  move: CameraMove,
  /** What is seen, in the words of the script. */
  action: z.string().max(10_000),
  dialogue: z.array(DialogueLine).max(200),
  /** Who is in the picture, by the names of the script. */
  characters: z.array(z.string().max(100)).max(40),
  /** What people wrote for the engine; empty means composed from the rest. */
  prompt: z.string().max(10_000),
  durationFrames: DurationFrames,
  elementIds: z.array(Id).max(100),
  /** People's overrides of the scene plan that the rules make. */
  plan: z.unknown().optional(),
  ...tolerantly(ShotChoices),
  ...tolerantly(CameraFields),
  source: z.unknown().optional(),
  aside: z.boolean().optional(),
});
export type ShotRecord = z.infer<typeof ShotRecord>;

/** A shot as a film snapshot gives it; `number` is scene number and letter, e.g. `3A`. */
export type Shot = Omit<ShotRecord, "order"> & { number: string };

/** Letters as film people number shots: 0 → A, 25 → Z, 26 → AA. */
export function shotLetter(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? shotLetter(rest - 1) : "") + String.fromCharCode(65 + (index % 26));
}
