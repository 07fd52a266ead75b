import { expect, test } from "vitest";
import * as Y from "yjs";
import type { DeedSpan } from "./deed-spans.ts";
import { addScene, addShot, beginFilm } from "./edit.ts";
import { defaultMeta } from "./meta.ts";
import { readFilm } from "./snapshot.ts";
import { setDeeds } from "./staging-edits.ts";
import { stagingOf } from "./staging-of.ts";

const rules: readonly DeedSpan[] = [
  { id: null, motion: "walk", fromFrame: 0, toFrame: 30, goes: [1, 0, 2] },
  { id: null, motion: "stand", fromFrame: 30, toFrame: 48 },
];

/** Two people with the same shot open. */
function two() {
  const doc = new Y.Doc();
  let made = 0;
  const begin = { newId: () => (made++ === 0 ? "scene" : "shot") };
  beginFilm(doc, defaultMeta, begin);
  const scene = { heading: "INT. HALL - DAY", setting: "int", location: "HALL", time: "DAY", synopsis: "" } as const;
  addScene(doc, scene, null, begin);
  const shot = {
    type: "wide",
    move: "static",
    action: "",
    prompt: "",
    characters: ["MAYA"],
    durationFrames: 48,
  } as const;
  addShot(doc, { ...shot, characters: ["MAYA"], elementIds: [], dialogue: [], sceneId: "scene" }, null, begin);
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  return [doc, other].map((each) => ({
    doc: each,
    context: { newId: () => "never", origin: "hand" },
    deeds: () =>
      stagingOf(readFilm(each), { id: "shot", sceneId: "scene" }).deeds.map((deed) => [
        deed.motion,
        deed.fromFrame,
        deed.toFrame,
      ]),
  })) as [Peer, Peer];
}
interface Peer {
  doc: Y.Doc;
  context: { newId(): string; origin: string };
  deeds(): unknown[];
}
function meet(a: Peer, b: Peer): void {
  Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc));
  Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc));
}
const staged = ({ doc }: Peer) => stagingOf(readFilm(doc), { id: "shot", sceneId: "scene" }).deeds;

test("two who take the same deeds over at once make one of each", () => {
  const [a, b] = two();
  setDeeds(a.doc, "shot", "Maya", rules, a.context);
  setDeeds(b.doc, "shot", "MAYA", rules, b.context);
  meet(a, b);
  expect(a.deeds()).toEqual([
    ["walk", 0, 30],
    ["stand", 30, 48],
  ]);
  expect(b.deeds()).toEqual(a.deeds());
});

test("only what changes is written: who moves one edge leaves another's motion as it is", () => {
  const [a, b] = two();
  setDeeds(a.doc, "shot", "MAYA", rules, a.context);
  meet(a, b);
  const [walk, stand] = staged(a);
  setDeeds(a.doc, "shot", "MAYA", [{ ...walk!, toFrame: 20 }, stand!], a.context);
  setDeeds(b.doc, "shot", "MAYA", [walk!, { ...stand!, motion: "wave" }], b.context);
  meet(a, b);
  expect(b.deeds()).toEqual([
    ["walk", 0, 20],
    ["wave", 30, 48],
  ]);
  expect(staged(b)[0]).toMatchObject({ who: "MAYA", goes: [1, 0, 2] });
});

test("another motion forgets where the old one went; without any, the rules say it again", () => {
  const [a] = two();
  setDeeds(a.doc, "shot", "MAYA", rules, a.context);
  const [walk, stand] = staged(a);
  setDeeds(a.doc, "shot", "MAYA", [{ id: walk!.id, motion: "dance", fromFrame: 0, toFrame: 30 }, stand!], a.context);
  expect(staged(a)[0]).not.toHaveProperty("goes");
  setDeeds(a.doc, "shot", "MAYA", [], a.context);
  expect(a.deeds()).toEqual([]);
});
