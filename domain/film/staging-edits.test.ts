import { expect, test } from "vitest";
import * as Y from "yjs";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import { duplicateShots, mergeShots, removeScene, splitShot } from "./board-edits.ts";
import { splitSpan, stagedSpans } from "./deed-spans.ts";
import { collectionNames, collectionOf } from "./document.ts";
import { addScene, addShot, beginFilm, removeShot } from "./edit.ts";
import { defaultMeta } from "./meta.ts";
import { readFilm } from "./snapshot.ts";
import {
  addCue,
  addLight,
  changeCamera,
  changeCameraKey,
  changePiece,
  changeSet,
  clearStaging,
  copyLight,
  moveCameraKey,
  placePiece,
  removeMark,
  removeStaging,
  setBurn,
  setCameraKey,
  setDeed,
  setDeeds,
  setMark,
  snapFrame,
} from "./staging-edits.ts";
import { stagingOf } from "./staging-of.ts";
import { OwnUndo } from "./staging-undo.ts";

type Point = [number, number, number];
const view = (x: number) => ({ eye: [x, 1.6, 4] as Point, look: [0, 1.5, 0] as Point, lensMm: 35 });
const shot = { id: "shot", sceneId: "scene" };
const aNewShot = {
  ...({ type: "wide", move: "static", action: "", prompt: "" } as const),
  ...{ characters: ["MAYA"], durationFrames: 48, elementIds: [], dialogue: [] },
};

type Peer = ReturnType<typeof room>["peers"][number];

/** Several people in one film with one scene and one shot, each with their own undo; `meet` lets all hear of all. */
function room(count = 2) {
  const first = new Y.Doc();
  let made = 0;
  const begin = { newId: () => (made++ === 0 ? "scene" : "shot") };
  beginFilm(first, defaultMeta, begin);
  const scene = { heading: "INT. HALL - DAY", setting: "int", location: "HALL", time: "DAY", synopsis: "" } as const;
  addScene(first, scene, null, begin);
  addShot(first, { ...aNewShot, sceneId: "scene" }, null, begin);
  const peers = Array.from({ length: count }, (_, by) => {
    const doc = new Y.Doc();
    doc.clientID = by + 1;
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(first));
    let ids = 0;
    const context = { newId: () => `p${by}-${ids++}`, origin: { by } };
    const undo = new OwnUndo(
      doc,
      collectionNames.map((name) => collectionOf(doc, name)),
      { trackedOrigins: new Set([context.origin]), captureTimeout: 0 },
    );
    return { doc, context, undo, staged: () => stagingOf(readFilm(doc), shot) };
  });
  const meet = () => {
    for (const a of peers) for (const b of peers) if (a !== b) Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc));
  };
  return { a: peers[0]!, b: peers[1]!, peers, meet };
}

test("who makes the same mark and the same key at once as somebody else makes one of each, and all see the same", () => {
  const { a, b, meet } = room();
  for (const [peer, x] of [
    [a, 1],
    [b, 2],
  ] as const) {
    setMark(peer.doc, "scene", "Maya", { at: [x, 0, 0], facing: 0 }, peer.context);
    setCameraKey(peer.doc, "shot", 12, view(x), peer.context);
  }
  meet();
  expect(a.staged().marks).toHaveLength(1);
  expect(a.staged().keys).toHaveLength(1);
  expect(b.staged()).toEqual(a.staged());
  // Whoever takes it away takes away both, so that the other does not come up from beneath.
  removeMark(b.doc, "scene", "MAYA", b.context);
  removeStaging(b.doc, [b.staged().keys[0]!.id], b.context);
  meet();
  expect(a.staged()).toMatchObject({ marks: [], keys: [] });
});

test("undo takes back one's own key, never a peer's", () => {
  const { a, b, meet } = room();
  setCameraKey(a.doc, "shot", 0, view(1), a.context);
  meet();
  setCameraKey(b.doc, "shot", 24, view(2), b.context);
  meet();
  a.undo.undo();
  meet();
  expect(b.staged().keys.map(({ frame }) => frame)).toEqual([24]);
});

test("where somebody was moved by a peer since, undo does not put them away", () => {
  const { a, b, meet } = room();
  setMark(a.doc, "scene", "MAYA", { at: [1, 0, 0], facing: 10 }, a.context);
  meet();
  setMark(b.doc, "scene", "MAYA", { at: [2, 0, 0], facing: 10 }, b.context);
  meet();
  a.undo.undo();
  meet();
  expect(b.staged().marks).toMatchObject([{ who: "MAYA", at: [2, 0, 0], facing: 10 }]);
  b.undo.undo();
  meet();
  expect(a.staged().marks).toMatchObject([{ at: [1, 0, 0], facing: 10 }]);
});

test("two who change two things of one piece both keep their change, and each takes back only theirs", () => {
  const { a, b, meet } = room();
  const id = placePiece(a.doc, "scene", { what: "table", at: [0, 0, 0], facing: 0 }, a.context);
  meet();
  changePiece(a.doc, id, { at: [3, 0, 1] }, a.context);
  changePiece(b.doc, id, { colour: "#804020" }, b.context);
  meet();
  expect(a.staged().pieces).toMatchObject([{ at: [3, 0, 1], colour: "#804020" }]);
  b.undo.undo();
  meet();
  expect(a.staged().pieces).toMatchObject([{ at: [3, 0, 1] }]);
  expect(a.staged().pieces[0]).not.toHaveProperty("colour");
  a.undo.undo();
  a.undo.undo();
  meet();
  expect(b.staged().pieces).toEqual([]);
});

test("what somebody does until now ends where they begin something else", () => {
  const [{ doc, context, staged }] = room(1).peers as [Peer];
  const deed = { who: "Maya", motion: "walk", fromFrame: 0, toFrame: 48 } as const;
  setDeed(doc, "shot", deed, context);
  setDeed(doc, "shot", { ...deed, who: "Tom", motion: "dance" }, context);
  setDeed(doc, "shot", { ...deed, motion: "sit", fromFrame: 20 }, context);
  expect(staged().deeds.map(({ who, motion, fromFrame, toFrame }) => [who, motion, fromFrame, toFrame])).toEqual(
    expect.arrayContaining([
      ["MAYA", "walk", 0, 20],
      ["TOM", "dance", 0, 48],
      ["MAYA", "sit", 20, 48],
    ]),
  );
});

test("a thing that is turned for ever or pulled to the horizon stays where everybody can read it", () => {
  const [{ doc, context, staged }] = room(1).peers as [Peer];
  const id = placePiece(doc, "scene", { what: "chair", at: [0, 0, 900], facing: 735 }, context);
  expect(staged().pieces[0]).toMatchObject({ at: [0, 0, 200], facing: 15 });
  changePiece(doc, id, { at: [-4000, 1, 2], facing: -730 }, context);
  expect(staged().pieces[0]).toMatchObject({ at: [-200, 1, 2], facing: -10 });
});

test("a key moved onto another takes its place, and moved back by undo both are there", () => {
  const { a } = room();
  const first = setCameraKey(a.doc, "shot", 0, view(1), a.context);
  setCameraKey(a.doc, "shot", 24, { ...view(2), ease: "hold" }, a.context);
  moveCameraKey(a.doc, first, 24, a.context);
  expect(a.staged().keys).toMatchObject([{ frame: 24, eye: [1, 1.6, 4] }]);
  a.undo.undo();
  expect(a.staged().keys.map(({ frame }) => frame)).toEqual([0, 24]);
  changeCameraKey(a.doc, first, { lensMm: 85, name: "Close" }, a.context);
  expect(a.staged().keys[0]).toMatchObject({ lensMm: 85, name: "Close" });
});

test("a key that is locked gives its place to no other", () => {
  const { a } = room();
  const first = setCameraKey(a.doc, "shot", 0, view(1), a.context);
  setCameraKey(a.doc, "shot", 24, { ...view(2), locked: true }, a.context);
  expect(moveCameraKey(a.doc, first, 24, a.context)).toBe(false);
  expect(a.staged().keys.map(({ frame }) => frame)).toEqual([0, 24]);
  expect(moveCameraKey(a.doc, first, 12, a.context)).toBe(true);
});

test("a set and a camera are changed field by field, and given back to the rules", () => {
  const { a, b, meet } = room();
  changeSet(a.doc, "scene", { setHour: "night", setFog: 0.05 }, a.context);
  changeSet(b.doc, "scene", { setWeather: "rain" }, b.context);
  changeCamera(a.doc, "shot", { camFraming: "over-shoulder", passes: ["depth"] }, a.context);
  meet();
  expect(readFilm(b.doc).scenes[0]).toMatchObject({ setHour: "night", setFog: 0.05, setWeather: "rain" });
  expect(readFilm(b.doc).shots[0]).toMatchObject({ camFraming: "over-shoulder", passes: ["depth"] });
  changeSet(b.doc, "scene", { setHour: undefined }, b.context);
  expect(readFilm(b.doc).scenes[0]).not.toHaveProperty("setHour");
});

test("a field that makes no sense hides nothing else of its scene or shot", () => {
  const { a } = room();
  collectionOf(a.doc, "scenes").get("scene")!.set("setFog", Number.NaN);
  collectionOf(a.doc, "shots").get("shot")!.set("camHeight", Number.POSITIVE_INFINITY);
  const film = readFilm(a.doc);
  expect(film.scenes[0]).toMatchObject({ heading: "INT. HALL - DAY", setFog: undefined });
  expect(film.shots[0]).toMatchObject({ characters: ["MAYA"], camHeight: undefined });
});

test("an entry that makes no sense is reported and leaves the others", () => {
  const { a } = room();
  setMark(a.doc, "scene", "MAYA", { at: [1, 0, 0], facing: 0 }, a.context);
  const id = placePiece(a.doc, "scene", { what: "chair", at: [0, 0, 0], facing: 0 }, a.context);
  collectionOf(a.doc, "staging").get(id)!.set("at", [Number.NaN, 0, 0]);
  expect(a.staged()).toMatchObject({ pieces: [], marks: [{ who: "MAYA" }] });
  expect(readFilm(a.doc).problems).toEqual([expect.stringContaining(`staging ${id} is malformed`)]);
});

test("what is staged goes with its shot and its scene, comes back with them, and is copied with a shot", () => {
  const { a } = room();
  const { doc, context, undo } = a;
  placePiece(doc, "scene", { what: "table", at: [0, 0, 0], facing: 0 }, context);
  addLight(doc, "scene", { what: "spot", at: [0, 3, 0], colour: "#ffeecc", power: 40, reach: 8 }, context);
  setDeed(doc, "shot", { who: "Maya", motion: "walk", fromFrame: 0, toFrame: 24, goes: [2, 0, 0] }, context);
  addCue(doc, "shot", { frame: 24, what: "effect", effect: "door" }, context);
  snapFrame(doc, "shot", { assetId: "asset", frame: 0, use: "keyframe", strength: 1 }, context);
  const [copy] = duplicateShots(doc, ["shot"], context);
  const copied = stagingOf(readFilm(doc), { id: copy!, sceneId: "scene" });
  expect(copied.deeds).toMatchObject([{ who: "MAYA", goes: [2, 0, 0] }]);
  expect(copied).toMatchObject({ cues: [{ effect: "door" }], frames: [{ use: "keyframe" }], pieces: [{}] });
  clearStaging(doc, copy!, context);
  expect(stagingOf(readFilm(doc), { id: copy!, sceneId: "scene" })).toMatchObject({ deeds: [], pieces: [{}] });
  removeShot(doc, "shot", context);
  expect(
    readFilm(doc)
      .staging.map(({ kind }) => kind)
      .sort(),
  ).toEqual(["light", "piece"]);
  undo.undo();
  expect(a.staged()).toMatchObject({ deeds: [{}], cues: [{}], frames: [{}] });
  removeScene(doc, "scene", new Set(), context);
  expect(readFilm(doc).staging).toEqual([]);
});

test("what is staged for one shot leaves the others' staging as it was, to the object", () => {
  const { a } = room();
  const { doc, context } = a;
  const other = addShot(doc, { ...aNewShot, sceneId: "scene" }, "shot", { newId: () => "other" });
  setCameraKey(doc, other, 0, view(1), context);
  setCameraKey(doc, "shot", 0, view(1), context);
  const before = stagingOf(readFilm(doc), { id: other, sceneId: "scene" });
  setCameraKey(doc, "shot", 12, view(2), context);
  expect(stagingOf(readFilm(doc), { id: other, sceneId: "scene" })).toBe(before);
  placePiece(doc, "scene", { what: "chair", at: [0, 0, 0], facing: 0 }, context);
  const after = stagingOf(readFilm(doc), { id: other, sceneId: "scene" });
  expect(after.keys[0]).toBe(before.keys[0]);
  expect(after.pieces).toHaveLength(1);
});

test("whatever several people stage, take back and hear of in any order, all come to see the same", () => {
  for (let seed = 1; seed <= 8; seed += 1) {
    const { peers, meet } = room(3);
    const random = seededRandom(seed);
    const upTo = (n: number) => Math.floor(random() * n);
    for (let step = 0; step < 60; step += 1) {
      const { doc, context, undo, staged } = peers[upTo(3)]!;
      const point: Point = [upTo(9) - 4, 0, upTo(9) - 4];
      const some = <T>(list: readonly T[]): T | undefined => list[upTo(list.length)];
      const { pieces, keys, lights, deeds } = staged();
      const spans = stagedSpans("P2", deeds, 48);
      const rules = [0, 24].map((from) => ({ id: null, motion: "wave" as const, fromFrame: from, toFrame: from + 24 }));
      const acts = [
        () =>
          setDeeds(
            doc,
            "shot",
            "P2",
            spans.length === 0 ? rules : splitSpan(spans, upTo(spans.length), upTo(48)),
            context,
          ),
        () => spans.length > 1 && setDeeds(doc, "shot", "P2", spans.toSpliced(upTo(spans.length), 1), context),
        () => addLight(doc, "scene", { what: "lamp", at: point, colour: "#ffeecc", power: 40, reach: 8 }, context),
        () =>
          lights.length > 0 && setBurn(doc, "shot", some(lights)!.id, { from: upTo(24), to: 24 + upTo(24) }, context),
        () => lights.length > 0 && copyLight(doc, some(lights)!.id, point, context),
        () => lights.length > 0 && removeStaging(doc, [some(lights)!.id], context),
        () => setMark(doc, "scene", `P${upTo(3)}`, { at: point, facing: upTo(360) }, context),
        () => setCameraKey(doc, "shot", upTo(4) * 12, view(upTo(9)), context),
        () =>
          setDeed(
            doc,
            "shot",
            { who: "P1", motion: "walk", fromFrame: upTo(2) * 24, toFrame: 48, goes: point },
            context,
          ),
        () => placePiece(doc, "scene", { what: "chair", at: point, facing: 0 }, context),
        () => pieces.length > 0 && changePiece(doc, some(pieces)!.id, { at: point, facing: upTo(360) }, context),
        () => keys.length > 0 && moveCameraKey(doc, some(keys)!.id, upTo(4) * 12, context),
        () => keys.length > 0 && changeCameraKey(doc, some(keys)!.id, { lensMm: 20 + upTo(80) }, context),
        () => pieces.length > 0 && removeStaging(doc, [some(pieces)!.id], context),
        () => undo.undo(),
        () => undo.redo(),
        meet,
      ];
      acts[upTo(acts.length)]!();
    }
    meet();
    meet();
    const seen = peers.map(({ staged }) => staged());
    expect(seen[1], `seed ${seed}`).toEqual(seen[0]);
    expect(seen[2], `seed ${seed}`).toEqual(seen[0]);
    // Taken away by one while another moves it, and taken back: half of it can be left, and is left out for all.
    const problems = peers.map(({ doc }) => readFilm(doc).problems.toSorted());
    expect(problems[1], `seed ${seed}`).toEqual(problems[0]);
    expect(problems[2], `seed ${seed}`).toEqual(problems[0]);
    const places = seen[0]!.keys.map(({ frame }) => frame);
    expect(new Set(places).size).toBe(places.length);
  }
});

test("a shot cut in two keeps its path and its deeds on both sides of the cut, and joined again they are one", () => {
  const { a } = room();
  const { doc, context } = a;
  setCameraKey(doc, "shot", 0, view(0), context);
  setCameraKey(doc, "shot", 40, view(4), context);
  setDeed(doc, "shot", { who: "MAYA", motion: "walk", fromFrame: 12, toFrame: 36, goes: [2, 0, 0] }, context);
  addCue(doc, "shot", { frame: 30, what: "hit" }, context);
  const second = splitShot(doc, "shot", { share: 0.5 }, context)!;
  const at = readFilm(doc).shots[0]!.durationFrames;
  const later = stagingOf(readFilm(doc), { id: second, sceneId: "scene" });
  // A camera begins and ends its way gently.
  const share = at / 40;
  const middle = 4 * share * share * (3 - 2 * share);
  expect(a.staged().keys.map(({ frame, eye }) => [frame, eye[0]])).toEqual([
    [0, 0],
    [at, expect.closeTo(middle, 2)],
  ]);
  expect(later.keys.map(({ frame, eye }) => [frame, eye[0]])).toEqual([
    [0, expect.closeTo(middle, 2)],
    [40 - at, 4],
  ]);
  expect(a.staged().deeds).toMatchObject([{ fromFrame: 12, toFrame: at }]);
  expect(later.deeds).toMatchObject([{ fromFrame: 0, toFrame: 36 - at, goes: [2, 0, 0] }]);
  expect([a.staged().cues, later.cues]).toMatchObject([[], [{ frame: 30 - at }]]);
  mergeShots(doc, ["shot", second], new Set(), context);
  expect(a.staged().keys.map(({ frame, eye }) => [frame, eye[0]])).toEqual([
    [0, 0],
    [at, expect.closeTo(middle, 2)],
    [40, 4],
  ]);
  expect(a.staged().cues).toMatchObject([{ frame: 30 }]);
  expect(readFilm(doc).problems).toEqual([]);
});
