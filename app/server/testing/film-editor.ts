import { v7 } from "uuid";
import * as Y from "yjs";
import type { Bus } from "#bus/connection.ts";
import { respond, type Subscription } from "#bus/messages.ts";
import type { DbHandle } from "#db/client.ts";
import { ensureFilmDocument, findFilmEdit, readFilmDocument } from "#db/queries/film-documents.ts";
import { filmEdits, filmUpdates } from "#db/schema/film.ts";
import { applyFilmEdit } from "#domain/collab/apply-film-edit.ts";
import { FilmEditRequest, type FilmEditReply } from "#domain/collab/film-edits.ts";
import { StudioError } from "#domain/errors.ts";
import { documentIdOf } from "#domain/ids.ts";
import { subjects } from "#domain/jobs/subjects.ts";

const context = { origin: "test", newId: v7 };

/** Applies named edits to the stored document, one at a time: what collab-server does, without anybody connected. */
export function answerFilmEdits(bus: Bus, { db, sql }: Pick<DbHandle, "db" | "sql">): Subscription {
  let last: Promise<unknown> = Promise.resolve();
  const apply = async ({ projectId, editId, edit }: FilmEditRequest): Promise<FilmEditReply> => {
    if (!(await ensureFilmDocument(sql, projectId)))
      return { status: "refused", code: "thing/not-found", message: "There is no such film." };
    const documentId = documentIdOf(projectId);
    const known = await findFilmEdit(sql, documentId, editId);
    if (known !== null) return { status: "stored", position: known };
    const doc = new Y.Doc();
    const updates = (await readFilmDocument(db, documentId)) ?? [];
    for (const update of updates) Y.applyUpdate(doc, update);
    const before = Y.encodeStateVector(doc);
    try {
      applyFilmEdit(doc, edit, context);
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      return { status: "refused", code: error.code, message: error.message };
    }
    const position = updates.length + 1;
    await db.insert(filmUpdates).values({ documentId, position, bytes: Y.encodeStateAsUpdate(doc, before) });
    await db.insert(filmEdits).values({ documentId, editId, position });
    return { status: "stored", position };
  };
  return respond(bus, subjects.allEdits, FilmEditRequest, (request) => {
    const next = last.then(() => apply(request));
    last = next.catch(() => undefined);
    return next;
  });
}
