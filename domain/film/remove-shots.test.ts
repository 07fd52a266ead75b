import * as Y from "yjs";
import { expect, test } from "vitest";
import { emptyShot } from "./board-edits.ts";
import { addClip, addScene, addShot, beginFilm, type EditContext } from "./edit.ts";
import { defaultMeta } from "./meta.ts";
import { removeShots } from "./remove-shots.ts";
import { readFilm } from "./snapshot.ts";
import { pictureTrackId } from "./track.ts";

test("what has no take goes with its uses on the timeline; what has one stays, set aside, and plays where it is used", () => {
  const doc = new Y.Doc();
  let count = 0;
  const context: EditContext = { newId: () => `id-${(count += 1)}` };
  beginFilm(doc, defaultMeta, context);
  const place = { heading: "INT. A", setting: "int", location: "A", time: "", synopsis: "" } as const;
  const sceneId = addScene(doc, place, null, context);
  const [plain, rendered] = [0, 1].map(() =>
    addShot(doc, { ...emptyShot, sceneId, durationFrames: 48 }, null, context),
  ) as [string, string];
  for (const shotId of [plain, rendered])
    addClip(doc, { trackId: pictureTrackId, shotId, start: 0, duration: 48, in: 0 }, context);
  removeShots(doc, [plain, rendered, "not there"], new Set([rendered, "not asked for"]), context);
  const film = readFilm(doc);
  expect(film.shots).toEqual([]);
  expect(film.asideShots.map((shot) => shot.id)).toEqual([rendered]);
  expect(film.clips.map((clip) => clip.shotId)).toEqual([rendered]);
});
