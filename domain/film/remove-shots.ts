import type * as Y from "yjs";
import type { Id } from "#domain/ids.ts";
import { collectionOf, eachRecord } from "./document.ts";
import { recordOf, removeShot, type EditContext } from "./edit.ts";

/** What a removal took away, whole, so that it can be put back under the same ids. */
export interface RemovedShots {
  shots: { id: Id; fields: object }[];
  clips: { id: Id; fields: object }[];
}

/** Removes shots with their uses on the timeline, in one transaction. Takes stay in the library. */
export function removeShots(doc: Y.Doc, ids: readonly Id[], context: EditContext): RemovedShots {
  const removed: RemovedShots = { shots: [], clips: [] };
  const wanted = new Set<unknown>(ids);
  eachRecord(doc, "shots", (record, id) => {
    if (wanted.has(id)) removed.shots.push({ id, fields: record.toJSON() as object });
  });
  eachRecord(doc, "clips", (record, id) => {
    if (wanted.has(record.get("shotId"))) removed.clips.push({ id, fields: record.toJSON() as object });
  });
  doc.transact(() => {
    for (const { id } of removed.shots) removeShot(doc, id, context);
  }, context.origin);
  return removed;
}

/** Puts back what {@link removeShots} took, unless somebody did already. */
export function restoreShots(doc: Y.Doc, removed: RemovedShots, context: EditContext): void {
  doc.transact(() => {
    for (const name of ["shots", "clips"] as const) {
      const collection = collectionOf(doc, name);
      for (const { id, fields } of removed[name]) if (!collection.has(id)) collection.set(id, recordOf(fields));
    }
  }, context.origin);
}
