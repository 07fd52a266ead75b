import { expect, test } from "vitest";
import * as Y from "yjs";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import { collectionNames, collectionOf } from "./document.ts";
import { readFilm } from "./snapshot.ts";
import type { DeedSpan } from "./deed-spans.ts";
import { changePiece, placePiece, removeStaging, setDeeds } from "./staging-edits.ts";
import { stagingOf, stagingOfScene } from "./staging-of.ts";
import type { StagedPiece } from "./staging.ts";
import { OwnUndo } from "./staging-undo.ts";

const chair = { what: "chair", at: [0, 0, 0], facing: 0, colour: "#804020", scale: 2 } as const;
const placed = () => ({ ...chair, at: [...chair.at] as [number, number, number] });

function people(count = 2) {
  const all = Array.from({ length: count }, (_, by) => {
    const doc = new Y.Doc();
    doc.clientID = by + 1;
    let ids = 0;
    const refusals = { count: 0 };
    const context = { newId: () => `p${by}-${ids++}`, origin: { by } };
    const undo = new OwnUndo(
      doc,
      collectionNames.map((name) => collectionOf(doc, name)),
      {
        trackedOrigins: new Set([context.origin]),
        captureTimeout: 0,
        overruled: () => (refusals.count += 1),
      },
    );
    const deeds = () => stagingOf(readFilm(doc), { id: "shot", sceneId: "scene" }).deeds;
    return { doc, context, undo, refusals, deeds, pieces: () => stagingOfScene(readFilm(doc), "scene").pieces };
  });
  const meet = (these = all) => {
    for (const a of these) for (const b of these) if (a !== b) Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc));
  };
  return { all, a: all[0]!, b: all[1]!, meet };
}

test("what a peer has moved stays as it was made, with its colour and its size, when its maker undoes", () => {
  const { a, b, meet } = people();
  const id = placePiece(a.doc, "scene", placed(), a.context);
  meet();
  changePiece(b.doc, id, { at: [3, 0, 0] }, b.context);
  meet();
  a.undo.undo();
  meet();
  expect(b.pieces()).toMatchObject([{ ...chair, at: [3, 0, 0] }]);
  expect(a.pieces()).toEqual(b.pieces());
});

test("what its maker changed later is taken back, also where it was said for the first time", () => {
  const { a, b, meet } = people();
  const { colour: _colour, ...plain } = placed();
  const id = placePiece(a.doc, "scene", plain, a.context);
  changePiece(a.doc, id, { colour: "#00ff00" }, a.context);
  meet();
  changePiece(b.doc, id, { at: [3, 0, 0], hidden: true }, b.context);
  meet();
  a.undo.undo();
  meet();
  expect(b.pieces()).toMatchObject([{ at: [3, 0, 0], hidden: true, scale: 2 }]);
  expect(b.pieces()[0]).not.toHaveProperty("colour");
  a.undo.undo();
  meet();
  expect(b.pieces()).toMatchObject([{ at: [3, 0, 0], hidden: true, scale: 2 }]);
  // And again: what was taken back comes back, too.
  a.undo.redo();
  meet();
  expect(b.pieces()).toMatchObject([{ at: [3, 0, 0], colour: "#00ff00" }]);
});

test("a peer's colour that the maker painted over and gave back is the peer's: undo of the making leaves it", () => {
  const { a, b, meet } = people();
  const id = placePiece(a.doc, "scene", placed(), a.context);
  meet();
  changePiece(b.doc, id, { colour: "#0000ff" }, b.context);
  meet();
  changePiece(a.doc, id, { colour: "#00ff00" }, a.context);
  a.undo.undo();
  expect(a.pieces()).toMatchObject([{ colour: "#0000ff" }]);
  a.undo.undo();
  meet();
  expect(b.pieces()).toMatchObject([{ ...chair, colour: "#0000ff" }]);
});

test("a piece that its maker took away and brought back is still what a peer made of it", () => {
  const { a, b, meet } = people();
  const id = placePiece(a.doc, "scene", placed(), a.context);
  meet();
  changePiece(b.doc, id, { at: [3, 0, 0] }, b.context);
  meet();
  removeStaging(a.doc, [id], a.context);
  a.undo.undo();
  a.undo.undo();
  meet();
  expect(b.pieces()).toMatchObject([{ ...chair, at: [3, 0, 0] }]);
});

test("a peer's piece that one took away and brought back goes again with redo", () => {
  const { a, b, meet } = people();
  const id = placePiece(b.doc, "scene", placed(), b.context);
  changePiece(b.doc, id, { colour: "#0000ff" }, b.context);
  meet();
  removeStaging(a.doc, [id], a.context);
  a.undo.undo();
  meet();
  expect(b.pieces()).toMatchObject([{ ...chair, colour: "#0000ff" }]);
  a.undo.redo();
  meet();
  expect(b.pieces()).toEqual([]);
});

test("what nobody else has touched goes whole, and once a peer has taken back what they did, it goes too", () => {
  const { a, b, meet } = people();
  const id = placePiece(a.doc, "scene", placed(), a.context);
  changePiece(a.doc, id, { colour: "#00ff00" }, a.context);
  meet();
  changePiece(b.doc, id, { hidden: true }, b.context);
  b.undo.undo();
  meet();
  a.undo.undo();
  a.undo.undo();
  meet();
  expect(b.pieces()).toEqual([]);
  a.undo.redo();
  meet();
  expect(b.pieces()).toMatchObject([chair]);
});

const rules: readonly DeedSpan[] = [
  { id: null, motion: "walk", fromFrame: 0, toFrame: 20 },
  { id: null, motion: "wave", fromFrame: 20, toFrame: 48 },
];

test("deeds that one took over in one step stay together once a peer has changed one of them, and go together else", () => {
  for (const isTouched of [true, false]) {
    const { a, b, meet } = people();
    setDeeds(a.doc, "shot", "MAYA", rules, a.context);
    meet();
    const [walk, wave] = b.deeds();
    if (isTouched) setDeeds(b.doc, "shot", "MAYA", [{ ...walk!, motion: "run" }, wave!], b.context);
    else setDeeds(b.doc, "shot", "BEN", rules, b.context);
    meet();
    a.undo.undo();
    meet();
    const left = b.deeds().map(({ who, motion, fromFrame, toFrame }) => [who, motion, fromFrame, toFrame]);
    const his = [
      ["BEN", "walk", 0, 20],
      ["BEN", "wave", 20, 48],
    ];
    const hers = [
      ["MAYA", "run", 0, 20],
      ["MAYA", "wave", 20, 48],
    ];
    expect(left).toEqual(isTouched ? hers : his);
    expect(a.deeds()).toEqual(b.deeds());
  }
});

test("where the last step may not be taken back, the step before it stays too, and that is said", () => {
  const { a, b, meet } = people();
  placePiece(a.doc, "scene", placed(), a.context);
  const touched = placePiece(a.doc, "scene", placed(), a.context);
  meet();
  changePiece(b.doc, touched, { hidden: true }, b.context);
  meet();
  a.undo.undo();
  expect(a.pieces()).toHaveLength(2);
  expect(a.refusals.count).toBe(1);
  a.undo.undo();
  expect(a.pieces()).toMatchObject([{ hidden: true }]);
  a.undo.redo();
  expect(a.pieces()).toHaveLength(2);
  expect(a.refusals.count).toBe(1);
});

test("what a peer has painted over is not taken back, nor is what was done before it", () => {
  const { a, b, meet } = people();
  const id = placePiece(a.doc, "scene", placed(), a.context);
  changePiece(a.doc, id, { scale: 3 }, a.context);
  changePiece(a.doc, id, { colour: "#00ff00" }, a.context);
  meet();
  changePiece(b.doc, id, { colour: "#0000ff" }, b.context);
  meet();
  a.undo.undo();
  expect(a.pieces()).toMatchObject([{ colour: "#0000ff", scale: 3 }]);
  expect(a.refusals.count).toBe(1);
  a.undo.undo();
  expect(a.pieces()).toMatchObject([{ colour: "#0000ff", scale: 2 }]);
});

test("a step in which one took back what one did is passed over without a word", () => {
  const { a } = people();
  placePiece(a.doc, "scene", placed(), a.context);
  a.doc.transact(
    () => removeStaging(a.doc, [placePiece(a.doc, "scene", placed(), a.context)], a.context),
    a.context.origin,
  );
  a.undo.undo();
  expect(a.pieces()).toEqual([]);
  expect(a.refusals.count).toBe(0);
});

test("whoever changes what in any order, undo of all that its maker did leaves every field as a peer or the making has it", () => {
  for (let seed = 1; seed <= 24; seed += 1) {
    const { a, b, meet } = people();
    const random = seededRandom(seed);
    const upTo = (n: number) => Math.floor(random() * n);
    const id = placePiece(a.doc, "scene", placed(), a.context);
    meet();
    const expected: Partial<StagedPiece> = placed();
    const own = new Set<string>();
    let isTouched = false;
    for (let step = 0; step < 6; step += 1) {
      // Never what is there already: to say that again changes nothing.
      const x = step * 10 + upTo(10);
      const changes: Partial<StagedPiece>[] = [
        { at: [x, 0, 0] },
        { colour: `#0000${String(10 + x)}` },
        { scale: (50 + x) / 100 },
        { facing: x },
      ];
      const change = changes[upTo(4)]!;
      const field = Object.keys(change)[0]!;
      // Somebody who paints over a peer twice takes back to before the peer: so does undo everywhere.
      const byPeer = upTo(2) === 0 || own.has(field);
      if (!byPeer) own.add(field);
      changePiece((byPeer ? b : a).doc, id, change, (byPeer ? b : a).context);
      if (byPeer) Object.assign(expected, change);
      isTouched ||= byPeer;
      meet();
    }
    while (a.undo.undoStack.length > 0) a.undo.undo();
    meet();
    expect(a.pieces(), `seed ${seed}`).toEqual(b.pieces());
    if (isTouched) expect(a.pieces()[0], `seed ${seed}`).toMatchObject(expected);
    else expect(a.pieces(), `seed ${seed}`).toEqual([]);
  }
});

test("parted and together again, whatever is done and taken back, all see the same", () => {
  for (let seed = 1; seed <= 6; seed += 1) {
    const { all, meet } = people(3);
    const random = seededRandom(seed);
    const upTo = (n: number) => Math.floor(random() * n);
    for (let step = 0; step < 50; step += 1) {
      const { doc, context, undo, pieces } = all[upTo(3)]!;
      const one = pieces()[upTo(pieces().length)]?.id;
      const acts = [
        () => placePiece(doc, "scene", placed(), context),
        () => one !== undefined && changePiece(doc, one, { at: [upTo(9), 0, 0] }, context),
        () => one !== undefined && changePiece(doc, one, { colour: "#ff0000" }, context),
        () => one !== undefined && changePiece(doc, one, { scale: upTo(3) + 0.5 }, context),
        () => undo.undo(),
        () => undo.redo(),
        () => meet(all.slice(upTo(2), 2 + upTo(2))),
      ];
      acts[upTo(acts.length)]!();
    }
    meet();
    meet();
    const [first, ...others] = all.map(({ doc }) => readFilm(doc));
    for (const other of others) expect(other.staging, `seed ${seed}`).toEqual(first!.staging);
    // Who takes away what another changes and takes back may leave half a piece: it is left out for all alike.
    for (const other of others) expect(other.problems.toSorted(), `seed ${seed}`).toEqual(first!.problems.toSorted());
  }
});
