import { beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { addScene, addShot, beginFilm, type EditContext } from "#domain/film/edit.ts";
import { defaultMeta } from "#domain/film/meta.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { changeTrack } from "#domain/film/timeline.ts";
import { pictureTrackId } from "#domain/film/track.ts";
import { collectionNames, collectionOf } from "#domain/film/document.ts";
import type { FilmSession } from "../session/session-contract.ts";
import { transport } from "../session/transport.ts";
import { editActions } from "./edit-actions.ts";
import { changeTimeline } from "./timeline-state.ts";

beforeEach(() => {
  changeTimeline({ magnet: true });
  transport.setFrame(0);
});

/** Three shots of 24 frames, assembled, as one person edits them. */
function aRoom({ mayEdit = true } = {}) {
  const doc = new Y.Doc();
  const origin = {};
  let count = 0;
  const edit: EditContext = { newId: () => `n${(count += 1)}`, origin };
  beginFilm(doc, defaultMeta, edit);
  const scene = { heading: "EXT. PIER", setting: "ext" as const, location: "Pier", time: "NIGHT", synopsis: "" };
  const sceneId = addScene(doc, scene, null, edit);
  const words = { action: "", prompt: "", dialogue: [], characters: [], elementIds: [] };
  let last: string | null = null;
  for (let index = 0; index < 3; index += 1) {
    last = addShot(doc, { ...words, sceneId, type: "wide", move: "static", durationFrames: 24 }, last, edit);
  }
  const undo = new Y.UndoManager(
    collectionNames.map((name) => collectionOf(doc, name)),
    { trackedOrigins: new Set([origin]) },
  );
  const chosen = { shotIds: [] as string[], clipIds: [] as string[] };
  const selection = {
    ...chosen,
    selectShots: () => undefined,
    selectClips: (ids: string[]) => void (selection.clipIds = ids),
  };
  const session = { doc, edit, undo, mayEdit, me: { color: "#06bfa8" } } as unknown as FilmSession;
  const film = () => readFilm(doc);
  const actions = editActions({ session, film, selection: () => selection });
  const numbers = () => film().clips.map((clip) => film().shots.find((shot) => shot.id === clip.shotId)?.number);
  const select = (number: string) => {
    const shot = film().shots.find((one) => one.number === number);
    selection.clipIds = film().clips.flatMap((clip) => (clip.shotId === shot?.id ? [clip.id] : []));
  };
  return { doc, edit, film, actions, numbers, select, undo, selection };
}

test("a selected clip changes places with its neighbour, there and back, and stops at the ends", () => {
  const room = aRoom();
  room.actions.assembleBoard();
  room.select("1A");
  room.actions.nudge(1, 1);
  expect(room.numbers()).toEqual(["1B", "1A", "1C"]);
  room.actions.nudge(1, 1);
  room.actions.nudge(1, 1);
  expect(room.numbers()).toEqual(["1B", "1C", "1A"]);
  room.actions.nudge(-1, 1);
  expect(room.numbers()).toEqual(["1B", "1A", "1C"]);
});

test("deleting on the picture closes the gap; without ripple only Shift closes it", () => {
  const room = aRoom();
  room.actions.assembleBoard();
  room.select("1A");
  room.actions.remove(false);
  expect(room.film().clips.map((clip) => clip.start)).toEqual([0, 24]);
  room.undo.undo();
  changeTimeline({ magnet: false });
  room.select("1A");
  room.actions.remove(false);
  expect(room.film().clips.map((clip) => clip.start)).toEqual([24, 48]);
  room.undo.undo();
  room.select("1A");
  room.actions.remove(true);
  expect(room.film().clips.map((clip) => clip.start)).toEqual([0, 24]);
  expect(room.selection.clipIds).toEqual([]);
});

test("the playhead splits the picture under it and trims its head and tail", () => {
  const room = aRoom();
  room.actions.assembleBoard();
  transport.setFrame(30);
  room.actions.splitAtPlayhead();
  expect(room.film().clips.map((clip) => [clip.start, clip.duration, clip.in])).toEqual([
    [0, 24, 0],
    [24, 6, 0],
    [30, 18, 6],
    [48, 24, 0],
  ]);
  room.undo.undo();
  room.actions.trimToPlayhead("in");
  expect(room.film().clips[1]).toMatchObject({ start: 24, duration: 18, in: 6 });
  expect(transport.frame).toBe(24);
  transport.setFrame(26);
  room.actions.trimToPlayhead("out");
  expect(room.film().clips[1]).toMatchObject({ start: 24, duration: 3, in: 6 });
});

test("every act is one step of undo", () => {
  const room = aRoom();
  room.actions.assembleBoard();
  const [first] = room.film().clips;
  room.actions.trim(first!.id, "out", -4, true);
  room.actions.trim(first!.id, "out", -4, true);
  room.undo.undo();
  expect(room.film().clips[0]).toMatchObject({ duration: 20 });
});

test("viewers and locked tracks change nothing", () => {
  const viewer = aRoom({ mayEdit: false });
  viewer.actions.assembleBoard();
  expect(viewer.film().clips).toEqual([]);
  const room = aRoom();
  room.actions.assembleBoard();
  changeTrack(room.doc, pictureTrackId, { locked: true }, room.edit);
  room.select("1A");
  room.actions.remove(true);
  room.actions.nudge(1, 1);
  expect(room.numbers()).toEqual(["1A", "1B", "1C"]);
});

test("a second marker on the same frame takes the first away", () => {
  const room = aRoom();
  transport.setFrame(7);
  room.actions.mark();
  expect(room.film().markers).toMatchObject([{ frame: 7 }]);
  room.actions.mark();
  expect(room.film().markers).toEqual([]);
});
