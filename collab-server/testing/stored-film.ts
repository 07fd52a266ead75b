/** A film as Postgres holds it at one moment, for comparing. */
import * as Y from "yjs";
import type { Sql } from "#db/client.ts";
import { loadFilmDocument, readLogHeads } from "#db/queries/film-documents.ts";
import { documentIdOf } from "#domain/ids.ts";
import { Content } from "./content.ts";
import { docOf } from "./peer.ts";

export interface StoredFilm {
  doc: Y.Doc;
  /** All that the rows bring and all that a document made of them holds. */
  content: Content;
  rows: number;
  /** The last position given out. */
  head: number;
  /** What is wrong with the positions of the log; null when nothing is. */
  disorder: string | null;
}

/** @throws Error when there is no such film */
export async function readStoredFilm(sql: Sql, projectId: string): Promise<StoredFilm> {
  const documentId = documentIdOf(projectId);
  const headBefore = (await readLogHeads(sql, [documentId])).get(documentId) ?? -1;
  const stored = await loadFilmDocument(sql, documentId);
  if (stored === null) throw new Error(`Postgres holds no film of ${projectId}`);
  const parts = [...(stored.snapshot === null ? [] : [stored.snapshot]), ...stored.rows.map((row) => row.bytes)];
  const doc = docOf(parts);
  const positions = stored.rows.map((row) => row.position);
  const expected = positions.map((_, index) => stored.snapshotPosition + 1 + index);
  const head = positions.at(-1) ?? stored.snapshotPosition;
  const isInOrder = positions.every((position, index) => position === expected[index]);
  return {
    doc,
    content: Content.of(...parts).add(Content.ofDoc(doc)),
    rows: positions.length,
    head,
    disorder: isInOrder && head >= headBefore ? null : `after ${stored.snapshotPosition} come ${positions.join(" ")}`,
  };
}

/**
 * Whether two documents are the same: what they hold, what is deleted, and how it reads. What waits for something missing
 * is left aside: whoever sends edits and vanishes before sending what they build on leaves that behind.
 */
export function differenceOf(a: Y.Doc, b: Y.Doc): string | null {
  if (!Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b))) return "they hold different things";
  const names = [...new Set([...a.share.keys(), ...b.share.keys()])].sort();
  for (const name of names) if (readRoot(a, name) !== readRoot(b, name)) return `${name} reads differently`;
  return null;
}

function readRoot(doc: Y.Doc, name: string): string {
  if (name === "screenplay") return doc.getText(name).toString();
  return sorted(doc.getMap(name).toJSON());
}

/** Keys in order: two maps of the same records may list them differently. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
