/**
 * Named edits from other processes, whether or not anyone has the film open: the same log, the same broadcast, an
 * answer once stored. An edit that comes twice is applied once.
 */
import type { Logger } from "pino";
import type { Sql } from "#db/client.ts";
import { findFilmEdit, noteFilmEdit } from "#db/queries/film-documents.ts";
import { FilmEditRequest, type FilmEditReply } from "#domain/collab/film-edits.ts";
import { StudioError } from "#domain/errors.ts";
import { documentIdOf, projectIdOf, type Id } from "#domain/ids.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";

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
      const outcome = await room.edit(request.editId, request.edit);
      switch (outcome.status) {
        case "gone":
          return refused("thing/not-found", "This project was deleted.");
        case "stored":
          return outcome;
        case "unchanged":
          await noteFilmEdit(this.#sql, room.documentId, request.editId, outcome.position);
          // Another instance may have made the edit meanwhile, and its word stands.
          return this.#asStored(room, request.editId, outcome.position);
        case "repeated":
          // Another instance was asked as well and was faster, or the answer to our own commit got lost.
          return this.#asStored(room, request.editId, room.content.positions.upTo);
      }
    } catch (error) {
      if (error instanceof StudioError) return refused(error.code, error.message);
      this.#log.error({ err: error, projectId: request.projectId, kind: request.edit.kind }, "a named edit failed");
      return refused("document/unavailable", "The film cannot be changed right now.");
    }
  }

  async #asStored(room: Room, editId: Id, otherwise: number): Promise<FilmEditReply> {
    const position = await findFilmEdit(this.#sql, room.documentId, editId);
    return { status: "stored", position: position ?? otherwise };
  }
}

function refused(code: string, message: string): FilmEditReply {
  return { status: "refused", code, message };
}
