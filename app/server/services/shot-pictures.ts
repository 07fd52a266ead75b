/** Pictures that a shot's render starts from: what of them is there, and whether anybody could use them. */
import type { DbOrTx } from "#db/client.ts";
import { assetsOf } from "#db/queries/assets.ts";
import { listTakes } from "#db/queries/takes.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import type { RenderLimits } from "#domain/jobs/chain.ts";
import type { Conditioning } from "#domain/jobs/messages/render-request.ts";
import type { PassName } from "#domain/jobs/passes.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { isUuid } from "../access.ts";

/** What shots may go on from; nothing where no engine starts from pictures. */
export async function takesFor(db: DbOrTx, projectId: Id, limits: RenderLimits): Promise<TakeView[]> {
  return limits.takesPictures === true ? listTakes(db, projectId) : [];
}

/** What an engine that would render the shot takes, and the shot's length. */
export type AbleToTake = Pick<RenderLimits, "takesPictures" | "takesKeyframes" | "maxFrames"> & { frames: number };

/**
 * Checks that pictures which somebody named can be used.
 * @throws StudioError "capability/missing", "request/invalid", "thing/not-found"
 */
export async function needPictures(
  db: DbOrTx,
  projectId: Id,
  wanted: readonly Conditioning[],
  able: AbleToTake,
): Promise<void> {
  if (wanted.length === 0) return;
  if (able.takesPictures !== true) needKeyframes(wanted, able);
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

/** @throws StudioError where no engine takes pictures of any kind, and these are not those that one goes between */
function needKeyframes(wanted: readonly Conditioning[], able: AbleToTake): void {
  const keyframes = wanted.filter(({ use }) => use === "keyframe");
  if (able.takesKeyframes !== true || keyframes.length < wanted.length)
    throw new StudioError(
      "capability/missing",
      able.takesKeyframes === true
        ? 'No engine here starts from pictures; it goes between them: name two or more with `use` "keyframe", or leave `conditioning` out.'
        : "No engine here starts from pictures. Leave `conditioning` out, or name an engine that takes them.",
    );
  if (keyframes.length < 2)
    throw new StudioError("request/invalid", "It takes two keyframes or more to make the frames between them.");
  if (able.frames > able.maxFrames)
    throw new StudioError(
      "request/invalid",
      `Frames between pictures are made for shots of at most ${able.maxFrames} frames here; this one has ${able.frames}.`,
    );
}

type Wishes = {
  passes?: readonly PassName[] | undefined;
  conditioning?: readonly { use?: string | undefined }[] | undefined;
};

/** @throws StudioError where passes are asked for of a film between pictures, which no camera of the set sees */
export function needCamera({ passes, conditioning = [] }: Wishes, shot: Pick<Wishes, "passes">): void {
  if ((passes ?? shot.passes ?? []).every((pass) => pass === "beauty")) return;
  if (conditioning.filter(({ use }) => use === "keyframe").length < 2) return;
  throw new StudioError(
    "request/invalid",
    "A film between keyframes has no camera, so there are no passes of it. Ask for it with `passes: []`, or for the passes without the keyframes.",
  );
}
