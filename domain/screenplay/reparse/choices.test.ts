import * as Y from "yjs";
import { expect, test } from "vitest";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { changeScene, changeShot, moveShot, removeShot, type EditContext } from "#domain/film/edit.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { allOf, conflictId, withChoices, type ReviewEdits } from "./choices.ts";
import { proposeFrom, type Change } from "./proposal.ts";

const room = "INT. ROOM - DAY\n\nA room.\n\nA lamp burns low.\n\nThe door opens slowly.";
const garden = "EXT. GARDEN - NIGHT\n\nWind in the trees.\n\nA gate bangs twice.";

function aFilm(text: string) {
  const doc = new Y.Doc();
  let count = 0;
  const context: EditContext = { newId: () => `id-${(count += 1)}`, projectId: "p1" };
  commitBreakdown(doc, breakDown(text, { fps }).scenes, context);
  const film = () => readFilm(doc);
  const propose = (script: string) => proposeFrom(film(), breakDown(script, { fps }));
  const take = (
    script: string,
    takes: (change: Change) => boolean,
    more: { mine?: ReadonlySet<string>; edits?: ReviewEdits } = {},
  ) => {
    const proposal = propose(script);
    const accepted = new Set(proposal.changes.filter(takes).map(({ id }) => id));
    commitBreakdown(doc, withChoices(film(), proposal, accepted, more.mine, more.edits), context);
  };
  const kinds = (script: string) => propose(script).changes.map(({ kind }) => kind);
  const actions = () => film().shots.map((shot) => shot.action);
  return { doc, context, film, propose, take, kinds, actions };
}

test("a renamed heading and a moved scene are changes of their own", () => {
  const { kinds, take, film } = aFilm(`${room}\n\n${garden}`);
  const renamed = `${room.replace("DAY", "NIGHT")}\n\n${garden}`;
  expect(kinds(renamed)).toEqual(["scene-changed"]);
  take(renamed, () => true);
  expect(film().scenes[0]).toMatchObject({ heading: "INT. ROOM - NIGHT", time: "NIGHT" });
  const moved = `${garden}\n\n${room.replace("DAY", "NIGHT")}`;
  expect(kinds(moved)).toEqual(["scene-moved"]);
  take(moved, () => true);
  expect(film().scenes.map((scene) => scene.location)).toEqual(["GARDEN", "ROOM"]);
  expect(kinds(moved)).toEqual([]);
});

test("what is put off is as it was, and offered again", () => {
  const { take, kinds, actions, film } = aFilm(`${room}\n\n${garden}`);
  const before = film().scenes.map(({ id, heading }) => `${id} ${heading}`);
  const script = `INT. CELLAR - DAY\n\nDust.\n\n${garden.replace("bangs twice", "creaks and bangs")}\n\n${room
    .replace("A lamp burns low.\n\n", "")
    .replace("DAY", "NIGHT")}`;
  const offered = kinds(script);
  expect(offered).toEqual(["scene-new", "shot-new", "scene-moved", "shot-changed", "scene-changed", "shot-gone"]);
  take(script, () => false);
  expect(film().scenes.map(({ id, heading }) => `${id} ${heading}`)).toEqual(before);
  expect(actions()).toEqual([
    "A room.",
    "A lamp burns low.",
    "The door opens slowly.",
    "Wind in the trees.",
    "A gate bangs twice.",
  ]);
  expect(kinds(script)).toEqual(offered);
  take(script, ({ kind }) => kind === "shot-changed" || kind === "scene-moved");
  expect(actions()).toContain("A gate creaks and bangs.");
  expect(film().scenes.map((scene) => scene.location)).toEqual(["GARDEN", "ROOM"]);
  expect(kinds(script)).toEqual(["scene-new", "shot-new", "scene-changed", "shot-gone"]);
});

test("of several new shots one is taken, in its place", () => {
  const { take, actions, kinds } = aFilm(room);
  const script = room.replace("A lamp burns low.", "A cat.\n\nA lamp burns low.\n\nRain begins to fall outside.");
  let seen = 0;
  take(script, ({ kind }) => kind === "shot-new" && (seen += 1) === 2);
  expect(actions()).toEqual(["A room.", "A lamp burns low.", "Rain begins to fall outside.", "The door opens slowly."]);
  expect(kinds(script)).toEqual(["shot-new"]);
});

test("a scene that the script dropped stays with what people moved into it, and is not asked about for ever", () => {
  const { doc, context, film, take, kinds, actions } = aFilm(`${room}\n\n${garden}`);
  const [, second] = film().scenes.map(({ id }) => id) as [string, string];
  moveShot(doc, film().shots[0]?.id ?? "", second, null, context);
  expect(kinds(room)).toEqual(["shot-gone", "shot-gone"]);
  take(room, () => true);
  expect(actions()).toEqual(["A lamp burns low.", "The door opens slowly.", "A room."]);
  expect(kinds(room)).toEqual([]);
});

test("taking a shot of a new scene takes the scene", () => {
  const { take, actions, film } = aFilm(room);
  take(`${room}\n\n${garden}`, ({ kind, at }) => kind === "shot-new" && at === 1);
  expect(film().scenes).toHaveLength(2);
  expect(actions().at(-1)).toBe("A gate bangs twice.");
});

test("where script and board changed the same words, a person's choice stands, and is not asked again", () => {
  const { doc, context, film, take, propose, actions } = aFilm(room);
  const lamp = film().shots[1]?.id ?? "";
  changeShot(doc, lamp, { action: "A lamp burns red.", durationFrames: 77 }, context);
  changeScene(doc, film().scenes[0]?.id ?? "", { heading: "INT. ATTIC - DAY", location: "ATTIC" }, context);
  const script = room.replace("burns low", "has gone out").replace("ROOM", "CHAMBER");
  const changes = propose(script).changes;
  expect(changes.map((change) => ("fields" in change ? change.fields : []))).toEqual([
    [{ field: "heading", before: "INT. ROOM - DAY", after: "INT. CHAMBER - DAY", mine: "INT. ATTIC - DAY" }],
    [{ field: "action", before: "A lamp burns low.", after: "A lamp has gone out.", mine: "A lamp burns red." }],
  ]);
  const [heading, action] = changes as [Change, Change];
  take(script, () => true, {
    mine: new Set([conflictId(heading.id, "heading"), conflictId(action.id, "action")]),
  });
  expect(actions()[1]).toBe("A lamp burns red.");
  expect(film().scenes[0]).toMatchObject({ heading: "INT. ATTIC - DAY", location: "ATTIC" });
  expect(film().shots[1]?.durationFrames).toBe(77);
  expect(propose(script).changes).toEqual([]);
});

test("what a peer did between the reading and the taking stays", () => {
  const { doc, context, film, propose, actions } = aFilm(`${room}\n\n${garden}`);
  const script = `${room}\n\nA cat comes in.\n\n${garden.replace("twice", "shut")}`;
  const proposal = propose(script);
  const [first, , , wind] = film().shots.map((shot) => shot.id) as [string, string, string, string];
  changeShot(doc, first, { action: "A bare room." }, context);
  removeShot(doc, wind, context);
  commitBreakdown(doc, withChoices(film(), proposal, allOf(proposal)), context);
  expect(actions()).toEqual([
    "A bare room.",
    "A lamp burns low.",
    "The door opens slowly.",
    "A cat comes in.",
    "A gate bangs shut.",
  ]);
  expect(propose(script).changes).toEqual([]);
});

test("edits of the review are laid over, and survive the next reading", () => {
  const { take, film, propose, actions } = aFilm(room);
  const script = `${room}\n\nA cat comes in.\n\nRain begins to fall outside.`;
  const [cat, rain] = propose(script).changes.map(({ id }) => id) as [string, string];
  const lamp = film().shots[1]?.id ?? "";
  take(script, () => true, {
    edits: {
      [cat]: { type: "insert", action: "A red cat comes in.", durationFrames: 24 },
      [rain]: { removed: true },
      [lamp]: { removed: true },
    },
  });
  expect(actions()).toEqual(["A room.", "The door opens slowly.", "A red cat comes in."]);
  expect(film().shots[2]).toMatchObject({ type: "insert", durationFrames: 24 });
  expect(film().asideShots.map((shot) => shot.id)).toEqual([lamp]);
  expect(propose(script).changes.map(({ kind }) => kind)).toEqual(["shot-back"]);
});

test("who takes what another took a moment before, from a reading of before that, adds nothing", () => {
  const { doc, context, film, propose } = aFilm(room);
  const script = `${room.replace("A lamp burns low.", "A lamp burns low.\n\nA moth circles.").replace("slowly", "at once")}\n\n${garden}`;
  const proposal = propose(script);
  const accept = () => commitBreakdown(doc, withChoices(film(), proposal, allOf(proposal)), context);
  accept();
  const once = Y.encodeStateVector(doc);
  const after = film();
  accept();
  expect(film().shots).toEqual(after.shots);
  expect(film().scenes).toEqual(after.scenes);
  expect(Y.encodeStateVector(doc)).toEqual(once);
  expect(propose(script).changes).toEqual([]);
});

test("a line that was deleted from the board and is written once more is a shot when it is taken", () => {
  const { doc, context, film, propose, actions } = aFilm(room);
  removeShot(doc, film().shots[1]!.id, context);
  const script = `${room}\n\nA lamp burns low.`;
  const take = () => {
    const proposal = propose(script);
    commitBreakdown(doc, withChoices(film(), proposal, allOf(proposal)), context);
  };
  take();
  expect(actions()).toEqual(["A room.", "The door opens slowly.", "A lamp burns low."]);
  const settled = Y.encodeStateVector(doc);
  take();
  expect(Y.encodeStateVector(doc)).toEqual(settled);
});

test("not now forgets nothing of what was deleted by hand", () => {
  const { doc, context, film, take } = aFilm(`${room}\n\n${garden}`);
  removeShot(doc, film().shots[1]!.id, context);
  const before = film().scenes.map((scene) => scene.source);
  take(`${room.replace("A lamp burns low.\n\n", "")}\n\n${garden}\n\nA lamp burns low.`, () => false);
  expect(film().scenes.map((scene) => scene.source)).toEqual(before);
});
