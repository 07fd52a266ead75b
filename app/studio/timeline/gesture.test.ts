import { expect, test } from "vitest";
import type { Clip } from "#domain/film/clip.ts";
import type { Shot } from "#domain/film/shot.ts";
import { emptyFilm } from "#domain/film/snapshot.ts";
import { pictureTrackId, soundTrackId } from "#domain/film/track.ts";
import { clipsWithin, planMove, planTrim, type Hand } from "./gesture.ts";

const picture: Clip[] = ["s1", "s2"].map((shotId, index) => ({
  id: `c${index}`,
  trackId: pictureTrackId,
  shotId,
  start: index * 48,
  duration: 48,
  in: 0,
}));
const sound: Clip = {
  id: "rain",
  trackId: soundTrackId,
  assetId: "rain",
  start: 10,
  duration: 20,
  in: 0,
  sourceDuration: 100,
};
const shots = ["s1", "s2"].map((id) => ({ id, durationFrames: 60 }) as Shot);

function aHand(delta: number, more: Partial<Hand> = {}): Hand {
  const film = { ...emptyFilm, clips: [...picture, sound], shots };
  return { film, delta, threshold: 3, playhead: 200, magnetic: (id) => id === pictureTrackId, ...more };
}

test("trimming out with ripple says the new out, the difference and that the rest moves along", () => {
  const plan = planTrim(aHand(12), "c0", "out")!;
  expect(plan.tip.text.split("\u2002")).toEqual(["Out", "00:00:02:12", "+0:12", "Ripple"]);
  expect(plan.clips.find((clip) => clip.id === "c1")).toMatchObject({ start: 60 });
});

test("a trim beyond the source stops there and says what was really done", () => {
  const plan = planTrim(aHand(500), "c0", "out")!;
  expect(plan).toMatchObject({ delta: 12, snapAt: null });
});

test("a trimmed sound snaps to a cut of the picture", () => {
  const plan = planTrim(aHand(16), "rain", "out")!;
  expect(plan).toMatchObject({ delta: 18, snapAt: 48, ripple: false });
  expect(planTrim(aHand(16, { threshold: 0 }), "rain", "out")).toMatchObject({ delta: 16, snapAt: null });
});

test("a moved sound snaps with either end; picture changes its place in the order", () => {
  expect(planMove(aHand(17), ["rain"], "rain")).toMatchObject({ delta: 18, snapAt: 48 });
  expect(planMove(aHand(-9), ["rain"], "rain")).toMatchObject({ delta: -10, snapAt: 0 });
  const plan = planMove(aHand(40), ["c0"], "c0")!;
  expect(plan.clips.filter((clip) => clip.trackId === pictureTrackId).map((clip) => clip.id)).toEqual(["c1", "c0"]);
});

test("a drag of a clip that somebody else just deleted comes to nothing", () => {
  expect(planMove(aHand(5), ["gone"], "gone")).toBeNull();
  expect(planTrim(aHand(5), "gone", "in")).toBeNull();
});

test("a marquee takes what it touches on the tracks it crosses", () => {
  expect(clipsWithin([...picture, sound], 60, 20, [pictureTrackId, soundTrackId])).toEqual(["c0", "c1", "rain"]);
  expect(clipsWithin([...picture, sound], 60, 70, [soundTrackId])).toEqual([]);
});
