import { expect, test } from "vitest";
import type { Clip } from "#domain/film/clip.ts";
import type { Shot } from "#domain/film/shot.ts";
import { emptyFilm } from "#domain/film/snapshot.ts";
import { pictureTrackId, soundTrackId, type Track } from "#domain/film/track.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { exportFacts, sizeWords, waitWords } from "./export-facts.ts";

const tracks = [
  { id: pictureTrackId, kind: "video" },
  { id: soundTrackId, kind: "audio" },
] as Track[];
const shots = [
  { id: "s1", number: "1A" },
  { id: "s2", number: "1B" },
] as Shot[];
const takes = [{ id: "t1", shotId: "s1", number: 1, engine: "previz" }] as TakeView[];

function aClip(id: string, start: number, more: Partial<Clip>): Clip {
  return { id, trackId: pictureTrackId, start, duration: 24, in: 0, ...more };
}

test("shots without a take are named once each, and counted as black", () => {
  const clips = [aClip("a", 0, { shotId: "s1" }), aClip("b", 24, { shotId: "s2" }), aClip("c", 48, { shotId: "s2" })];
  const facts = exportFacts({ ...emptyFilm, tracks, shots, clips }, takes);
  expect(facts).toEqual({
    frames: 72,
    engines: ["previz"],
    pictures: 1,
    sounds: 0,
    black: [{ id: "s2", number: "1B" }],
  });
});

test("an empty timeline has nothing to export", () => {
  expect(exportFacts({ ...emptyFilm, tracks, shots }, takes)).toMatchObject({ frames: 0, pictures: 0 });
});

test("waits and sizes read as people say them", () => {
  expect([waitWords(0.2), waitWords(59), waitWords(87)]).toEqual(["1 s", "59 s", "1:27 min"]);
  expect([sizeWords(500), sizeWords(4_200_000), sizeWords(250_000_000)]).toEqual(["1 kB", "4.2 MB", "250 MB"]);
});
