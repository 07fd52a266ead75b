import * as Y from "yjs";
import { expect, test } from "vitest";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { proposeFrom } from "#domain/screenplay/proposal.ts";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { keysOf, summaryWords, withEdits } from "./review-edits.ts";

const script = "INT. ROOM - DAY\n\nA room.\n\nA lamp burns.\n\nA door opens.";

test("edits made in the review survive the next re-parse of the same script", () => {
  const doc = new Y.Doc();
  let count = 0;
  const context = { newId: () => `id-${(count += 1)}` };
  const propose = () => proposeFrom(readFilm(doc), breakDown(script, { fps }));
  const first = propose();
  const key = keysOf(first.scenes)[0]?.[1] ?? "";
  commitBreakdown(
    doc,
    withEdits(first.scenes, { [key]: { type: "insert", action: "A red lamp burns.", durationFrames: 24 } }),
    context,
  );
  const again = propose();
  expect(again.summary).toMatchObject({ new: 0, changed: 0, untouched: 3, aside: 0 });
  commitBreakdown(doc, again.scenes, context);
  expect(readFilm(doc).shots[1]).toMatchObject({ type: "insert", action: "A red lamp burns.", durationFrames: 24 });
});

test("a shot taken out in the review is not on the board, and not proposed again", () => {
  const doc = new Y.Doc();
  let count = 0;
  const context = { newId: () => `id-${(count += 1)}` };
  const propose = () => proposeFrom(readFilm(doc), breakDown(script, { fps }));
  const { scenes } = propose();
  const key = keysOf(scenes)[0]?.[0] ?? "";
  commitBreakdown(doc, withEdits(scenes, { [key]: { removed: true } }), context);
  expect(readFilm(doc).shots.map((shot) => shot.action)).toEqual(["A lamp burns.", "A door opens."]);
  for (let round = 0; round < 2; round += 1) {
    expect(propose().summary).toMatchObject({ new: 0, changed: 0, untouched: 2, aside: 0 });
    commitBreakdown(doc, propose().scenes, context);
  }
});

test("the summary says what there is and nothing else", () => {
  expect(summaryWords({ new: 1, changed: 1, moved: 0, untouched: 16, aside: 0, scenes: 0 })).toBe(
    "1 new, 1 changed, 16 untouched",
  );
});
