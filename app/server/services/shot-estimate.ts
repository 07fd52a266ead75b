import { z } from "zod";
import { draftSize } from "#domain/film/meta.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { Id } from "#domain/ids.ts";
import type { Sized } from "#domain/jobs/estimate.ts";
import type { Outlooks } from "./outlook.ts";

export const EstimateView = z.object({
  jobs: z.number().int(),
  /** Until the first begins; null: no agent here does this now. */
  waitSeconds: z.number().nullable(),
  /** From then until the last has ended. */
  renderSeconds: z.number(),
  cost: z.object({ amount: z.number(), currency: z.string() }).nullable(),
});

/** Pixels of a concept picture, S1-H. */
export const thumbnailSize = { width: 512, height: 320 };

/** How long rendering these shots, or a picture of each, would take, and what it costs: the built-in engine is free. */
export async function estimateShots(
  outlooks: Outlooks,
  workspaceId: Id,
  film: Pick<Film, "meta">,
  shots: readonly Pick<Shot, "durationFrames">[],
  kind: "shot" | "thumbnail" = "shot",
): Promise<z.infer<typeof EstimateView>> {
  const draft = draftSize(film.meta);
  const wanted = shots.map(({ durationFrames }): Sized =>
    kind === "shot" ? { role: "video", ...draft, frames: durationFrames } : { role: "image", ...thumbnailSize },
  );
  return { ...(await outlooks.estimate(workspaceId, wanted)), cost: { amount: 0, currency: "EUR" } };
}
