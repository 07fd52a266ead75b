import { z } from "zod";
import { Id } from "#domain/ids.ts";

export const TrackKind = z.enum(["video", "audio"]);
export type TrackKind = z.infer<typeof TrackKind>;

export const TrackRecord = z.object({
  id: Id,
  order: z.string(),
  kind: TrackKind,
  name: z.string().max(100),
  muted: z.boolean(),
  locked: z.boolean(),
  hidden: z.boolean(),
});
export type TrackRecord = z.infer<typeof TrackRecord>;
export type Track = Omit<TrackRecord, "order">;

/** Tracks every film begins with; fixed ids, so that two people who open a blank film at once make the same ones. */
export const pictureTrackId = "track-v1";
export const soundTrackId = "track-a1";
