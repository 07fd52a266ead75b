import type { Clip } from "#domain/film/clip.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { timecode } from "#domain/time.ts";
import { spokenLength } from "./scale.ts";

/** A clip's short name: its shot's number, or the name of the sound. */
export function clipName(clip: Clip, film: Pick<Film, "shots">): string {
  const shot = film.shots.find((one) => one.id === clip.shotId);
  return shot?.number ?? clip.name ?? (clip.shotId === undefined ? "Sound" : "Set aside");
}

/** e.g. `3A, starts 00:00:04:00, 2 s 0 f` */
export function clipSentence(clip: Clip, film: Pick<Film, "shots" | "meta">): string {
  const rate = film.meta.fps;
  return `${clipName(clip, film)}, starts ${timecode(clip.start, rate)}, ${spokenLength(clip.duration, rate)}`;
}
