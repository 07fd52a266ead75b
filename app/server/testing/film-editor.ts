import { v7 } from "uuid";
import * as Y from "yjs";
import type { Bus } from "#bus/connection.ts";
import { respond, type Subscription } from "#bus/messages.ts";
import type { DbHandle } from "#db/client.ts";
import { ensureFilmDocument, findFilmEdit, readFilmDocument } from "#db/queries/film-documents.ts";
import { filmEdits, filmUpdates } from "#db/schema/film.ts";
import { FilmEditRequest, type FilmEdit, type FilmEditReply } from "#domain/collab/film-edits.ts";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import type { FilmMeta } from "#domain/film/meta.ts";
import { beginFilm, changeMeta, chooseTake, replaceScreenplay } from "#domain/film/edit.ts";
import { assemble, placeSound } from "#domain/film/timeline.ts";
import { unreachable } from "#domain/errors.ts";
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
    change(doc, edit);
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

function change(doc: Y.Doc, edit: FilmEdit): void {
  switch (edit.kind) {
    case "begin":
      if (edit.update !== undefined) Y.applyUpdate(doc, Buffer.from(edit.update, "base64"));
      beginFilm(doc, edit.meta, context);
      if (edit.screenplay !== undefined) replaceScreenplay(doc, edit.screenplay, context);
      return;
    case "change-meta":
      return changeMeta(doc, edit.patch as Partial<FilmMeta>, context);
    case "replace-screenplay":
      return replaceScreenplay(doc, edit.text, context);
    case "commit-breakdown":
      return commitBreakdown(doc, edit.scenes, context);
    case "assemble":
      return assemble(doc, edit.sceneIds, context);
    case "choose-take":
      return chooseTake(doc, edit.shotId, edit.takeId, context);
    case "place-sound":
      return placeSound(doc, edit, context);
    default:
      return unreachable(edit);
  }
}
