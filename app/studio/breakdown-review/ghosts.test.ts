import * as Y from "yjs";
import { expect, test } from "vitest";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { removeShot, type EditContext } from "#domain/film/edit.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { proposeFrom } from "#domain/screenplay/reparse/proposal.ts";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { ghostsOf } from "./ghosts.ts";

test("a new shot waits behind the one ahead of it that is still on the board", () => {
  const doc = new Y.Doc();
  let count = 0;
  const context: EditContext = { newId: () => `id-${(count += 1)}` };
  const room = "INT. ROOM - DAY\n\nA room.\n\nA lamp burns low.";
  commitBreakdown(doc, breakDown(room, { fps }).scenes, context);
  const film = () => readFilm(doc);
  const script = `${room}\n\nA cat comes in.\n\nEXT. GARDEN - DAY\n\nWind.`;
  const ghosts = () => ghostsOf(film(), proposeFrom(film(), breakDown(script, { fps })), new Set());
  const [first, lamp] = film().shots.map(({ id }) => id) as [string, string];
  expect(ghosts().map(({ afterId, shot }) => [afterId, shot.action])).toEqual([[lamp, "A cat comes in."]]);
  removeShot(doc, lamp, context);
  expect(ghosts()[0]?.afterId).toBe(first);
  expect(
    ghostsOf(
      film(),
      proposeFrom(film(), breakDown(script, { fps })),
      new Set(ghosts().map(({ changeId }) => changeId)),
    ),
  ).toEqual([]);
});
