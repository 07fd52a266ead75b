import { expect, test } from "vitest";
import * as Y from "yjs";
import { changedTo, deedSpans, splitSpan, withDeedAt, type DeedSpan } from "./deed-spans.ts";
import { addScene, addShot, beginFilm, changeShot } from "./edit.ts";
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
  return [doc, other].map((each, by) => ({
    doc: each,
    context: { newId: () => `by-${by}-${made++}`, origin: "hand" },
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

const walkThenWave: readonly DeedSpan[] = [
  { id: null, motion: "walk", fromFrame: 0, toFrame: 20 },
  { id: null, motion: "wave", fromFrame: 20, toFrame: 48 },
];
/** What Maya does, as her lane has it. */
const lane = ({ doc }: Peer, frames = 48) => {
  const person = { name: "MAYA", deeds: [], at: [0, 0, 0], to: [0, 0, 0], action: "stand" };
  const plan = { cast: [], frames, fps: { num: 24, den: 1 }, beatSeconds: 0.5 };
  return deedSpans(person as unknown as Parameters<typeof deedSpans>[0], plan, staged({ doc } as Peer));
};

test("two who cut two deeds of one person at once both have their cut", () => {
  for (const isStaged of [true, false]) {
    const [a, b] = two();
    if (isStaged) setDeeds(a.doc, "shot", "MAYA", walkThenWave, a.context);
    meet(a, b);
    const spans = isStaged ? lane(a) : walkThenWave;
    setDeeds(a.doc, "shot", "MAYA", splitSpan(spans, 0, 10), a.context);
    setDeeds(b.doc, "shot", "MAYA", splitSpan(spans, 1, 40), b.context);
    meet(a, b);
    const four = [
      ["walk", 0, 10],
      ["walk", 10, 20],
      ["wave", 20, 40],
      ["wave", 40, 48],
    ];
    expect(lane(a).map(({ motion, fromFrame, toFrame }) => [motion, fromFrame, toFrame])).toEqual(four);
    expect(lane(b)).toEqual(lane(a));
  }
});

test("two who let one person do something else from two frames on at once both see it", () => {
  const [a, b] = two();
  setDeeds(a.doc, "shot", "MAYA", walkThenWave, a.context);
  meet(a, b);
  setDeeds(a.doc, "shot", "MAYA", withDeedAt(lane(a), "point", 10, { frames: 48 }), a.context);
  setDeeds(b.doc, "shot", "MAYA", withDeedAt(lane(b), "sit", 30, { frames: 48 }), b.context);
  meet(a, b);
  expect(lane(a).map(({ motion, fromFrame }) => [motion, fromFrame])).toEqual([
    ["walk", 0],
    ["point", 10],
    ["wave", 20],
    ["sit", 30],
  ]);
  expect(b.deeds()).toEqual(a.deeds());
});

test("what lies behind the end of a shot that was made shorter is there again when it is longer", () => {
  const [a] = two();
  const far = [
    { id: null, motion: "walk", fromFrame: 0, toFrame: 10 },
    { id: null, motion: "sit", fromFrame: 10, toFrame: 40 },
    { id: null, motion: "wave", fromFrame: 40, toFrame: 48 },
  ] as const;
  setDeeds(a.doc, "shot", "MAYA", far, a.context);
  changeShot(a.doc, "shot", { durationFrames: 24 }, a.context);
  const [walk, sit] = lane(a, 24);
  setDeeds(a.doc, "shot", "MAYA", [{ ...walk!, toFrame: 8 }, sit!], a.context);
  expect(a.deeds()).toEqual([
    ["walk", 0, 8],
    ["sit", 10, 40],
    ["wave", 40, 48],
  ]);
  // Where a hand has put the end, there it is.
  setDeeds(
    a.doc,
    "shot",
    "MAYA",
    [
      { ...walk!, toFrame: 8 },
      { ...sit!, toFrame: 20 },
    ],
    a.context,
  );
  expect(a.deeds()[1]).toEqual(["sit", 10, 20]);
  setDeeds(a.doc, "shot", "MAYA", [], a.context);
  expect(a.deeds()).toEqual([]);
});

test("another motion faces where it goes, not where the old one faced", () => {
  const [a] = two();
  setDeeds(a.doc, "shot", "MAYA", [{ ...rules[0]!, facing: 90 }, rules[1]!], a.context);
  const [walk, stand] = lane(a);
  expect(walk).toHaveProperty("facing", 90);
  setDeeds(a.doc, "shot", "MAYA", [changedTo(walk!, "dance"), stand!], a.context);
  expect(lane(a)[0]).not.toHaveProperty("facing");
});
