import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import type { Clip } from "./clip.ts";
import {
  addClip,
  addScene,
  addShot,
  beginFilm,
  changeShot,
  moveShot,
  removeClips,
  removeShot,
  type EditContext,
} from "./edit.ts";
import { defaultMeta } from "./meta.ts";
import { readFilm } from "./snapshot.ts";
import {
  addSound,
  assemble,
  editCut,
  pictureSegments,
  placeSound,
  resolveTake,
  scoreClipId,
  scoreTrackId,
  sourceLengthIn,
  soundSegments,
  totalFrames,
} from "./timeline.ts";
import { deleteClips, endOf, layOut, moveClips, splitClip, trimClip } from "./timeline/cut.ts";
import { pictureTrackId, soundTrackId } from "./track.ts";

function counting(prefix: string): EditContext {
  let count = 0;
  return { newId: () => `${prefix}${(count += 1)}` };
}

/** A film with one scene per number, so many shots in each, 24 frames long. */
function aFilm(context: EditContext, ...shotsPerScene: number[]): Y.Doc {
  const doc = new Y.Doc();
  beginFilm(doc, defaultMeta, context);
  let scene: string | null = null;
  for (const count of shotsPerScene) {
    scene = addScene(
      doc,
      { heading: "EXT. HARBOUR", setting: "ext", location: "Harbour", time: "NIGHT", synopsis: "" },
      scene,
      context,
    );
    let shot: string | null = null;
    for (let index = 0; index < count; index += 1) shot = addShot(doc, aShot(scene), shot, context);
  }
  return doc;
}

function aShot(sceneId: string, durationFrames = 24) {
  const words = { action: "", prompt: "", dialogue: [], characters: [], elementIds: [] };
  return { ...words, sceneId, durationFrames, type: "wide" as const, move: "static" as const };
}

const picture = (doc: Y.Doc) => layOut(readFilm(doc).clips).filter((clip) => clip.trackId === pictureTrackId);
const shotNumbers = (doc: Y.Doc) => {
  const film = readFilm(doc);
  return picture(doc).map((clip) => film.shots.find((shot) => shot.id === clip.shotId)?.number ?? clip.name ?? "?");
};
const shotIdOf = (doc: Y.Doc, number: string) => readFilm(doc).shots.find((shot) => shot.number === number)!.id;
const clipIdOf = (doc: Y.Doc, number: string) => picture(doc).find((clip) => clip.shotId === shotIdOf(doc, number))!.id;
const ripple = { ripple: true, sourceLength: () => 24 };

test("assemble puts the board on the picture track in order, end to end", () => {
  const context = counting("x");
  const doc = aFilm(context, 2, 1);
  assemble(doc, undefined, context);
  expect(shotNumbers(doc)).toEqual(["1A", "1B", "2A"]);
  expect(picture(doc).map((clip) => clip.start)).toEqual([0, 24, 48]);
  expect(totalFrames(readFilm(doc))).toBe(72);
});

test("assembling again after the board changed keeps the ids of clips whose shots are still there", () => {
  const context = counting("x");
  const doc = aFilm(context, 2, 2);
  assemble(doc, undefined, context);
  const before = new Map(picture(doc).map((clip) => [clip.shotId, clip.id]));
  const scene = readFilm(doc).scenes[0]!.id;
  moveShot(doc, shotIdOf(doc, "2B"), scene, null, context);
  addShot(doc, aShot(scene, 48), shotIdOf(doc, "1A"), context);
  assemble(doc, undefined, context);
  expect(shotNumbers(doc)).toEqual(["1A", "1B", "1C", "1D", "2A"]);
  for (const clip of picture(doc)) if (before.has(clip.shotId)) expect(clip.id).toBe(before.get(clip.shotId));
  expect(picture(doc).map((clip) => clip.start)).toEqual([0, 24, 72, 96, 120]);
});

test("assembling some scenes replaces what was assembled of others", () => {
  const context = counting("x");
  const doc = aFilm(context, 1, 2);
  assemble(doc, undefined, context);
  assemble(doc, [readFilm(doc).scenes[1]!.id], context);
  expect(shotNumbers(doc)).toEqual(["2A", "2B"]);
});

test("a clip that a person trimmed keeps its trim and its place among new shots", () => {
  const context = counting("x");
  const doc = aFilm(context, 3);
  assemble(doc, undefined, context);
  editCut(doc, (clips) => trimClip(clips, clipIdOf(doc, "1B"), { edge: "out", delta: -10, ...ripple }), context);
  addShot(doc, aShot(readFilm(doc).scenes[0]!.id), shotIdOf(doc, "1A"), context);
  assemble(doc, undefined, context);
  expect(shotNumbers(doc)).toEqual(["1A", "1B", "1C", "1D"]);
  expect(picture(doc).map((clip) => clip.duration)).toEqual([24, 24, 14, 24]);
});

test("an order that a person made by hand survives assembling", () => {
  const context = counting("x");
  const doc = aFilm(context, 4);
  assemble(doc, undefined, context);
  editCut(doc, (clips) => splitClip(clips, clipIdOf(doc, "1A"), 12, "half"), context);
  editCut(doc, (clips) => moveClips(clips, ["half"], { delta: 24, magnetic: () => true }), context);
  expect(shotNumbers(doc)).toEqual(["1A", "1B", "1A", "1C", "1D"]);
  assemble(doc, undefined, context);
  expect(shotNumbers(doc)).toEqual(["1A", "1B", "1A", "1C", "1D"]);
});

test("people's own clips stay: one behind a shot stays behind it, one that stands free stays on its frame", () => {
  const context = counting("x");
  const doc = aFilm(context, 2);
  assemble(doc, undefined, context);
  const own = { trackId: pictureTrackId, assetId: "title", duration: 20, in: 0 };
  addClip(doc, { ...own, start: 48, name: "behind" }, context);
  addClip(doc, { ...own, start: 1000, name: "free" }, context);
  addShot(doc, aShot(readFilm(doc).scenes[0]!.id), shotIdOf(doc, "1A"), context);
  assemble(doc, undefined, context);
  expect(shotNumbers(doc)).toEqual(["1A", "1B", "1C", "behind", "free"]);
  expect(picture(doc).map((clip) => clip.start)).toEqual([0, 24, 48, 72, 1000]);
});

const aChange = fc.tuple(
  fc.constantFrom("trim", "move", "free", "split", "delete", "own", "add", "drop", "reorder", "assemble"),
  fc.nat(1000),
  fc.integer({ min: -60, max: 60 }),
);
type Change = [string, number, number];

/** What somebody may do, on whatever is there. */
function change(doc: Y.Doc, [kind, pick, delta]: Change, context: EditContext): void {
  const film = readFilm(doc);
  const clip = film.clips[pick % Math.max(1, film.clips.length)];
  const shot = film.shots[pick % Math.max(1, film.shots.length)];
  const scene = film.scenes[pick % Math.max(1, film.scenes.length)];
  const sourceLength = sourceLengthIn(film);
  if (kind === "trim" && clip)
    editCut(
      doc,
      (clips) => trimClip(clips, clip.id, { edge: pick % 2 ? "in" : "out", delta, ripple: true, sourceLength }),
      context,
    );
  if (kind === "move" && clip)
    editCut(doc, (clips) => moveClips(clips, [clip.id], { delta, magnetic: (id) => id === pictureTrackId }), context);
  if (kind === "free" && clip)
    editCut(doc, (clips) => moveClips(clips, [clip.id], { delta, magnetic: () => false }), context);
  if (kind === "split" && clip)
    editCut(doc, (clips) => splitClip(clips, clip.id, clip.start + Math.abs(delta), context.newId()), context);
  if (kind === "delete" && clip) editCut(doc, (clips) => deleteClips(clips, [clip.id], () => pick % 2 === 0), context);
  if (kind === "own")
    addClip(doc, { trackId: pictureTrackId, assetId: "a", start: pick, duration: 10, in: 0 }, context);
  if (kind === "add" && scene) addShot(doc, aShot(scene.id, 10 + (pick % 30)), shot?.id ?? null, context);
  if (kind === "drop" && shot) removeShot(doc, shot.id, context);
  if (kind === "reorder" && shot && scene) moveShot(doc, shot.id, scene.id, null, context);
  if (kind === "assemble") assemble(doc, undefined, context);
}

test("whatever was done before, assembling twice is assembling once, and every board shot is on the timeline", () => {
  fc.assert(
    fc.property(fc.array(aChange, { maxLength: 12 }), (changes) => {
      const context = counting("x");
      const doc = aFilm(context, 2, 2);
      assemble(doc, undefined, context);
      for (const one of changes) change(doc, one, context);
      const own = readFilm(doc).clips.filter((clip) => clip.assembled !== true);
      assemble(doc, undefined, context);
      const once = readFilm(doc).clips;
      const updates: Uint8Array[] = [];
      doc.on("update", (update: Uint8Array) => updates.push(update));
      assemble(doc, undefined, context);
      expect(readFilm(doc).clips).toEqual(once);
      expect(updates).toEqual([]);
      expect(layOut(once)).toEqual(once);
      for (const shot of readFilm(doc).shots) expect(once.some((clip) => clip.shotId === shot.id)).toBe(true);
      for (const clip of own)
        expect(once.find((other) => other.id === clip.id)).toMatchObject({ duration: clip.duration, in: clip.in });
    }),
    { numRuns: 150 },
  );
});

test("two people who cut at once end with the same timeline, without overlaps", () => {
  fc.assert(
    fc.property(fc.array(aChange, { maxLength: 6 }), fc.array(aChange, { maxLength: 6 }), (mine, theirs) => {
      const context = counting("x");
      const a = aFilm(context, 3, 2);
      assemble(a, undefined, context);
      const b = new Y.Doc();
      Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
      for (const one of mine) change(a, one, counting("a"));
      for (const one of theirs) change(b, one, counting("b"));
      Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
      Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
      const [left, right] = [readFilm(a), readFilm(b)];
      expect(left.clips).toEqual(right.clips);
      expect(layOut(left.clips)).toEqual(layOut(right.clips));
      const ends = new Map<string, number>();
      for (const clip of layOut(left.clips)) {
        expect(clip.start).toBeGreaterThanOrEqual(ends.get(clip.trackId) ?? 0);
        ends.set(clip.trackId, endOf(clip));
      }
    }),
  );
});

test("a cut writes only what differs, so another person's gain on the same clip stays", () => {
  const context = counting("x");
  const a = aFilm(context, 1);
  assemble(a, undefined, context);
  const b = new Y.Doc();
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
  const id = clipIdOf(a, "1A");
  editCut(a, (clips) => trimClip(clips, id, { edge: "out", delta: -4, ...ripple }), context);
  editCut(b, (clips) => clips.map((clip) => ({ ...clip, gain: 0.5 })), context);
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
  expect(readFilm(a).clips[0]).toMatchObject({ duration: 20, gain: 0.5 });
});

test("a new score replaces the one that is there; a trimmed one keeps its trim", () => {
  const context = counting("x");
  const doc = aFilm(context, 1);
  placeSound(doc, { assetId: "one", durationFrames: 100, name: "Score" }, context);
  placeSound(doc, { assetId: "two", durationFrames: 120, name: "Score" }, context);
  expect(readFilm(doc).clips).toMatchObject([
    { id: scoreClipId, trackId: soundTrackId, assetId: "two", start: 0, duration: 120 },
  ]);
  editCut(
    doc,
    (clips) => trimClip(clips, scoreClipId, { edge: "out", delta: -50, ripple: false, sourceLength: () => 120 }),
    context,
  );
  placeSound(doc, { assetId: "three", durationFrames: 90, name: "Score" }, context);
  expect(readFilm(doc).clips).toMatchObject([{ assetId: "three", duration: 70 }]);
  expect(readFilm(doc).clips).toHaveLength(1);
});

test("two scores that finish at once leave one clip", () => {
  const context = counting("x");
  const a = aFilm(context, 1);
  const b = new Y.Doc();
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
  placeSound(a, { assetId: "one", durationFrames: 100, name: "Score" }, context);
  placeSound(b, { assetId: "two", durationFrames: 100, name: "Score" }, context);
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
  expect(readFilm(a).clips).toHaveLength(1);
});

test("a score goes under other sound on its own track, and an uploaded sound beside the score too", () => {
  const context = counting("x");
  const doc = aFilm(context, 1);
  addSound(doc, { assetId: "rain", durationFrames: 50, name: "Rain", at: 10 }, context);
  placeSound(doc, { assetId: "score", durationFrames: 100, name: "Score" }, context);
  addSound(doc, { assetId: "horn", durationFrames: 20, name: "Horn", at: 20 }, context);
  const film = readFilm(doc);
  const tracks = film.tracks.map((track) => track.id);
  expect(tracks.slice(0, 3)).toEqual([pictureTrackId, soundTrackId, scoreTrackId]);
  expect(film.clips.find((clip) => clip.assetId === "score")).toMatchObject({ trackId: scoreTrackId, start: 0 });
  expect(film.clips.find((clip) => clip.assetId === "horn")).toMatchObject({ trackId: tracks[3], start: 20 });
  expect(layOut(film.clips)).toEqual(film.clips);
});

const aTake = (id: string, shotId: string, number: number) =>
  ({ id, shotId, number, videoAssetId: `video-${id}` }) as TakeView;

test("a clip plays the take pinned to it, else the shot's chosen one, else the newest", () => {
  const takes = [aTake("t2", "s", 2), aTake("t1", "s", 1), aTake("t3", "s", 3), aTake("u9", "other", 9)];
  expect(resolveTake({}, { id: "s" }, takes)?.id).toBe("t3");
  expect(resolveTake({}, { id: "s", takeId: "t1" }, takes)?.id).toBe("t1");
  expect(resolveTake({ takeId: "t2" }, { id: "s", takeId: "t1" }, takes)?.id).toBe("t2");
  expect(resolveTake({ takeId: "gone" }, { id: "s", takeId: "gone" }, takes)?.id).toBe("t3");
  expect(resolveTake({}, { id: "empty" }, takes)).toBeNull();
  expect(resolveTake({}, undefined, takes)).toBeNull();
});

test("segments list what is seen and heard: takeless clips and muted or hidden tracks are left out, the length stays", () => {
  const context = counting("x");
  const doc = aFilm(context, 2);
  assemble(doc, undefined, context);
  editCut(doc, (clips) => clips.map((clip) => (clip.start === 24 ? { ...clip, in: 4, duration: 20 } : clip)), context);
  placeSound(doc, { assetId: "score", durationFrames: 60, name: "Score" }, context);
  const film = readFilm(doc);
  const [first] = film.shots;
  const asset = (clip: Clip) => clip.assetId ?? (clip.shotId === first!.id ? null : "video");
  expect(pictureSegments(film, asset)).toEqual([{ assetId: "video", start: 24, duration: 20, in: 4 }]);
  expect(soundSegments(film, asset)).toEqual([{ assetId: "score", start: 0, duration: 60, in: 0, gain: 1 }]);
  expect(totalFrames(film)).toBe(60);
  const silent = { ...film, tracks: film.tracks.map((track) => ({ ...track, muted: true, hidden: true })) };
  expect(pictureSegments(silent, asset)).toEqual([]);
  expect(soundSegments(silent, asset)).toEqual([]);
});

test("a longer shot on the board gives its untouched clip the new length at the next assembling", () => {
  const context = counting("x");
  const doc = aFilm(context, 2);
  assemble(doc, undefined, context);
  changeShot(doc, shotIdOf(doc, "1A"), { durationFrames: 30 }, context);
  removeClips(doc, [clipIdOf(doc, "1B")], context);
  assemble(doc, undefined, context);
  expect(picture(doc).map((clip) => [clip.start, clip.duration])).toEqual([
    [0, 30],
    [30, 24],
  ]);
});
