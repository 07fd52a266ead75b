import { beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { duplicateShots, mergeShots, splitShot } from "./board-edits.ts";
import { addScene, addShot, beginFilm, changeShot, removeShot } from "./edit.ts";
import { burningIn } from "./light-burns.ts";
import { defaultMeta } from "./meta.ts";
import { readFilm } from "./snapshot.ts";
import { addLight, copyLight, removeStaging, setBurn } from "./staging-edits.ts";
import { stagingOf } from "./staging-of.ts";

const lamp = { what: "lamp", at: [0, 2, 0], colour: "#ffd9a0", power: 12, reach: 14 } as const;
const spoken = { type: "wide", move: "static", action: "", prompt: "" } as const;
let doc: Y.Doc;
let light: string;
let context: { newId(): string };
let made = 0;

function shotOf(durationFrames: number): string {
  const lists = { characters: [], elementIds: [], dialogue: [] };
  return addShot(doc, { ...spoken, ...lists, sceneId: "id-0", durationFrames }, null, context);
}
/** When the lamp burns in a shot, as it is said; undefined: all the time. */
const burning = (id: string, of = light, inDoc = doc) => {
  const said = stagingOf(readFilm(inDoc), { id, sceneId: "id-0" }).burns.find((burn) => burn.light === of);
  return said && [said.from, said.to];
};
const burn = (id: string, from: number, to: number) => setBurn(doc, id, light, { from, to }, context);

beforeEach(() => {
  doc = new Y.Doc();
  made = 0;
  context = { newId: () => `id-${made++}` };
  beginFilm(doc, defaultMeta, context);
  const scene = { heading: "INT. HALL - DAY", setting: "int", location: "HALL", time: "DAY", synopsis: "" } as const;
  expect(addScene(doc, scene, null, context)).toBe("id-0");
  light = addLight(doc, "id-0", { ...lamp, at: [...lamp.at] }, context);
});

test("two who trim one lamp in two shots at once both keep theirs, and in one shot one of them counts for all", () => {
  const [one, two, three] = [shotOf(96), shotOf(96), shotOf(96)];
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  const theirs = { newId: () => `their-${made++}` };
  burn(one, 0, 24);
  setBurn(other, two, light, { from: 30, to: 60 }, theirs);
  burn(three, 1, 2);
  setBurn(other, three, light, { from: 3, to: 4 }, theirs);
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  expect([burning(one), burning(two)]).toEqual([
    [0, 24],
    [30, 60],
  ]);
  expect(burning(three, light, other)).toEqual(burning(three));
  setBurn(doc, three, light, null, context);
  expect(burning(three)).toBeUndefined();
});

test("a lamp that goes out ahead of the cut is out behind it; one that burns over it burns on both sides", () => {
  const early = shotOf(96);
  burn(early, 10, 40);
  const later = splitShot(doc, early, { share: 0.5 }, context)!;
  expect(burning(early)).toEqual([10, 40]);
  expect(burningIn(48, { from: burning(later)![0]!, to: burning(later)![1]! })).toEqual({ from: 0, to: 0 });
  mergeShots(doc, [early, later], new Set(), context);
  expect(burning(early)).toEqual([10, 40]);

  const over = shotOf(96);
  burn(over, 30, 96);
  const behind = splitShot(doc, over, { share: 0.5 }, context)!;
  expect([burning(over), burning(behind)]).toEqual([[30, 48], undefined]);
  mergeShots(doc, [over, behind], new Set(), context);
  expect(burning(over)).toEqual([30, 96]);

  const late = shotOf(96);
  burn(late, 60, 90);
  const last = splitShot(doc, late, { share: 0.5 }, context)!;
  expect([burning(late), burning(last)]).toEqual([
    [48, 48],
    [12, 42],
  ]);
});

test("of shots that are joined a lamp burns from where it first does to where it last does", () => {
  const second = shotOf(48);
  const first = shotOf(48);
  burn(second, 10, 20);
  mergeShots(doc, [first, second], new Set(), context);
  expect(burning(first)).toEqual([0, 68]);
  expect(readFilm(doc).staging.filter(({ kind }) => kind === "burn")).toHaveLength(1);
});

test("a shot's copy and a lamp's copy burn as they do, and what is gone leaves nothing said of it", () => {
  const shot = shotOf(96);
  burn(shot, 10, 40);
  const [copy] = duplicateShots(doc, [shot], context);
  expect(burning(copy!)).toEqual([10, 40]);
  const second = copyLight(doc, light, [1, 2, 0], context)!;
  expect([burning(shot, second), burning(copy!, second)]).toEqual([
    [10, 40],
    [10, 40],
  ]);
  removeShot(doc, copy!, context);
  removeStaging(doc, [light], context);
  expect(readFilm(doc).staging).toMatchObject([{ kind: "light", id: second, at: [1, 2, 0] }, { light: second }]);
});

test("of a shot that was made shorter a lamp burns within what is left, and as before once it is longer again", () => {
  const shot = shotOf(96);
  burn(shot, 60, 90);
  changeShot(doc, shot, { durationFrames: 48 }, context);
  expect(burningIn(48, { from: 60, to: 90 })).toEqual({ from: 48, to: 48 });
  expect(burningIn(80, { from: 60, to: 90 })).toEqual({ from: 60, to: 80 });
  expect(burningIn(96, undefined)).toEqual({ from: 0, to: 96 });
  expect(burning(shot)).toEqual([60, 90]);
});
