import type { Film } from "#domain/film/snapshot.ts";
import { pictureSegments, resolveTake, soundSegments, totalFrames, type ResolveAsset } from "#domain/film/timeline.ts";
import { StudioError } from "#domain/errors.ts";
import { exportFormats, whyNot, type ExportFormat } from "#domain/jobs/export-formats.ts";
import type { ExportRequest } from "#domain/jobs/messages/render-request.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { framesToSeconds } from "#domain/time.ts";

/**
 * The whole timeline as one file. Shots without a take are black, as they are in the player.
 * @param takes  of the whole project
 * @param atFrame  which picture a still shows, from 0
 * @throws StudioError "thing/conflict" when the film cannot be made into this
 */
export function exportRequestFor(
  film: Film,
  takes: readonly TakeView[],
  format: ExportFormat,
  atFrame = 0,
): ExportRequest {
  const frames = totalFrames(film);
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
  const seconds = framesToSeconds(frames, fps);
  const problem = whyNot(format, { frames, seconds, sounds: sound.length, frame: atFrame });
  if (problem !== null) throw new StudioError("thing/conflict", problem);
  const { makes } = exportFormats[format];
  return {
    role: "export",
    format,
    ...(makes === "still" ? { atFrame } : {}),
    width,
    height,
    fps,
    frames,
    title,
    engines: [...engines].sort(),
    picture: makes === "sound" ? [] : picture,
    sound: exportFormats[format].hasSound ? sound : [],
  };
}
