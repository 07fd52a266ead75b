/**
 * Named edits from other processes, whether or not anyone has the film open: the same log, the same broadcast, an
 * answer once stored. An edit that comes twice is applied once.
 */
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import * as Y from "yjs";
import type { Sql } from "#db/client.ts";
import { findFilmEdit, noteFilmEdit } from "#db/queries/film-documents.ts";
import { FilmEditRequest, type FilmEdit, type FilmEditReply } from "#domain/collab/film-edits.ts";
import { StudioError, unreachable } from "#domain/errors.ts";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { metaOf } from "#domain/film/document.ts";
import { beginFilm, changeMeta, chooseTake, replaceScreenplay, type EditContext } from "#domain/film/edit.ts";
import type { FilmMeta } from "#domain/film/meta.ts";
import { assemble, placeSound } from "#domain/film/timeline.ts";
import { documentIdOf, projectIdOf, type Id } from "#domain/ids.ts";
import type { Rooms } from "./rooms.ts";
import { inspectUpdate } from "./updates.ts";

export class FilmEdits {
  readonly #rooms: Rooms;
  readonly #sql: Sql;
  readonly #log: Logger;
  /** Asked again while the first is under way: the same answer for both. */
  readonly #running = new Map<string, Promise<FilmEditReply>>();

  constructor(rooms: Rooms, sql: Sql, log: Logger) {
    this.#rooms = rooms;
    this.#sql = sql;
    this.#log = log;
  }

  /** @param subjectProjectId  the project that the subject names */
  async answer(subjectProjectId: Id, message: unknown): Promise<FilmEditReply> {
    const parsed = FilmEditRequest.safeParse(message);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return refused("request/invalid", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "malformed"}`);
    }
    const request = parsed.data;
    if (request.projectId !== subjectProjectId || projectIdOf(documentIdOf(request.projectId)) === null) {
      return refused("thing/not-found", "There is no such project.");
    }
    const key = `${request.projectId} ${request.editId}`;
    const running = this.#running.get(key) ?? this.#apply(request).finally(() => this.#running.delete(key));
    this.#running.set(key, running);
    return running;
  }

  async #apply(request: FilmEditRequest): Promise<FilmEditReply> {
    try {
      const room = await this.#rooms.open(request.projectId);
      if (room === null) return refused("thing/not-found", "There is no such project.");
      const done = await findFilmEdit(this.#sql, room.documentId, request.editId);
      if (done !== null) return { status: "stored", position: done };
      const outcome = await room.edit(request.editId, (doc) => applyEdit(doc, request.edit, { newId: randomUUID }));
      if (outcome.status === "gone") return refused("thing/not-found", "This project was deleted.");
      if (outcome.changed === false) await noteFilmEdit(this.#sql, room.documentId, request.editId, outcome.position);
      return { status: "stored", position: outcome.position };
    } catch (error) {
      if (error instanceof StudioError) return refused(error.code, error.message);
      this.#log.error({ err: error, projectId: request.projectId, kind: request.edit.kind }, "a named edit failed");
      return refused("document/unavailable", "The film cannot be changed right now.");
    }
  }
}

/** @throws StudioError request/invalid when the edit's own content cannot be used */
function applyEdit(doc: Y.Doc, edit: FilmEdit, context: EditContext): void {
  switch (edit.kind) {
    case "begin":
      return begin(doc, edit, context);
    case "change-meta":
      return changeMeta(doc, said(edit.patch), context);
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

/** Fills a new document. One that has begun already keeps all it has. */
function begin(doc: Y.Doc, edit: Extract<FilmEdit, { kind: "begin" }>, context: EditContext): void {
  const isNew = !metaOf(doc).has("schemaVersion");
  if (isNew && edit.update !== undefined) Y.applyUpdate(doc, readUpdate(edit.update));
  beginFilm(doc, edit.meta, context);
  if (!isNew) return;
  changeMeta(doc, edit.meta, context);
  if (edit.screenplay !== undefined) replaceScreenplay(doc, edit.screenplay, context);
}

/** Without the fields that were not said; an undefined one would remove the field. */
function said(patch: object): Partial<FilmMeta> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

function readUpdate(base64: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(base64, "base64"));
  try {
    inspectUpdate(bytes);
  } catch (cause) {
    throw new StudioError("request/invalid", "update: not a Yjs update", { cause });
  }
  return bytes;
}

function refused(code: string, message: string): FilmEditReply {
  return { status: "refused", code, message };
}
