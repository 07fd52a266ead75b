/** What becomes of what is staged when shots and scenes go or are copied; call these within their transaction. */
import * as Y from "yjs";
import type { Id, NewId } from "#domain/ids.ts";
import { collectionOf, eachRecord, type RecordMap } from "./document.ts";

/** Removes all that is staged for shots and scenes that go, in one look. */
export function removeStagingFor(doc: Y.Doc, owners: ReadonlySet<unknown>): void {
  const gone: Id[] = [];
  eachRecord(doc, "staging", (entry, id) => {
    if (owners.has(entry.get("shotId")) || owners.has(entry.get("sceneId"))) gone.push(id);
  });
  for (const id of gone) collectionOf(doc, "staging").delete(id);
}

/** @param copies  from shots to their copies, which get all that is staged for them alone */
export function copyStaging(doc: Y.Doc, copies: ReadonlyMap<unknown, Id>, newId: NewId): void {
  const entries: RecordMap[] = [];
  eachRecord(doc, "staging", (entry) => void (copies.has(entry.get("shotId")) && entries.push(entry)));
  for (const entry of entries) {
    const copy = new Y.Map<unknown>(Object.entries(entry.toJSON()));
    copy.set("shotId", copies.get(entry.get("shotId")));
    collectionOf(doc, "staging").set(newId(), copy);
  }
}
