import { expect, test } from "vitest";
import type { Clip } from "#domain/film/clip.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Track } from "#domain/film/track.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { editPoints, middleOfFrame, playbackPlan, soundCue, type PlayableFilm } from "./playback-plan.ts";

const fps = { num: 24, den: 1 };

function aTrack(id: string, kind: "video" | "audio", more: Partial<Track> = {}): Track {
  return { id, kind, name: id, muted: false, locked: false, hidden: false, ...more };
}

function aFilm(clips: Partial<Clip>[], tracks = [aTrack("v1", "video"), aTrack("a1", "audio")]): PlayableFilm {
  const whole = clips.map(
    (clip, index) => ({ id: `c${index}`, trackId: "v1", start: 0, duration: 24, in: 0, ...clip }) as Clip,
  );
  const shots = ["s1", "s2"].map((id) => ({ id, durationFrames: 48 }) as Shot);
  return { clips: whole, tracks, shots, asideShots: [] };
}

const takes = [
  { id: "t1", shotId: "s1", number: 1, frames: 48, fps },
  { id: "t2", shotId: "s2", number: 1, frames: 48, fps },
] as TakeView[];

test("the plan names the frame of the take that a frame of the timeline shows", () => {
  const film = aFilm([
    { shotId: "s1", in: 6 },
    { shotId: "s2", start: 24 },
  ]);
  expect(playbackPlan(film, takes, 10).picture).toMatchObject({
    clip: { id: "c0" },
    take: { id: "t1" },
    sourceFrame: 16,
  });
  expect(playbackPlan(film, takes, 24).picture).toMatchObject({
    clip: { id: "c1" },
    take: { id: "t2" },
    sourceFrame: 0,
  });
});

test("the next picture is known before its cut, and skips clips that have nothing to show", () => {
  const film = aFilm([{ shotId: "s1" }, { shotId: "none", start: 24 }, { shotId: "s2", start: 48, in: 3 }]);
  expect(playbackPlan(film, takes, 10).next).toMatchObject({ start: 48, clip: { id: "c2" }, sourceFrame: 3 });
  expect(playbackPlan(film, takes, 60).next).toBeNull();
});

test("gaps, the end and clips without a take are black", () => {
  const film = aFilm([{ shotId: "s1" }, { shotId: "none", start: 40 }]);
  expect(playbackPlan(film, takes, 30)).toMatchObject({ picture: null, clip: null, length: 64 });
  expect(playbackPlan(film, takes, 45)).toMatchObject({ picture: null, clip: { id: "c1" } });
  expect(playbackPlan(film, takes, 64).clip).toBeNull();
});

test("a clip that runs past the end of its take holds the last frame", () => {
  const film = aFilm([{ shotId: "s1", duration: 100 }]);
  expect(playbackPlan(film, takes, 90).picture).toMatchObject({ sourceFrame: 47 });
});

test("the later video track lies on top, unless it is hidden", () => {
  const clips = [{ shotId: "s1" }, { shotId: "s2", trackId: "v2" }];
  const tracks = (hidden: boolean) => [aTrack("v1", "video"), aTrack("v2", "video", { hidden })];
  expect(playbackPlan(aFilm(clips, tracks(false)), takes, 0).picture?.take.id).toBe("t2");
  expect(playbackPlan(aFilm(clips, tracks(true)), takes, 0).picture?.take.id).toBe("t1");
});

test("sounds carry their clip's gain, and none on a muted track", () => {
  const clips = [
    { assetId: "score", trackId: "a1", gain: 0.5 },
    { assetId: "rain", trackId: "a2" },
  ];
  const film = aFilm(clips, [aTrack("a1", "audio"), aTrack("a2", "audio", { muted: true })]);
  expect(playbackPlan(film, [], 0).sounds).toMatchObject([
    { assetId: "score", gain: 0.5 },
    { assetId: "rain", gain: 0 },
  ]);
});

test("a sound begins at its clip, or in the middle of it when playing begins there", () => {
  const clip = { start: 48, duration: 24, in: 12 };
  expect(soundCue(clip, 0, fps)).toEqual({ after: 2, offset: 0.5, length: 1 });
  expect(soundCue(clip, 60, fps)).toEqual({ after: 0, offset: 1, length: 0.5 });
  expect(soundCue(clip, 72, fps)).toBeNull();
});

test("a frame is sought at its middle", () => {
  expect(middleOfFrame(0, fps)).toBeCloseTo(1 / 48);
  expect(middleOfFrame(24, fps)).toBeCloseTo(1 + 1 / 48);
});

test("edit points are the beginning and every edge, each once", () => {
  expect(
    editPoints(
      aFilm([
        { start: 10, duration: 10 },
        { start: 20, duration: 5 },
      ]).clips,
    ),
  ).toEqual([0, 10, 20, 25]);
});
