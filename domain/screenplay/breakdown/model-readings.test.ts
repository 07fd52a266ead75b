import * as Y from "yjs";
import { expect, test } from "vitest";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { removeShots } from "#domain/film/remove-shots.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { mendBreakdown, ModelBreakdown } from "./breakdown-by-model.ts";
import { noModelReadings } from "./known-passages.ts";
import { modelReadingsOf } from "./model-readings.ts";
import { proposeFrom } from "#domain/screenplay/reparse/proposal.ts";
import { ScriptReading } from "#domain/screenplay/script-reading.ts";

const script =
  "EXT. QUAY - DAWN\n\nFog on the water. A bell.\n\nANN\nIs anybody there?\n\nNothing moves.\n\nINT. SHED - DAY\n\nNets.";

const shot = (first: number, last: number, type: string, action: string) => ({ first, last, type, action, seconds: 3 });

/** A film whose board a model made: the first paragraph in two shots, the rest in one. */
function aFilmByModel() {
  const doc = new Y.Doc();
  let count = 0;
  const context = { newId: () => `id-${(count += 1)}`, origin: "me" };
  const reading = new ScriptReading(script, { fps, known: noModelReadings, from: 0 });
  const question = reading.questions[0]!;
  const shots = [
    shot(1, 1, "establishing", "Fog lies on a quay before sunrise."),
    shot(1, 1, "insert", "A bell swings in the fog."),
    shot(2, 3, "close_up", "Ann listens."),
  ];
  const json = {
    scenes: [
      { scene: 1, shots },
      { scene: 2, shots: [shot(1, 1, "wide", "Nets hang everywhere.")] },
    ],
  };
  reading.answer(question, ModelBreakdown.parse(mendBreakdown(json, false, question)).scenes, false);
  commitBreakdown(doc, reading.scenes(), context);
  const film = () => readFilm(doc);
  const propose = (text: string) => proposeFrom(film(), breakDown(text, { fps, known: modelReadingsOf(film()) }));
  return { doc, film, propose, context };
}

test("rules leave alone what a model read, as long as the script says it", () => {
  const { film, propose, doc, context } = aFilmByModel();
  expect(film().shots.map((each) => each.action)).toEqual([
    "Fog lies on a quay before sunrise.",
    "A bell swings in the fog.",
    "Ann listens.",
    "Nets hang everywhere.",
  ]);
  const again = propose(script);
  expect(again.changes).toEqual([]);
  expect(again.scenes[0]?.shots.map(({ lines }) => lines)).toEqual([
    { from: 2, to: 3 },
    { from: 2, to: 3 },
    { from: 4, to: 8 },
  ]);
  const before = Y.encodeStateVector(doc);
  commitBreakdown(doc, again.scenes, context);
  expect(Y.encodeStateVector(doc)).toEqual(before);
});

test("a changed paragraph is read by rules, the others stay as the model read them", () => {
  const { propose } = aFilmByModel();
  const { changes, scenes } = propose(script.replace("Nothing moves.", "Nothing moves. A gull lands beside her."));
  expect(scenes[0]?.shots.slice(0, 2).map((each) => each.action)).toEqual([
    "Fog lies on a quay before sunrise.",
    "A bell swings in the fog.",
  ]);
  expect(scenes[0]?.shots.map((each) => each.action).join(" ")).toContain("A gull lands beside her.");
  expect(changes.every((change) => !("sceneAt" in change) || change.sceneAt === 0)).toBe(true);
});

test("a scene moves with the model's shots, and one written before them takes nothing from them", () => {
  const { propose } = aFilmByModel();
  const [quay = "", shed = ""] = script.split("\n\nINT. SHED");
  const moved = propose(`INT. SHED${shed}\n\n${quay}`);
  expect(moved.changes.map(({ kind }) => kind)).toEqual(["scene-moved"]);
  const more = propose(`INT. CAR - NIGHT\n\nRain.\n\n${script}`);
  expect(more.changes.map(({ kind }) => kind).sort()).toEqual(["scene-new", "shot-new"]);
});

test("what people deleted from the board does not come back, even a whole passage", () => {
  const { film, propose, doc, context } = aFilmByModel();
  const idsOf = (...actions: string[]) =>
    film().shots.flatMap((each) => (actions.includes(each.action) ? [each.id] : []));
  removeShots(doc, idsOf("A bell swings in the fog.", "Nets hang everywhere."), new Set(), context);
  const next = propose(script);
  expect(next.changes).toEqual([]);
  commitBreakdown(doc, next.scenes, context);
  expect(propose(script).changes).toEqual([]);
  expect(film().shots.map((each) => each.action)).toEqual(["Fog lies on a quay before sunrise.", "Ann listens."]);
});

test("a model's reading over a board that rules made keeps ids, and says what it changes", () => {
  const doc = new Y.Doc();
  let count = 0;
  const context = { newId: () => `id-${(count += 1)}`, origin: "me" };
  commitBreakdown(doc, breakDown(script, { fps }).scenes, context);
  const reading = new ScriptReading(script, { fps, known: noModelReadings, from: 0 });
  const question = reading.questions[0]!;
  const json = { scenes: [{ scene: 2, shots: [{ ...shot(1, 1, "close_up", "Nets."), move: "pan" }] }] };
  reading.answer(question, ModelBreakdown.parse(mendBreakdown(json, false, question)).scenes, false);
  const { changes, scenes } = proposeFrom(readFilm(doc), { scenes: reading.scenes() });
  const nets = readFilm(doc).shots.at(-1)!;
  expect(changes).toMatchObject([
    {
      kind: "shot-changed",
      shotId: nets.id,
      fields: [
        { field: "type", after: "close_up" },
        { field: "move", after: "pan" },
        { field: "durationFrames", after: 72 },
      ],
    },
  ]);
  commitBreakdown(doc, scenes, context);
  const film = readFilm(doc);
  expect(film.shots.at(-1)).toMatchObject({ id: nets.id, type: "close_up" });
  expect(proposeFrom(film, breakDown(script, { fps, known: modelReadingsOf(film) })).changes).toEqual([]);
});
