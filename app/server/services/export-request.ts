import type { Film } from "#domain/film/snapshot.ts";
import { pictureSegments, resolveTake, soundSegments, totalFrames, type ResolveAsset } from "#domain/film/timeline.ts";
import { StudioError } from "#domain/errors.ts";
import type { ExportRequest } from "#domain/jobs/messages/render-request.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";

/**
 * The whole timeline as one MP4. Shots without a take are black, as they are in the player.
 * @param takes of the whole project
 * @throws StudioError "thing/conflict" when nothing is on the timeline
 */
export function exportRequestFor(film: Film, takes: readonly TakeView[]): ExportRequest {
  const frames = totalFrames(film);
  if (frames === 0)
    throw new StudioError("thing/conflict", "There is nothing on the timeline yet. Assemble the board first.");
  const shots = new Map([...film.asideShots, ...film.shots].map((shot) => [shot.id, shot]));
  const engines = new Set<string>();
  const resolve: ResolveAsset = (clip) => {
    if (clip.assetId !== undefined) return clip.assetId;
    const take = resolveTake(clip, clip.shotId === undefined ? undefined : shots.get(clip.shotId), takes);
    if (take === null) return null;
    engines.add(take.engine);
    return take.videoAssetId;
  };
  const picture = pictureSegments(film, resolve);
  const sound = soundSegments(film, resolve);
  const { title, width, height, fps } = film.meta;
  return {
    role: "export",
    format: "mp4",
    width,
    height,
    fps,
    frames,
    title,
    engines: [...engines].sort(),
    picture,
    sound,
  };
}
