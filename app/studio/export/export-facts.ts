import type { Film } from "#domain/film/snapshot.ts";
import { pictureSegments, resolveTake, soundSegments, totalFrames } from "#domain/film/timeline.ts";
import { layOut } from "#domain/film/timeline/cut.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import type { Frames } from "#domain/time.ts";

/** What an export would hold, for the person who is about to press the button. */
export interface ExportFacts {
  frames: Frames;
  /** Which engines made the pictures, each once, e.g. `previz`. */
  engines: string[];
  pictures: number;
  sounds: number;
  /** Numbers of shots on the timeline that have no take and will be black, in order, each once; with their ids. */
  black: { id: string; number: string }[];
}

export function exportFacts(
  film: Pick<Film, "clips" | "tracks" | "shots" | "asideShots">,
  takes: readonly TakeView[],
): ExportFacts {
  const shots = new Map([...film.asideShots, ...film.shots].map((shot) => [shot.id, shot]));
  const engines = new Set<string>();
  const black = new Map<string, string>();
  const shown = new Set(
    film.tracks.filter((track) => track.kind === "video" && !track.hidden).map((track) => track.id),
  );
  for (const clip of layOut(film.clips)) {
    if (!shown.has(clip.trackId) || clip.shotId === undefined) continue;
    const shot = shots.get(clip.shotId);
    const take = resolveTake(clip, shot, takes);
    if (take) engines.add(take.engine);
    else black.set(clip.shotId, shot?.number ?? "–");
  }
  const hasPicture = (clip: { shotId?: string | undefined }) =>
    clip.shotId !== undefined && !black.has(clip.shotId) ? clip.shotId : null;
  return {
    frames: totalFrames(film),
    engines: [...engines].sort(),
    pictures: pictureSegments(film, hasPicture).length,
    sounds: soundSegments(film, (clip) => clip.assetId ?? null).length,
    black: [...black].map(([id, number]) => ({ id, number })),
  };
}

/** e.g. `1:27`, or `40 s` below a minute; what people ask of a wait. */
export function waitWords(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")} min`;
}

/** e.g. `4.2 MB` */
export function sizeWords(bytes: number): string {
  return bytes < 1e6
    ? `${Math.max(1, Math.round(bytes / 1e3))} kB`
    : `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB`;
}
