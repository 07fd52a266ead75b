import type { Clip } from "#domain/film/clip.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { resolveTake } from "#domain/film/timeline.ts";
import { endOf, filmLength, layOut } from "#domain/film/timeline/cut.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import type { Id } from "#domain/ids.ts";
import { framesToSeconds, type FrameRate, type Frames, type Seconds } from "#domain/time.ts";

/** A clip on screen: which frame of which take. */
export interface PlannedPicture {
  clip: Clip;
  take: TakeView;
  /** Frame of the take, from its first. */
  sourceFrame: Frames;
}

export interface PlannedSound {
  clip: Clip;
  assetId: Id;
  /** 0 when its track is muted. */
  gain: number;
}

/** What is to be seen at a frame, what comes next, and every sound of the film. */
export interface PlaybackPlan {
  /** Null is black: a gap, the end, or a clip whose shot has no take. */
  picture: PlannedPicture | null;
  /** The clip that covers the frame on the topmost visible track, with or without a take. */
  clip: Clip | null;
  /** The next picture to load, with the frame it begins at. */
  next: (PlannedPicture & { start: Frames }) | null;
  sounds: PlannedSound[];
  length: Frames;
}

export type PlayableFilm = Pick<Film, "clips" | "shots" | "asideShots" | "tracks">;

/**
 * @param film  the film as it stands; clips need not be laid out
 * @param frame the frame of the timeline, int >= 0
 */
export function playbackPlan(film: PlayableFilm, takes: readonly TakeView[], frame: Frames): PlaybackPlan {
  const clips = laidOut(film.clips);
  const shown = film.tracks.filter((track) => track.kind === "video" && !track.hidden).map((track) => track.id);
  // Later tracks lie on top.
  const topFirst = [...shown].reverse();
  const on = (at: Frames) =>
    topFirst.flatMap((id) => clips.filter((clip) => clip.trackId === id && clip.start <= at && at < endOf(clip)))[0] ??
    null;
  const planned = (clip: Clip | null, at: Frames): PlannedPicture | null => {
    const take = clip === null ? null : takeOf(clip, film, takes);
    return clip && take ? { clip, take, sourceFrame: Math.min(clip.in + at - clip.start, take.frames - 1) } : null;
  };
  const clip = on(frame);
  const starts = clips.filter((one) => shown.includes(one.trackId) && one.start > frame && one.id !== clip?.id);
  const upcoming = starts.find((one) => takeOf(one, film, takes) !== null) ?? null;
  const next = upcoming && planned(upcoming, upcoming.start);
  return {
    picture: planned(clip, frame),
    clip,
    next: next && upcoming ? { ...next, start: upcoming.start } : null,
    sounds: soundsOf(film, clips),
    length: filmLength(clips),
  };
}

/** Lists keep their identity until a clip changes, so the layout is made once per change and not sixty times a second. */
const layouts = new WeakMap<readonly Clip[], Clip[]>();
export function laidOut(clips: readonly Clip[]): Clip[] {
  const known = layouts.get(clips);
  if (known) return known;
  const made = layOut(clips);
  layouts.set(clips, made);
  return made;
}

/** The take a clip plays, or null. */
export function takeOf(
  clip: Clip,
  film: Pick<Film, "shots" | "asideShots">,
  takes: readonly TakeView[],
): TakeView | null {
  if (clip.shotId === undefined) return null;
  const shot =
    film.shots.find((one) => one.id === clip.shotId) ?? film.asideShots.find((one) => one.id === clip.shotId);
  return resolveTake(clip, shot, takes);
}

/**
 * The instant to seek to for a frame: its middle, so that no rounding of a decoder can land on a neighbour.
 * e.g. frame 0 at 24 fps → 0.0208 s
 */
export function middleOfFrame(frame: Frames, rate: FrameRate): Seconds {
  return framesToSeconds(frame, rate) + framesToSeconds(1, rate) / 2;
}

/** When and from where a sound plays, if playing begins at `from`; null when it is over by then. Seconds. */
export function soundCue(
  clip: Pick<Clip, "start" | "duration" | "in">,
  from: Frames,
  rate: FrameRate,
): { after: Seconds; offset: Seconds; length: Seconds } | null {
  if (endOf(clip) <= from) return null;
  const skipped = Math.max(0, from - clip.start);
  return {
    after: framesToSeconds(Math.max(0, clip.start - from), rate),
    offset: framesToSeconds(clip.in + skipped, rate),
    length: framesToSeconds(clip.duration - skipped, rate),
  };
}

/** Every place where something begins or ends, ascending: where ↑ and ↓ stop. */
export function editPoints(clips: readonly Clip[]): Frames[] {
  return [
    ...new Set(
      layOut(clips)
        .flatMap((clip) => [clip.start, endOf(clip)])
        .concat(0),
    ),
  ].sort((a, b) => a - b);
}

function soundsOf(film: PlayableFilm, clips: readonly Clip[]): PlannedSound[] {
  const audio = film.tracks.filter((track) => track.kind === "audio");
  return audio.flatMap((track) =>
    clips.flatMap((clip) =>
      clip.trackId === track.id && clip.assetId !== undefined
        ? [{ clip, assetId: clip.assetId, gain: track.muted ? 0 : (clip.gain ?? 1) }]
        : [],
    ),
  );
}
