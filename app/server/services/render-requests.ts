/** From a film to what an engine is asked for: plan, prompt, size and seed. */
import { draftSize } from "#domain/film/meta.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { totalFrames } from "#domain/film/timeline.ts";
import { StudioError } from "#domain/errors.ts";
import type { PassName } from "#domain/jobs/passes.ts";
import type { Tier } from "#domain/jobs/tiers.ts";
import type { Conditioning, ImageRequest, MusicRequest, VideoRequest } from "#domain/jobs/messages/render-request.ts";
import { inputsOf } from "#domain/prompt/inputs.ts";
import { referencesOf } from "#domain/prompt/pictures.ts";
import { planOfShot } from "#domain/prompt/plan-shot.ts";
import { seedOfShot } from "#domain/prompt/seed-of-shot.ts";
import { cueSheetFor } from "#domain/screenplay/plan/cue-sheet.ts";
import { framesToSeconds, type FrameRate } from "#domain/time.ts";

/** What a person asked for instead of the shot's own. */
export interface ShotWishes {
  prompt?: string | undefined;
  negativePrompt?: string | undefined;
  seed?: number | undefined;
  width?: number | undefined;
  height?: number | undefined;
  frames?: number | undefined;
  fps?: FrameRate | undefined;
  /** For engines that have such a thing; the built-in one does not. */
  steps?: number | undefined;
  guidance?: number | undefined;
  /** How much care the picture takes; as suits its height unless said. */
  tier?: Tier | undefined;
  /** Beside the picture itself; the shot's own unless said. */
  passes?: PassName[] | undefined;
  /** Pictures to start from and pass through; none said: the end of the shot before, an empty list: nothing. */
  conditioning?: Conditioning[] | undefined;
}

/** @throws StudioError "thing/not-found" */
export function shotIn(film: Film, shotId: string): Shot {
  const shot = film.shots.find((each) => each.id === shotId) ?? film.asideShots.find((each) => each.id === shotId);
  if (shot === undefined) throw new StudioError("thing/not-found", "There is no such shot in this film.");
  return shot;
}

export function videoRequestFor(film: Film, shot: Shot, wishes: ShotWishes = {}): VideoRequest {
  const draft = draftSize(film.meta);
  const frames = wishes.frames ?? shot.durationFrames;
  const fps = wishes.fps ?? film.meta.fps;
  const seed = wishes.seed ?? seedOfShot(shot);
  const ownPrompt = wishes.prompt ?? "";
  const passes = (wishes.passes ?? shot.passes ?? []).filter((pass) => pass !== "beauty");
  return {
    role: "video",
    plan: planOfShot(film, shot, { frames, fps, seed, prompt: ownPrompt }),
    ...saidOf(film, shot, ownPrompt),
    ...(wishes.negativePrompt === undefined ? {} : { negativePrompt: wishes.negativePrompt }),
    seed,
    width: wishes.width ?? draft.width,
    height: wishes.height ?? draft.height,
    frames,
    fps,
    ...(wishes.steps === undefined ? {} : { steps: wishes.steps }),
    ...(wishes.guidance === undefined ? {} : { guidance: wishes.guidance }),
    ...(wishes.conditioning === undefined ? {} : { conditioning: wishes.conditioning }),
    ...(wishes.tier === undefined ? {} : { tier: wishes.tier }),
    ...(passes.length === 0 ? {} : { passes }),
  };
}

/** The shot's words, and the pictures of those who are in it. */
function saidOf(film: Film, shot: Shot, ownPrompt = "") {
  const { prompt, elements } = inputsOf(film, shot, ownPrompt);
  const references = referencesOf(elements);
  return { prompt, ...(references.length === 0 ? {} : { references }) };
}

/** One frame is a picture, not a film: the shot's middle, in the size that its film would have. */
export function stillRequestFor(film: Film, shot: Shot, wishes: ShotWishes): ImageRequest {
  const { width, height, frames: _frames, fps: _fps, ...wish } = wishes;
  const { role: _role, ...video } = videoRequestFor(film, shot, { ...wish, width, height });
  const { frames: _all, fps: _rate, conditioning: _none, chunk: _whole, ...still } = video;
  return { role: "image", ...still, atFraction: 0.5 };
}

/** A still of the shot's middle, for the board. */
export function thumbnailRequestFor(film: Film, shot: Shot, size: { width: number; height: number }): ImageRequest {
  const seed = seedOfShot(shot);
  const plan = planOfShot(film, shot, { frames: shot.durationFrames, fps: film.meta.fps, seed, prompt: "" });
  return { role: "image", plan, ...saidOf(film, shot), seed, ...size, atFraction: 0.5 };
}

const longestScore = 3600;

/** One score for the whole cut, or for the board when nothing is cut yet. @throws StudioError "thing/conflict" */
export function scoreRequestFor(film: Film, seed: number): MusicRequest {
  const { fps } = film.meta;
  const shots = new Map(film.shots.map((shot) => [shot.id, shot]));
  const cut = film.clips.flatMap((clip) => {
    const shot = clip.shotId === undefined ? undefined : shots.get(clip.shotId);
    return shot === undefined ? [] : [{ shot, start: clip.start, duration: clip.duration, skip: clip.in }];
  });
  let at = 0;
  const board = film.shots.map((shot) => {
    const start = at;
    at += shot.durationFrames;
    return { shot, start, duration: shot.durationFrames, skip: 0 };
  });
  const places = cut.length > 0 ? cut : board;
  if (places.length === 0)
    throw new StudioError("thing/conflict", "There are no shots to score yet. Put the script on the board first.");
  const pictureEnd = Math.max(...places.map((place) => place.start + place.duration));
  // Sound that is there already must not make the score longer each time.
  const end =
    cut.length > 0
      ? Math.max(pictureEnd, totalFrames({ clips: film.clips.filter((clip) => clip.shotId !== undefined) }))
      : pictureEnd;
  const seconds = framesToSeconds(end, fps);
  if (seconds > longestScore)
    throw new StudioError("request/invalid", "A score is at most an hour long, and this cut is longer.");
  const sections = places.map(({ shot, start, duration, skip }) => ({
    plan: planOfShot(film, shot, { frames: shot.durationFrames, fps, seed: seedOfShot(shot), prompt: "" }),
    startSeconds: framesToSeconds(start, fps),
    seconds: framesToSeconds(duration, fps),
    skipSeconds: framesToSeconds(skip, fps),
  }));
  return { role: "audio.music", cues: cueSheetFor(sections, seed), seconds: Math.max(0.1, seconds), seed };
}
