import type * as Y from "yjs";
import type { Id } from "#domain/ids.ts";
import { sceneSourceOf } from "#domain/screenplay/reparse/sources.ts";
import { collectionOf, eachRecord } from "./document.ts";
import { changeScene, changeShot, type EditContext } from "./edit.ts";
import { removeStagingFor } from "./move-staging.ts";
import { readFilm } from "./snapshot.ts";

/**
 * Takes shots off the board, in one transaction: those that have takes are set aside with them, the rest are removed
 * with their uses on the timeline. The script brings neither back.
 *
 * Without a source no reading of the script sees those set aside again, and what is listed under another id counts as
 * left out.
 * @param withTakes  shots that have takes
 */
export function removeShots(doc: Y.Doc, ids: Iterable<Id>, withTakes: ReadonlySet<Id>, context: EditContext): void {
  const all = new Set(ids);
  const aside = new Set([...all].filter((id) => withTakes.has(id)));
  doc.transact(() => {
    for (const id of aside) changeShot(doc, id, { aside: true, source: undefined }, context);
    removeForGood(doc, new Set([...all].filter((id) => !aside.has(id))));
    if (aside.size === 0) return;
    const { scenes, asideScenes } = readFilm(doc);
    for (const scene of [...scenes, ...asideScenes]) {
      const source = sceneSourceOf(scene);
      if (!source?.shots.some((entry) => aside.has(entry.id))) continue;
      const listed = source.shots.map((entry) => (aside.has(entry.id) ? { ...entry, id: context.newId() } : entry));
      changeScene(doc, scene.id, { source: { ...source, shots: listed } }, context);
    }
  }, context.origin);
}

/** All their uses are found in one go: a long film has thousands. */
function removeForGood(doc: Y.Doc, ids: ReadonlySet<unknown>): void {
  if (ids.size === 0) return;
  const uses: Id[] = [];
  eachRecord(doc, "clips", (clip, id) => void (ids.has(clip.get("shotId")) && uses.push(id)));
  for (const id of uses) collectionOf(doc, "clips").delete(id);
  removeStagingFor(doc, ids);
  for (const id of ids) collectionOf(doc, "shots").delete(id as Id);
}
