/**
 * What needs a live Y.Doc, as questions with answers: asked of a thread, so that loading a large film makes nobody wait.
 * A document comes as its parts, updates to be applied in order.
 */
import { randomUUID } from "node:crypto";
import * as Y from "yjs";
import { applyFilmEdit } from "#domain/collab/apply-film-edit.ts";
import type { FilmEdit } from "#domain/collab/film-edits.ts";
import type { Remarker } from "#domain/film/comment-rights.ts";
import { StudioError, type ErrorCode } from "#domain/errors.ts";
import { readableParts, UnreadableDocument, withDocument, type Parts } from "./apply-parts.ts";
import { CommentJudge, type Verdict } from "./comment-judge.ts";

export type Task =
  | { kind: "condense"; parts: Parts }
  | { kind: "title"; parts: Parts }
  | { kind: "salvage"; parts: Parts }
  | { kind: "diff"; parts: Parts; stateVector: Uint8Array }
  | { kind: "edit"; parts: Parts; clientId: number; edit: FilmEdit }
  | { kind: "judge"; documentId: string; isWhole: boolean; parts: Parts; update: Uint8Array; author: Remarker }
  | { kind: "forget"; documentId: string };

export interface Condensed {
  /** The whole document as one update, with deleted content dropped. */
  bytes: Uint8Array;
  /** Its state vector and deletes: `Y.encodeSnapshot`. */
  outline: Uint8Array;
}

/** What a task answers, by kind. */
export interface Answers {
  condense: Condensed;
  /** The film's title; null when it has none. */
  title: { title: string | null };
  /** What can be read of a damaged document, as one update, and how many parts cannot. */
  salvage: { bytes: Uint8Array; leftOut: number };
  /** What is missing above the state vector. */
  diff: { bytes: Uint8Array };
  /** What the edit changed; null when nothing. */
  edit: { bytes: Uint8Array | null };
  judge: { verdict: Verdict };
  forget: Record<string, never>;
}

/** How an error crosses to another thread. */
export type TaskFailure =
  | { kind: "unreadable"; at: number; message: string }
  | { kind: "studio"; code: ErrorCode; message: string }
  | { kind: "other"; message: string };

export function failureOf(error: unknown): TaskFailure {
  if (error instanceof UnreadableDocument) return { kind: "unreadable", at: error.at, message: error.message };
  if (error instanceof StudioError) return { kind: "studio", code: error.code, message: error.message };
  return { kind: "other", message: error instanceof Error ? error.message : String(error) };
}

export function errorFrom(failure: TaskFailure): Error {
  switch (failure.kind) {
    case "unreadable":
      return new UnreadableDocument(failure.at, failure.message);
    case "studio":
      return new StudioError(failure.code, failure.message);
    case "other":
      return new Error(failure.message);
  }
}

/** Does tasks one after the other; keeps the documents of rooms that have a commenter. */
export class TaskDesk {
  readonly #judge = new CommentJudge();

  /** @throws UnreadableDocument, StudioError of an edit */
  do(task: Task): Answers[Task["kind"]] {
    switch (task.kind) {
      case "condense":
        return withDocument(task.parts, (doc) => ({
          bytes: Y.encodeStateAsUpdate(doc),
          outline: Y.encodeSnapshot(Y.snapshot(doc)),
        }));
      case "title":
        return withDocument(task.parts, (doc) => ({ title: titleOf(doc) }));
      case "salvage": {
        const { parts, leftOut } = readableParts(task.parts);
        return { bytes: withDocument(parts, (doc) => Y.encodeStateAsUpdate(doc)), leftOut };
      }
      case "diff":
        return withDocument(task.parts, (doc) => ({ bytes: Y.encodeStateAsUpdate(doc, task.stateVector) }));
      case "edit":
        return withDocument(task.parts, (doc) => ({ bytes: changesOf(doc, task.clientId, task.edit) }));
      case "judge":
        return { verdict: this.#judge.look(task.documentId, task.isWhole, task.parts, task.update, task.author) };
      case "forget":
        this.#judge.forget(task.documentId);
        return {};
    }
  }
}

function titleOf(doc: Y.Doc): string | null {
  const title = doc.getMap("meta").get("title");
  return typeof title === "string" && title.trim() !== "" ? title.slice(0, 200) : null;
}

/** @param clientId  edits made in one room write as one client, so that they do not each leave a client in the document */
function changesOf(doc: Y.Doc, clientId: number, edit: FilmEdit): Uint8Array | null {
  doc.clientID = clientId;
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  applyFilmEdit(doc, edit, { newId: randomUUID });
  return updates.length === 0 ? null : Y.mergeUpdates(updates);
}
