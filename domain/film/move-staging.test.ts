import { expect, test } from "vitest";
import * as Y from "yjs";
import { viewAlong } from "#domain/screenplay/keyed-view.ts";
import { mergeShots, splitShot } from "./board-edits.ts";
import { addScene, addShot, beginFilm } from "./edit.ts";
import { defaultMeta } from "./meta.ts";
import { readFilm } from "./snapshot.ts";
import { type KeyView, setCameraKey } from "./staging-edits.ts";
import { stagingOf } from "./staging-of.ts";
import type { StagedKey } from "./staging.ts";

const view = (x: number, more: Partial<KeyView> = {}): KeyView => ({
  ...{ eye: [x, 1.6, 4], look: [0, 1.5, 0], lensMm: 35 },
  ...more,
});

/** A shot of 48 frames with a camera path, cut in the middle. */
function cut(path: Record<number, KeyView>) {
  const doc = new Y.Doc();
  let made = 0;
  const context = { newId: () => `id-${made++}` };
  beginFilm(doc, defaultMeta, context);
  const scene = { heading: "INT. HALL - DAY", setting: "int", location: "HALL", time: "DAY", synopsis: "" } as const;
  const sceneId = addScene(doc, scene, null, context);
  const said = { type: "wide", move: "static", action: "", prompt: "", characters: [], elementIds: [] } as const;
  const shot = addShot(
    doc,
    { ...said, characters: [], elementIds: [], dialogue: [], sceneId, durationFrames: 48 },
    null,
    context,
  );
  for (const [frame, key] of Object.entries(path)) setCameraKey(doc, shot, Number(frame), key, context);
  const keysOf = (id: string) => stagingOf(readFilm(doc), { id, sceneId }).keys;
  const whole = keysOf(shot);
  const second = splitShot(doc, shot, { share: 0.5 }, context)!;
  const at = readFilm(doc).shots.find(({ id }) => id === shot)!.durationFrames;
  const merge = () => (mergeShots(doc, [shot, second], new Set(), context), keysOf(shot));
  return { whole, at, first: keysOf(shot), second: keysOf(second), merge };
}

/** One key alone holds the camera. */
const seenAt = (keys: readonly StagedKey[], frame: number) => {
  const [first, ...more] = keys.map((key) => ({ ...key, time: key.frame }));
  return viewAlong([first!, ...more], frame);
};
const same = (a: ReturnType<typeof seenAt>, b: ReturnType<typeof seenAt>) => {
  for (const axis of [0, 1, 2]) {
    expect(a.eye[axis]).toBeCloseTo(b.eye[axis]!, 2);
    expect(a.look[axis]).toBeCloseTo(b.look[axis]!, 2);
  }
  expect(a.lensMm).toBeCloseTo(b.lensMm, 2);
  expect(a.roll).toBeCloseTo(b.roll, 2);
  expect(a.focus === null).toBe(b.focus === null);
  expect(a.focus ?? 0).toBeCloseTo(b.focus ?? 0, 2);
};

test("a camera that waits for a key behind the cut waits there in the first half, too", () => {
  const { whole, at, first, second } = cut({ 40: view(3) });
  expect(first).toHaveLength(1);
  same(seenAt(first, 0), seenAt(whole, 0));
  same(seenAt(first, at), seenAt(whole, at));
  expect(second.map(({ frame }) => frame)).toEqual([40 - at]);
});

test("a camera that is held until a key is held up to the cut and behind it, and nowhere on a way between", () => {
  const { whole, at, first, second } = cut({ 0: view(0, { ease: "hold" }), 40: view(4) });
  for (const frame of [0, at / 2, at]) same(seenAt(first, frame), seenAt(whole, frame));
  for (const frame of [0, 8, 40 - at]) same(seenAt(second, frame), seenAt(whole, at + frame));
  expect([...first, ...second].every(({ eye }) => eye[0] === 0 || eye[0] === 4)).toBe(true);
});

test("at the cut the camera is where it was, however it goes there: eased, round a bend, zooming, rolling, pulling focus", () => {
  for (const ease of ["linear", "in", "out", "smooth"] as const) {
    const { whole, at, first, second } = cut({
      4: view(0, { ease, lensMm: 24, focus: 2 }),
      13: view(2, { ease, eye: [2, 3, 1], roll: 10, focus: 6 }),
      40: view(6, { ease, lensMm: 85, look: [1, 0, 0] }),
      47: view(5),
    });
    same(seenAt(first, at), seenAt(whole, at));
    same(seenAt(second, 0), seenAt(whole, at));
    expect(first.map(({ frame }) => frame)).toEqual([4, 13, at]);
    expect(second.map(({ frame }) => frame)).toEqual([0, 40 - at, 47 - at]);
  }
});

test("joined again, the camera goes where it went", () => {
  const { at, whole, merge } = cut({ 0: view(0, { ease: "linear" }), 40: view(4) });
  const joined = merge();
  expect(joined.map(({ frame }) => frame)).toEqual([0, at, 40]);
  for (const frame of [0, 10, at, 30, 40]) same(seenAt(joined, frame), seenAt(whole, frame));
});
