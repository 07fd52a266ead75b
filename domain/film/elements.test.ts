import { expect, test } from "vitest";
import * as Y from "yjs";
import { collectionNames, collectionOf } from "./document.ts";
import { addScene, addShot, type EditContext } from "./edit.ts";
import {
  acceptElement,
  addElement,
  addVariant,
  changeElement,
  changeVariant,
  forgetElement,
  mergeElements,
  rejectElement,
  removeElement,
  removeVariant,
} from "./elements.ts";
import type { NewElement } from "./element.ts";
import { emptyShot } from "./board-edits.ts";
import { readFilm } from "./snapshot.ts";

const person = (name: string, more: Partial<NewElement> = {}): NewElement => ({
  ...{ kind: "character", name, description: "", triggerWords: [] },
  ...more,
});

function aFilm() {
  const doc = new Y.Doc();
  let count = 0;
  const context: EditContext = { newId: () => `id-${(count += 1)}`, origin: "me" };
  const sceneId = addScene(
    doc,
    { ...{ heading: "EXT. PIER", setting: "ext", location: "PIER", time: "" }, synopsis: "" },
    null,
    context,
  );
  const shots = [1, 2, 3].map(() => addShot(doc, { ...emptyShot, sceneId, durationFrames: 48 }, null, context));
  const undo = new Y.UndoManager(
    collectionNames.map((name) => collectionOf(doc, name)),
    { trackedOrigins: new Set(["me"]), captureTimeout: 0 },
  );
  const film = () => readFilm(doc);
  const shot = (id: string) => film().shots.find((each) => each.id === id)!;
  return { doc, context, shots, undo, film, shot };
}

test("elements come one behind the other, and one of the same kind and name only once", () => {
  const { doc, context, film } = aFilm();
  const maya = addElement(doc, person("Maya", { description: "in yellow" }), context);
  addElement(doc, person("Hale"), context);
  expect(addElement(doc, person(" MAYA ", { description: "another" }), context)).toBe(maya);
  addElement(doc, person("Maya", { kind: "location" }), context);
  expect(film().elements.map(({ kind, name, description }) => [kind, name, description])).toEqual([
    ["character", "Maya", "in yellow"],
    ["character", "Hale", ""],
    ["location", "Maya", ""],
  ]);
});

test("two people who take up the same suggestion at once make one element", () => {
  const [one, other] = [new Y.Doc(), new Y.Doc()];
  const context = { newId: () => expect.fail("ids follow from the name"), projectId: "film" };
  addElement(one, person("Maya"), context);
  addElement(other, person("maya"), context);
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
  expect(readFilm(one).elements).toHaveLength(1);
  expect(readFilm(other).elements).toEqual(readFilm(one).elements);
});

test("after it was removed, an element of that name can come again", () => {
  const { doc, film } = aFilm();
  const context = { newId: () => "never", projectId: "film" };
  removeElement(doc, addElement(doc, person("Maya"), context), context);
  addElement(doc, person("Maya", { description: "again" }), context);
  expect(film().elements.map(({ description }) => description)).toEqual(["again"]);
});

test("what this film changes of a library's element is its own from then on; what it sets to the same is not", () => {
  const { doc, context, film } = aFilm();
  const id = addElement(doc, person("Maya", { library: { id: "lib", version: 2, kept: [] } }), context);
  changeElement(doc, id, { name: "Maya", variants: [] }, context);
  expect(film().elements[0]?.library?.kept).toEqual([]);
  changeElement(doc, id, { description: "in red", colours: ["#aa0000"] }, context);
  changeElement(doc, id, { colours: undefined }, context);
  expect(film().elements[0]).toMatchObject({ description: "in red", library: { kept: ["description", "colours"] } });
  expect(film().elements[0]?.colours).toBeUndefined();
});

test("yes, no and neither: what somebody says of a suggestion stands on the shot, one step of undo each", () => {
  const { doc, context, shots, undo, shot } = aFilm();
  const [first, second] = shots as [string, string];
  const id = addElement(doc, person("Maya"), context);
  acceptElement(doc, [first, second], id, context);
  expect([shot(first).elementIds, shot(second).elementIds]).toEqual([[id], [id]]);
  rejectElement(doc, [first], id, context);
  expect(shot(first)).toMatchObject({ elementIds: [], elementsOut: [id] });
  acceptElement(doc, [first], id, context);
  expect(shot(first).elementsOut).toBeUndefined();
  rejectElement(doc, [first, second], id, context);
  undo.undo();
  expect([shot(first).elementIds, shot(second).elementIds]).toEqual([[id], [id]]);
  forgetElement(doc, [first], id, context);
  expect(shot(first).elementIds).toEqual([]);
  expect(shot(first).elementsOut).toBeUndefined();
});

test("a removed element leaves the shots, and undo brings all of it back", () => {
  const { doc, context, shots, undo, film, shot } = aFilm();
  const id = addElement(doc, person("Maya"), context);
  acceptElement(doc, shots.slice(0, 2), id, context);
  rejectElement(doc, shots.slice(2), id, context);
  removeElement(doc, id, context);
  expect(film().elements).toEqual([]);
  expect(film().shots.map(({ elementIds, elementsOut }) => [elementIds, elementsOut])).toEqual(
    shots.map(() => [[], undefined]),
  );
  undo.undo();
  expect(film().elements).toHaveLength(1);
  expect(shot(shots[0]!).elementIds).toEqual([id]);
  expect(shot(shots[2]!).elementsOut).toEqual([id]);
});

test("of two that are one, the one that stays has all that both had, on all their shots", () => {
  const { doc, context, shots, undo, film, shot } = aFilm();
  const [first, second, third] = shots as [string, string, string];
  const maya = addElement(doc, person("Maya", { triggerWords: ["maya_v1"] }), context);
  const okafor = addElement(
    doc,
    person("Miss Okafor", { description: "in yellow", triggerWords: ["okafor"], colours: ["#d9a520"] }),
    context,
  );
  acceptElement(doc, [first], okafor, context);
  rejectElement(doc, [second], okafor, context);
  rejectElement(doc, [third], maya, context);
  acceptElement(doc, [third], okafor, context);
  mergeElements(doc, maya, okafor, context);
  expect(film().elements).toEqual([
    {
      ...{ id: maya, kind: "character", name: "Maya", aliases: ["Miss Okafor"], description: "in yellow" },
      ...{ triggerWords: ["maya_v1", "okafor"], colours: ["#d9a520"] },
    },
  ]);
  expect(shot(first).elementIds).toEqual([maya]);
  expect(shot(second)).toMatchObject({ elementIds: [] });
  expect(shot(second).elementsOut).toBeUndefined();
  expect(shot(third).elementIds).toEqual([maya]);
  expect(shot(third).elementsOut).toBeUndefined();
  undo.undo();
  expect(film().elements).toHaveLength(2);
});

test("a variant is changed from what it is now: what somebody has done to another one meanwhile stays", () => {
  const { doc, context, film } = aFilm();
  const maya = addElement(doc, person("Maya"), context);
  addVariant(doc, maya, context);
  addVariant(doc, maya, context);
  const variants = () => film().elements[0]?.variants ?? [];
  // Both looked at the same two variants.
  const [young, old] = variants();
  changeVariant(doc, maya, young!.id, () => ({ name: "Young", triggerWords: ["maya_y"] }), context);
  changeVariant(doc, maya, old!.id, () => ({ name: "Old", colours: ["#aabbcc"] }), context);
  changeVariant(doc, maya, old!.id, ({ refs = [] }) => ({ refs: [...refs, { assetId: "p1" }] }), context);
  changeVariant(doc, maya, old!.id, ({ refs = [] }) => ({ refs: [...refs, { assetId: "p2" }] }), context);
  expect(variants()).toEqual([
    { id: young!.id, name: "Young", sceneIds: [], triggerWords: ["maya_y"] },
    { id: old!.id, name: "Old", sceneIds: [], colours: ["#aabbcc"], refs: [{ assetId: "p1" }, { assetId: "p2" }] },
  ]);
  changeVariant(doc, maya, young!.id, () => ({ triggerWords: undefined }), context);
  removeVariant(doc, maya, old!.id, context);
  expect(variants()).toEqual([{ id: young!.id, name: "Young", sceneIds: [] }]);
});
