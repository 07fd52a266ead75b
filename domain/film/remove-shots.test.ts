import * as Y from "yjs";
import { expect, test } from "vitest";
import { addClip, addScene, addShot, beginFilm, type EditContext } from "./edit.ts";
import { defaultMeta } from "./meta.ts";
import { removeShots, restoreShots } from "./remove-shots.ts";
import { readFilm } from "./snapshot.ts";
import { pictureTrackId } from "./track.ts";

test("what was removed comes back whole, with its uses on the timeline", () => {
  const doc = new Y.Doc();
  let count = 0;
  const context: EditContext = { newId: () => `id-${(count += 1)}` };
  beginFilm(doc, defaultMeta, context);
  const sceneId = addScene(
    doc,
    { heading: "INT. A", setting: "int", location: "A", time: "", synopsis: "" },
    null,
    context,
  );
  const shot = {
    sceneId,
    type: "wide",
    move: "static",
    action: "A lamp.",
    dialogue: [],
    characters: [],
    prompt: "",
    durationFrames: 48,
    elementIds: [],
  } as const;
  const id = addShot(doc, { ...shot, dialogue: [], characters: [], elementIds: [] }, null, context);
  addClip(doc, { trackId: pictureTrackId, shotId: id, start: 0, duration: 48, in: 0 }, context);
  const before = readFilm(doc);
  const removed = removeShots(doc, [id], context);
  expect(readFilm(doc)).toMatchObject({ shots: [], clips: [] });
  restoreShots(doc, removed, context);
  restoreShots(doc, removed, context);
  expect(readFilm(doc)).toEqual(before);
});
