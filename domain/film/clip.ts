import { z } from "zod";
import { Id } from "#domain/ids.ts";

/** A use of a shot or an asset on a track. All times are frames at the film's rate. */
export const ClipRecord = z.object({
  id: Id,
  trackId: Id,
  shotId: Id.optional(),
  assetId: Id.optional(),
  /** Pins one take; without it the clip follows the shot's chosen or newest take. */
  takeId: Id.optional(),
  /** Where it begins on the timeline. */
  start: z.number().int().min(0),
  duration: z.number().int().min(1),
  /** The first frame used of what it shows. */
  in: z.number().int().min(0),
  /** Put there by assemble, which may replace it as long as nobody touched it. */
  assembled: z.boolean().optional(),
  /** Length of the source in frames when known (uploads); shots have their own. */
  sourceDuration: z.number().int().min(1).optional(),
  name: z.string().max(200).optional(),
  gain: z.number().min(0).max(4).optional(),
});
export type ClipRecord = z.infer<typeof ClipRecord>;
export type Clip = ClipRecord;
