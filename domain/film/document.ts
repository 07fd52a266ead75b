/**
 * The shared document of one film, `project:<uuid>`.
 *
 * Root types: `meta` (Y.Map), `screenplay` (Y.Text, Fountain) and, keyed by id, the Y.Maps `scenes`, `shots`,
 * `elements`, `tracks`, `clips`, `markers`, `comments`, `staging`. A record is a Y.Map whose fields are plain JSON values,
 * so that two people changing two fields of one shot both keep their change. Order is a fractional key in the
 * record, never an array move. References may dangle after a merge: the reader (`snapshot.ts`) tolerates and
 * reports them, and `edit.ts` is the only writer.
 */
import * as Y from "yjs";

/** Raised when what is stored must be rewritten to be read. New optional fields need no new version. */
export const schemaVersion = 1;

export const collectionNames = [
  "scenes",
  "shots",
  "elements",
  "tracks",
  "clips",
  "markers",
  "comments",
  "staging",
] as const;
export type CollectionName = (typeof collectionNames)[number];

export type RecordMap = Y.Map<unknown>;

export function metaOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("meta");
}

export function screenplayOf(doc: Y.Doc): Y.Text {
  return doc.getText("screenplay");
}

export function collectionOf(doc: Y.Doc, name: CollectionName): Y.Map<RecordMap> {
  return doc.getMap<RecordMap>(name);
}

/** Visits the records of a collection. What is no record (any program may write to a document) is passed over. */
export function eachRecord(
  doc: Y.Doc,
  name: CollectionName,
  visit: (record: RecordMap, id: string) => void,
  strange: (id: string) => void = () => undefined,
): void {
  collectionOf(doc, name).forEach((record: unknown, id) => {
    if (record instanceof Y.Map) visit(record as RecordMap, id);
    else strange(id);
  });
}
