import { useCallback, useSyncExternalStore } from "react";
import type { Clip } from "#domain/film/clip.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { clipAt } from "#domain/film/timeline/cut.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import type { Frames } from "#domain/time.ts";
import { transport } from "../session/transport.ts";
import { useFilm, useReadFilm } from "../session/use-film.ts";
import { useAllTakes } from "../session/use-takes.ts";
import { laidOut, takeOf } from "./playback-plan.ts";

/** The picture clip under the playhead with its shot and take; renders again only when the clip changes. */
export function useUnderPlayhead(): { clip: Clip | null; shot: Shot | null; take: TakeView | null } {
  const readFilm = useReadFilm();
  const takes = useAllTakes();
  const { shots, asideShots } = useFilm((film) => ({
    shots: film.shots,
    asideShots: film.asideShots,
    clips: film.clips,
  }));
  const read = useCallback(() => pictureClipAt(readFilm(), transport.frame), [readFilm]);
  const clip = useSyncExternalStore(transport.subscribe, read, read);
  if (!clip) return { clip: null, shot: null, take: null };
  const shot = [...shots, ...asideShots].find((one) => one.id === clip.shotId) ?? null;
  return { clip, shot, take: takeOf(clip, { shots, asideShots }, takes) };
}

/** The clip whose picture is on screen at a frame: of the topmost shown track that has one. */
export function pictureClipAt(film: Film, frame: Frames): Clip | null {
  const clips = laidOut(film.clips);
  const shown = film.tracks.filter((track) => track.kind === "video" && !track.hidden);
  for (const track of shown.reverse()) {
    const clip = clipAt(clips, track.id, frame);
    if (clip) return clip;
  }
  return null;
}
