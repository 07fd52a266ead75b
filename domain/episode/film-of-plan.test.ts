import * as Y from "yjs";
import { expect, test } from "vitest";
import { FilmEdit } from "#domain/collab/film-edits.ts";
import { addPlanned } from "#domain/film/add-planned.ts";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { changeShot, removeShot, replaceScreenplay, type EditContext } from "#domain/film/edit.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { castFromScript } from "#domain/screenplay/plan/plan-cast.ts";
import { proposeFrom } from "#domain/screenplay/reparse/proposal.ts";
import { filmOfPlan, shotIdOf } from "./film-of-plan.ts";
import type { Beat, EpisodePlan } from "./plan.ts";
import type { WorldElement } from "./world.ts";

const fps = { num: 24, den: 1 };
const idFor = (name: string) => `e1 ${name}`.slice(0, 64);
const aBeat = (change: Partial<Beat> = {}): Beat => ({
  description: "Maya stands on the pier.",
  place: "Pier",
  setting: "ext",
  time: "DAWN",
  characters: ["Maya"],
  dialogue: [],
  shot: "wide",
  move: "static",
  seconds: 5,
  ...change,
});
const plan: EpisodePlan = {
  title: "Leaving",
  beats: [
    aBeat(),
    aBeat({ description: "She looks back.", shot: "close_up", dialogue: [{ character: "Maya", text: "Goodbye." }] }),
    aBeat({ description: "The kettle whistles.", place: "Kitchen", setting: "int", characters: [], seconds: 0.5 }),
  ],
  elements: [],
};
const world: WorldElement[] = [
  { kind: "character", name: "Maya", description: "30, yellow raincoat.", triggerWords: ["maya-v2"] },
  { kind: "location", name: "Pier", description: "", triggerWords: [] },
];
const planned = filmOfPlan(plan, world, { fps, idFor });

function aDocument() {
  const doc = new Y.Doc();
  let count = 0;
  const context: EditContext = { newId: () => `id-${(count += 1)}`, origin: "me" };
  return { doc, context, film: () => readFilm(doc), add: () => addPlanned(doc, planned, context) };
}

test("beats in one place are one scene, each a shot of its length under an id known beforehand", () => {
  expect(planned.scenes.map((scene) => [scene.heading, scene.shots.length])).toEqual([
    ["EXT. PIER - DAWN", 2],
    ["INT. KITCHEN - DAWN", 1],
  ]);
  expect(planned.scenes.flatMap((scene) => scene.shots).map((shot) => [shot.id, shot.durationFrames])).toEqual([
    [shotIdOf(1, idFor), 120],
    [shotIdOf(2, idFor), 120],
    [shotIdOf(3, idFor), 12],
  ]);
  expect(planned.scenes[0]!.shots[0]!.elementIds).toEqual(planned.elements.map((one) => one.id));
  expect(FilmEdit.safeParse({ kind: "add-planned", ...planned }).success).toBe(true);
});

test("the script says the same, introduces people as they look, and reads back without a change", () => {
  expect(castFromScript(planned.screenplay)).toEqual({ MAYA: "30, yellow raincoat" });
  const { film, add } = aDocument();
  add();
  const { summary } = proposeFrom(film(), breakDown(film().screenplay, { fps }));
  expect(summary).toMatchObject({ new: 0, aside: 0 });
});

test("a description that a script would read as something else stays what is seen", () => {
  for (const description of [
    "EXT. is written on a sign.",
    "# 7 glows above the door.",
    "> The arrow points right.",
    "~ A wave.",
  ]) {
    const { screenplay } = filmOfPlan({ ...plan, beats: [aBeat({ description })] }, [], { fps, idFor });
    const { scenes } = breakDown(screenplay, { fps });
    expect(
      scenes.map((scene) => scene.shots.map((shot) => shot.action)),
      description,
    ).toEqual([[description]]);
  }
});

test("what was planned is on the board, and planning it again changes nothing that people made of it", () => {
  const { doc, context, film, add } = aDocument();
  add();
  expect(film().problems).toEqual([]);
  expect(film().shots.map((shot) => [shot.number, shot.action, shot.type])).toEqual([
    ["1A", "Maya stands on the pier.", "wide"],
    ["1B", "She looks back.", "close_up"],
    ["2A", "The kettle whistles.", "wide"],
  ]);
  expect(film().elements.map((one) => one.name)).toEqual(["Maya", "Pier"]);
  changeShot(doc, shotIdOf(1, idFor), { action: "Maya dances on the pier." }, context);
  const before = Y.encodeStateAsUpdate(doc);
  add();
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
});

test("a film that people began keeps its scenes, its text and its elements; the plan comes behind", () => {
  const { doc, context, film, add } = aDocument();
  const own = "INT. HALL - DAY\n\nA clock ticks.";
  replaceScreenplay(doc, own, context);
  commitBreakdown(doc, breakDown(own, { fps }).scenes, context);
  add();
  expect(film().scenes.map((scene) => scene.heading)).toEqual([
    "INT. HALL - DAY",
    "EXT. PIER - DAWN",
    "INT. KITCHEN - DAWN",
  ]);
  expect(film().screenplay.startsWith(`${own}\n\nEXT. PIER - DAWN`)).toBe(true);
  expect(film().asideShots).toEqual([]);
  removeShot(doc, shotIdOf(2, idFor), context);
  expect(proposeFrom(film(), breakDown(film().screenplay, { fps })).summary).toMatchObject({ new: 0, aside: 0 });
});

test("an element that the film knows by name is that one", () => {
  const { film, add, doc, context } = aDocument();
  addPlanned(
    doc,
    { scenes: [], elements: [{ ...planned.elements[0]!, id: "mine", name: "MAYA" }], screenplay: "" },
    context,
  );
  add();
  expect(film().elements.map((one) => one.id)).toEqual(["mine", planned.elements[1]!.id]);
  expect(film().shots[0]!.elementIds).toEqual(["mine", planned.elements[1]!.id]);
});
