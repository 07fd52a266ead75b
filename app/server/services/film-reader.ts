import * as Y from "yjs";
import type { Db } from "#db/client.ts";
import { readFilmDocument } from "#db/queries/film-documents.ts";
import { readFilm, type Film } from "#domain/film/snapshot.ts";
import { StudioError } from "#domain/errors.ts";
import { documentIdOf } from "#domain/ids.ts";

/** Reads a film as it is stored now. @throws StudioError "document/unavailable" when it was never begun */
export async function loadFilm(db: Db, projectId: string): Promise<Film> {
  const updates = await readFilmDocument(db, documentIdOf(projectId));
  if (updates === null)
    throw new StudioError("document/unavailable", "This film has no document yet. Try again in a moment.");
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  const film = readFilm(doc);
  doc.destroy();
  return film;
}
