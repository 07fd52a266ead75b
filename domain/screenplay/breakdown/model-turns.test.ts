import { expect, test } from "vitest";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { breakDown, type ProposedScene } from "#domain/screenplay/breakdown.ts";
import { asRead, countByModel, withTurn } from "./model-turns.ts";

const script = "INT. A - DAY\n\nA lamp.\n\nINT. B - DAY\n\nA dog.";
const byRules = breakDown(script, { fps }).scenes;
const byModel = byRules.map((scene): ProposedScene => ({
  ...scene,
  shots: scene.shots.map((shot) => {
    const fields = { ...shot, action: `${shot.action} Slowly.` };
    const { lines: _lines, ...read } = fields;
    return { ...fields, read: { ...read, passage: { key: "k", blocks: 1, at: 0, from: 0, to: 1 } } };
  }),
}));

test("each turn adds the scenes it read, and takes none away", () => {
  const first = withTurn(null, [byModel[0]!, byRules[1]!]);
  const second = withTurn(first, [byRules[0]!, byModel[1]!]);
  expect(second).toEqual(byModel);
  expect([countByModel(first), countByModel(second)]).toEqual([1, 2]);
});

test("a proposal is taken back to what was read, whatever the board made of it", () => {
  const onBoard = byModel.map((scene): ProposedScene => ({
    ...scene,
    id: "scene",
    heading: "A renamed place",
    read: { heading: scene.heading, synopsis: scene.synopsis },
    shots: scene.shots.map((shot) => ({ ...shot, id: "shot", type: "insert", action: "Mine." })),
  }));
  expect(onBoard.map(asRead)).toEqual(byModel);
  expect(byRules.map(asRead)).toEqual(byRules);
});
