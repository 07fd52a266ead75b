import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { proposeFrom } from "#domain/screenplay/reparse/proposal.ts";
import { defaultFrameRate as fps } from "#domain/time.ts";
import {
  bringBack,
  duplicateShots,
  insertScene,
  mergeShots,
  moveScene,
  moveShots,
  removeScene,
  renameScene,
  splitShot,
} from "./board-edits.ts";
import { commitBreakdown } from "./commit-breakdown.ts";
import { cutShot, naturalCut, whyNotJoined } from "./cut-shot.ts";
import { collectionNames, collectionOf, metaOf } from "./document.ts";
import { addClip, addShot, changeScene, changeShot, type EditContext } from "./edit.ts";
import { removeShots } from "./remove-shots.ts";
import { readFilm } from "./snapshot.ts";

const script = `EXT. HARBOUR - DUSK

Rain on black water. A pier under sodium lamps.

NOOR
We are late.

BEN
We are always late.

INT. FERRY - NIGHT

Empty rows of red seats.

Noor sits with the lantern on her knees.
`;

function aBoard(text = script) {
  const doc = new Y.Doc();
  let count = 0;
  const context: EditContext = { newId: () => `id-${(count += 1)}`, origin: "me" };
  commitBreakdown(doc, breakDown(text, { fps }).scenes, context);
  const undo = new Y.UndoManager([metaOf(doc), ...collectionNames.map((name) => collectionOf(doc, name))], {
    trackedOrigins: new Set(["me"]),
    captureTimeout: 0,
  });
  const film = () => readFilm(doc);
  const at = (number: string) =>
    film().shots.find((shot) => shot.number === number) ?? expect.fail(`no shot ${number}`);
  const numbers = () =>
    film()
      .shots.map((shot) => shot.number)
      .join(" ");
  /** What the next reading of the script would do to the board. */
  const propose = (next = text) => proposeFrom(film(), breakDown(next, { fps })).summary;
  const accept = (next = text) => commitBreakdown(doc, proposeFrom(film(), breakDown(next, { fps })).scenes, context);
  return { doc, context, undo, film, at, numbers, propose, accept };
}

const quiet = { new: 0, changed: 0, moved: 0, aside: 0 };

test("several shots move as one block, and one undo brings them back", () => {
  const { doc, context, undo, film, at } = aBoard();
  const before = film().shots.map((shot) => shot.id);
  const [a, b] = [at("1A").id, at("1C").id];
  const target = film().scenes[1]!.id;
  moveShots(doc, [a, b], target, at("2A").id, context);
  expect(
    film()
      .shots.map((shot) => shot.id)
      .slice(-4),
  ).toEqual([before.at(-2), a, b, before.at(-1)]);
  undo.undo();
  expect(film().shots.map((shot) => shot.id)).toEqual(before);
});

test("a copy says the same, has no take and is not the script's", () => {
  const { doc, context, at, numbers, propose } = aBoard();
  changeShot(doc, at("1A").id, { takeId: "take", prompt: "wet" }, context);
  const before = numbers().split(" ").length;
  const [copy] = duplicateShots(doc, [at("1A").id], context);
  expect(at("1B")).toMatchObject({ id: copy, action: at("1A").action, prompt: "wet" });
  expect(at("1B").takeId).toBeUndefined();
  expect(numbers().split(" ")).toHaveLength(before + 1);
  expect(propose()).toMatchObject(quiet);
});

test("the halves of a shot are as long as the whole, and the next reading finds the first one", () => {
  const { doc, context, undo, at, film, propose, accept } = aBoard();
  const whole = at("2A");
  changeShot(doc, whole.id, { action: "Rain falls. The door opens. Noor comes in.", takeId: "take" }, context);
  const second = splitShot(doc, whole.id, { share: 0.4 }, context);
  expect(at("2A")).toMatchObject({ id: whole.id, takeId: "take", action: "Rain falls." });
  expect(at("2B")).toMatchObject({ id: second, action: "The door opens. Noor comes in." });
  expect(at("2A").durationFrames + at("2B").durationFrames).toBe(whole.durationFrames);
  expect(propose()).toMatchObject(quiet);
  const before = film();
  accept();
  expect(film().shots).toEqual(before.shots);
  undo.undo();
  expect(at("2A").action).toBe("Rain falls. The door opens. Noor comes in.");
});

test("shots are made one, and the script does not bring back what was joined away", () => {
  const { doc, context, undo, at, film, propose, accept } = aBoard();
  const [a, b] = [at("2A"), at("2B")];
  const before = film().shots;
  expect(mergeShots(doc, [b.id, a.id], new Set(), context)).toBe(a.id);
  expect(at("2A")).toMatchObject({
    id: a.id,
    action: `${a.action} ${b.action}`,
    durationFrames: a.durationFrames + b.durationFrames,
  });
  expect(film().shots.some((shot) => shot.id === b.id)).toBe(false);
  expect(propose()).toMatchObject({ ...quiet, new: 0 });
  accept();
  expect(film().shots).toHaveLength(before.length - 1);
  undo.undo();
  undo.undo();
  expect(film().shots.map((shot) => shot.id)).toEqual(before.map((shot) => shot.id));
});

test("a shot with takes that is joined away is set aside, and stays there when the script is read again", () => {
  const { doc, context, at, film, propose, accept } = aBoard();
  const [a, b] = [at("2A"), at("2B")];
  mergeShots(doc, [a.id, b.id], new Set([b.id]), context);
  expect(film().asideShots.map((shot) => shot.id)).toEqual([b.id]);
  expect(propose()).toMatchObject(quiet);
  accept();
  expect(film().asideShots.map((shot) => shot.id)).toEqual([b.id]);
});

test("cutting a shot in two and joining the halves gives the shot again", () => {
  const { doc, context, at, numbers } = aBoard();
  const before = { all: numbers(), shot: at("2A") };
  const second = splitShot(doc, before.shot.id, naturalCut(before.shot), context);
  mergeShots(doc, [before.shot.id, second!], new Set(), context);
  expect(numbers()).toBe(before.all);
  expect(at("2A")).toEqual(before.shot);
});

test("a shot is cut ahead of a line, between sentences, or where most of a line is heard", () => {
  const line = (character: string, text: string) => ({ character, text });
  const shot = {
    action: "She turns.",
    dialogue: [line("NOOR", "We are late."), line("BEN", "We are always late.")],
    characters: ["NOOR", "BEN"],
    durationFrames: 96,
  };
  const [before, after] = cutShot(shot, { line: 1 })!;
  expect(before).toMatchObject({ action: "She turns.", dialogue: [shot.dialogue[0]], characters: ["NOOR"] });
  expect(after).toMatchObject({ action: "", dialogue: [shot.dialogue[1]], characters: ["BEN"] });
  expect(before.durationFrames + after.durationFrames).toBe(96);
  expect(cutShot({ ...shot, durationFrames: 1 }, { share: 0.5 })).toBeNull();
  expect(cutShot({ ...shot, action: "" }, { line: 0 })).toBeNull();
  expect(cutShot(shot, { line: 2 })).toBeNull();
  expect(
    cutShot({ ...shot, dialogue: [shot.dialogue[0]!] }, { share: 0.3 })!.map((half) => half.dialogue.length),
  ).toEqual([0, 1]);
  expect(naturalCut(shot)).toEqual({ line: 1 });
});

test("shots of two scenes, and too many frames, are refused in words", () => {
  const { at } = aBoard();
  expect(whyNotJoined([at("1A")])).toContain("two shots");
  expect(whyNotJoined([at("1A"), at("2A")])).toContain("two scenes");
  expect(whyNotJoined([at("2A"), { ...at("2B"), durationFrames: 14_400 }])).toContain("14400 frames");
});

test("what people noted at shots that become one stands at that one, and too much of it is refused", () => {
  const { doc, context, at } = aBoard();
  changeShot(doc, at("2A").id, { notes: "Ask for the red seats." }, context);
  changeShot(doc, at("2B").id, { notes: "Lantern: prop 12." }, context);
  const notes = "x".repeat(4_990);
  expect(whyNotJoined([at("2A"), { ...at("2B"), notes }])).toContain("notes");
  mergeShots(doc, [at("2A").id, at("2B").id], new Set(), context);
  expect(at("2A").notes).toBe("Ask for the red seats.\nLantern: prop 12.");
});

test("a scene is added, renamed, moved and removed, each in one step of undo", () => {
  const { doc, context, undo, film, propose } = aBoard();
  const places = () => film().scenes.map((scene) => scene.location);
  const [harbour, ferry] = film().scenes.map((scene) => scene.id);
  const { sceneId } = insertScene(doc, { heading: "INT. ENGINE ROOM - NIGHT", durationFrames: 96 }, harbour!, context);
  expect(places()).toEqual(["HARBOUR", "ENGINE ROOM", "FERRY"]);
  expect(film().shots.filter((shot) => shot.sceneId === sceneId)).toHaveLength(1);
  renameScene(doc, sceneId, "EXT. DECK - DAWN", context);
  expect(film().scenes[1]).toMatchObject({ setting: "ext", location: "DECK", time: "DAWN" });
  moveScene(doc, ferry!, null, context);
  expect(places()).toEqual(["FERRY", "HARBOUR", "DECK"]);
  expect(propose()).toMatchObject(quiet);
  removeScene(doc, sceneId, new Set(), context);
  expect(places()).toEqual(["FERRY", "HARBOUR"]);
  for (let step = 0; step < 4; step += 1) undo.undo();
  expect(places()).toEqual(["HARBOUR", "FERRY"]);
});

test("what was rendered in a scene that is removed stays, set aside", () => {
  const { doc, context, film, at } = aBoard();
  const rendered = at("2A").id;
  removeScene(doc, film().scenes[1]!.id, new Set([rendered]), context);
  expect(film().asideShots.map((shot) => shot.id)).toEqual([rendered]);
  expect(film().shots.every((shot) => shot.number.startsWith("1"))).toBe(true);
  expect(film().problems).toEqual([]);
});

test("a shot with takes that is deleted is set aside with them, the rest are gone, and the script brings neither back", () => {
  const { doc, context, undo, at, film, propose } = aBoard();
  const [rendered, plain] = [at("1A").id, at("2B").id];
  removeShots(doc, [rendered, plain], new Set([rendered]), context);
  expect(film().asideShots.map((shot) => shot.id)).toEqual([rendered]);
  expect(film().shots.some((shot) => shot.id === plain)).toBe(false);
  expect(propose()).toMatchObject(quiet);
  undo.undo();
  expect(film().asideShots).toEqual([]);
  expect([at("1A").id, at("2B").id]).toEqual([rendered, plain]);
});

test("a shot that was set aside comes back to its scene, with the scene where that is aside too", () => {
  const { doc, context, film, at } = aBoard();
  const shot = at("2A").id;
  const scene = film().scenes[1]!.id;
  changeShot(doc, shot, { aside: true }, context);
  changeScene(doc, scene, { aside: true }, context);
  expect(film().scenes).toHaveLength(1);
  bringBack(doc, shot, context);
  expect(film().scenes[1]?.id).toBe(scene);
  expect(at("2A").id).toBe(shot);
});

test("a shot that was set aside comes back to a board without a scene: it gets one, and one undo puts it aside again", () => {
  const { doc, context, undo, film, at } = aBoard();
  const rendered = at("2A").id;
  for (const scene of film().scenes) removeScene(doc, scene.id, new Set([rendered]), context);
  expect(film()).toMatchObject({ scenes: [], shots: [] });
  bringBack(doc, rendered, context);
  expect(film().shots.map((shot) => [shot.id, shot.number])).toEqual([[rendered, "1A"]]);
  expect(film().asideShots).toEqual([]);
  expect(film().problems).toEqual([]);
  undo.undo();
  expect(film()).toMatchObject({ scenes: [], shots: [] });
  expect(film().asideShots.map((shot) => shot.id)).toEqual([rendered]);
});

test("many shots are copied, moved and removed with a few looks at the film, not one for each", () => {
  const { doc, context, film } = aBoard();
  const [scene] = film().scenes;
  const { number: _, id: __, ...first } = film().shots[0]!;
  const made = doc.transact(() =>
    Array.from({ length: 100 }, (_each, at) => addShot(doc, { ...first, action: `Shot ${at}.` }, null, context)),
  );
  for (const shotId of made) addClip(doc, { trackId: "v1", shotId, start: 0, duration: 48, in: 0 }, context);
  film();
  const looks = (["shots", "clips", "scenes"] as const).map((name) => vi.spyOn(collectionOf(doc, name), "forEach"));
  const copies = duplicateShots(doc, made, context);
  moveShots(doc, copies, scene!.id, null, context);
  removeShots(doc, made, new Set(), context);
  for (const look of looks) expect(look.mock.calls.length).toBeLessThan(10);
  const order = film().shots.map((shot) => shot.id);
  expect(order.slice(0, 100)).toEqual(copies);
  expect(order.some((id) => made.includes(id))).toBe(false);
  expect(film().clips.some((clip) => made.includes(clip.shotId ?? ""))).toBe(false);
  const longest = Math.max(...copies.map((id) => String(collectionOf(doc, "shots").get(id)?.get("order")).length));
  expect(longest).toBeLessThan(8);
});
