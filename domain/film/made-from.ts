/** What a take was made from: written down when its render is asked for, and compared with the shot ever after. */
import { z } from "zod";
import { Id } from "#domain/ids.ts";
import { FrameRate } from "#domain/time.ts";
import { CameraMove, DurationFrames, LensMm, ShotType } from "./shot.ts";

/** A text of any length: its hash to compare with, its beginning to show. */
const Said = z.object({ hash: z.string().max(40), text: z.string().max(300) });
export type Said = z.infer<typeof Said>;

const ElementThen = z.object({
  id: Id,
  name: z.string().max(200),
  variantId: Id.optional(),
  /** "" when all that is known of it is its name. */
  hash: z.string().max(40),
  text: z.string().max(300),
});
export type ElementThen = z.infer<typeof ElementThen>;

export const MadeFrom = z.object({
  v: z.literal(1),
  action: Said,
  dialogue: Said,
  /** What people wrote for the engine; its text is empty where the prompt was composed. */
  prompt: Said,
  type: ShotType,
  move: CameraMove,
  lens: LensMm.optional(),
  frames: DurationFrames,
  fps: FrameRate,
  /** Who is in the picture, by the names of the library where it knows them. */
  people: z.array(z.string().max(200)).max(200),
  place: z.string().max(1000),
  synopsis: Said,
  elements: z.array(ElementThen).max(100),
  /** What people changed of the scene plan. */
  plan: Said,
  seed: z.number().int().min(0).max(0xffffffff),
  /** The shot's own, where somebody has set one. */
  pinnedSeed: z.number().int().min(0).max(0xffffffff).optional(),
  engineWanted: z.string().max(60).optional(),
  modelWanted: z.string().max(200).optional(),
});
export type MadeFrom = z.infer<typeof MadeFrom>;
