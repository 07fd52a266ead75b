/**
 * Whether an update touches nothing but `comments`, and of those only what its author may. The structs of an update do
 * not always name their root, so the update is applied to a live copy of the document and what it changed is looked at.
 * Kept only while a commenter is there.
 */
import * as Y from "yjs";
import { mayChangeComment, type Remarker } from "#domain/film/comment-rights.ts";
import { applyParts, type Parts } from "./apply-parts.ts";

/**
 * `comments-only`: let it in. `touches-others`: it does with somebody's comment what only that person may. `unclear`: it cannot be told, so it must not be let in. `unknown`: the document has to be
 * given whole first.
 */
export type Verdict = "comments-only" | "touches-others" | "touches-more" | "unclear" | "unknown";

const root = "comments";

export class CommentJudge {
  readonly #documents = new Map<string, Y.Doc>();

  /**
   * @param isWhole  `parts` are the whole document; otherwise what was added since the last look
   * @param update   one that decodes
   * @param author   who sent it
   */
  look(documentId: string, isWhole: boolean, parts: Parts, update: Uint8Array, author: Remarker): Verdict {
    if (isWhole) this.forget(documentId);
    const doc = this.#documents.get(documentId) ?? (isWhole ? new Y.Doc() : null);
    if (doc === null) return "unknown";
    this.#documents.set(documentId, doc);
    try {
      applyParts(doc, parts);
      const verdict = verdictOn(doc, update, author);
      // What was refused is in the copy now: it is of no use any more.
      if (verdict !== "comments-only") this.forget(documentId);
      return verdict;
    } catch (error) {
      this.forget(documentId);
      throw error;
    }
  }

  forget(documentId: string): void {
    this.#documents.get(documentId)?.destroy();
    this.#documents.delete(documentId);
  }
}

function verdictOn(doc: Y.Doc, update: Uint8Array, author: Remarker): Verdict {
  const touched: Touched = { more: false, records: new Set(), replaced: new Set() };
  const before = remarksIn(doc);
  const waitedBefore = waitingIn(doc);
  const look = ({ changed }: Y.Transaction) => {
    for (const [type, keys] of changed) noteTouched(doc, type as unknown as Y.AbstractType<unknown>, keys, touched);
  };
  doc.on("afterTransaction", look);
  try {
    Y.applyUpdate(doc, update);
  } catch {
    return "unclear";
  } finally {
    doc.off("afterTransaction", look);
  }
  if (touched.more) return "touches-more";
  // Something it builds on has not come: what it would change cannot be told. Others may have left such things before.
  if (waitingIn(doc) !== waitedBefore) return "unclear";
  const after = remarksIn(doc);
  const isAllowed = (id: string) => {
    const [was, is] = [before.get(id), after.get(id)];
    // Written and taken away before anybody saw it.
    if (was === undefined && is === undefined) return true;
    if (!touched.replaced.has(id) || was === undefined || is === undefined) return mayChangeComment(was, is, author);
    // One in the place of another is the end of that one: what others write into it meanwhile would be lost.
    return mayChangeComment(was, undefined, author) && mayChangeComment(undefined, is, author);
  };
  return [...touched.records, ...touched.replaced].every(isAllowed) ? "comments-only" : "touches-others";
}

interface Touched {
  /** Something besides comments. */
  more: boolean;
  /** Ids of comments in which something changed. */
  records: Set<string>;
  /** Ids of comments that were set or removed as a whole. */
  replaced: Set<string>;
}

function noteTouched(
  doc: Y.Doc,
  type: Y.AbstractType<unknown>,
  keys: ReadonlySet<string | null>,
  touched: Touched,
): void {
  let record: Y.AbstractType<unknown> | null = null;
  let top = type;
  while (top._item !== null) {
    record = top;
    top = top._item.parent as Y.AbstractType<unknown>;
  }
  // Comments are keyed by id: what has no key stands in a list or a text of that name, where no comment is.
  const ids = record === null ? [...keys] : [record._item?.parentSub ?? null];
  if (doc.share.get(root) !== top) touched.more = true;
  for (const id of ids) {
    if (id === null) touched.more = true;
    else (record === null ? touched.replaced : touched.records).add(id);
  }
}

/** Every comment's fields by its id. What is no record stands for itself. */
function remarksIn(doc: Y.Doc): Map<string, unknown> {
  const remarks = new Map<string, unknown>();
  // Not `toJSON`, in which a field named like the prototype would speak for all that are not there.
  doc.getMap(root).forEach((record: unknown, id) => {
    remarks.set(id, record instanceof Y.Map ? Object.fromEntries(record.entries()) : record);
  });
  return remarks;
}

/** What a document holds back until something it builds on has come. */
function waitingIn({ store }: Y.Doc): string {
  const { pendingStructs, pendingDs } = store;
  return [pendingStructs?.update, pendingDs].map((bytes) => Buffer.from(bytes ?? []).toString("base64")).join();
}
