import * as Y from "yjs";
import { expect, test } from "vitest";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { proposeFrom } from "#domain/screenplay/reparse/proposal.ts";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { changedOnly, reviewScenes, withAnswer } from "./review-rows.ts";

const room = "INT. ROOM - DAY\n\nA room.\n\nA lamp burns low.\n\nThe door opens slowly.";
const garden = "EXT. GARDEN - NIGHT\n\nWind in the trees.";

function proposed(before: string, after: string) {
  const doc = new Y.Doc();
  let count = 0;
  commitBreakdown(doc, breakDown(before, { fps }).scenes, { newId: () => `id-${(count += 1)}` });
  const film = readFilm(doc);
  const proposal = proposeFrom(film, breakDown(after, { fps }));
  return { proposal, scenes: reviewScenes(film, proposal) };
}

test("what is gone is listed where it was, what is new where it comes", () => {
  const { scenes } = proposed(room, room.replace("\n\nA lamp burns low.", "") + "\n\nA cat comes in from the rain.");
  expect(scenes[0]?.rows.map(({ kind, changes }) => [kind, ...changes.map((change) => change.kind)])).toEqual([
    ["shot"],
    ["gone", "shot-gone"],
    ["shot"],
    ["shot", "shot-new"],
  ]);
  expect(changedOnly(scenes)[0]?.rows).toHaveLength(2);
});

test("a scene that is gone keeps its place, with its shots", () => {
  const { scenes } = proposed(`${garden}\n\n${room}`, room);
  expect(scenes.map(({ number, rows }) => [number, rows.length])).toEqual([
    [null, 1],
    [1, 3],
  ]);
});

test("putting off a new scene puts off its shots, and taking one of them takes the scene", () => {
  const { proposal } = proposed(room, `${room}\n\n${garden}`);
  const [scene, shot] = proposal.changes.map(({ id }) => id) as [string, string];
  expect(withAnswer(new Set(), proposal.changes, scene, false)).toEqual(new Set([scene, shot]));
  expect(withAnswer(new Set([scene, shot]), proposal.changes, shot, true)).toEqual(new Set());
});

test("a scene that is gone stays with a shot that stays in it", () => {
  const { proposal } = proposed(`${garden}\n\n${room}`, room);
  const [scene, shot] = proposal.changes.map(({ id }) => id) as [string, string];
  expect(withAnswer(new Set(), proposal.changes, shot, false)).toEqual(new Set([scene, shot]));
  expect(withAnswer(new Set(), proposal.changes, scene, false)).toEqual(new Set([scene, shot]));
});
