/** Pictures that a shot's render starts from: what of them is there, and whether anybody could use them. */
import type { DbOrTx } from "#db/client.ts";
import { assetsOf } from "#db/queries/assets.ts";
import { listTakes } from "#db/queries/takes.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import type { RenderLimits } from "#domain/jobs/chain.ts";
import type { Conditioning } from "#domain/jobs/messages/render-request.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { isUuid } from "../access.ts";

/** What shots may go on from; nothing where no engine starts from pictures. */
export async function takesFor(db: DbOrTx, projectId: Id, limits: RenderLimits): Promise<TakeView[]> {
  return limits.takesPictures === true ? listTakes(db, projectId) : [];
}

/**
 * Checks that pictures which somebody named can be used.
 * @param able  whether an engine that would render it takes pictures; the shot's length, frames
 * @throws StudioError "capability/missing", "request/invalid", "thing/not-found"
 */
export async function needPictures(
  db: DbOrTx,
  projectId: Id,
  wanted: readonly Conditioning[],
  able: { takesPictures: boolean; frames: number },
): Promise<void> {
  if (wanted.length === 0) return;
  if (!able.takesPictures)
    throw new StudioError(
      "capability/missing",
      "No engine here starts from pictures. Leave `conditioning` out, or name an engine that takes them.",
    );
  const late = wanted.find(({ frame }) => frame >= able.frames);
  if (late !== undefined)
    throw new StudioError(
      "request/invalid",
      `The shot is ${able.frames} frames long; there is no frame ${late.frame}.`,
    );
  const ids = [...new Set(wanted.flatMap(({ assetId = "" }) => assetId))];
  const there = ids.every(isUuid) ? await assetsOf(db, projectId, ids) : [];
  const fit = there.filter(({ state, kind }) => state === "ready" && (kind === "image" || kind === "video"));
  if (fit.length < ids.length)
    throw new StudioError("thing/not-found", "A picture to start from is not among this film's pictures and films.");
}
