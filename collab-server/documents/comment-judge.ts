/**
 * Whether an update touches nothing but `comments`. The structs of an update do not always name their root, so the update
 * is applied to a live copy of the document and what it changed is looked at. Kept only while a commenter is there.
 */
import * as Y from "yjs";
import { applyParts, type Parts } from "./apply-parts.ts";

/** `unclear`: it cannot be told, so it must not be let in. `unknown`: the document has to be given whole first. */
export type Verdict = "comments-only" | "touches-more" | "unclear" | "unknown";

const root = "comments";

export class CommentJudge {
  readonly #documents = new Map<string, Y.Doc>();

  /**
   * @param isWhole  `parts` are the whole document; otherwise what was added since the last look
   * @param update   one that decodes
   */
  look(documentId: string, isWhole: boolean, parts: Parts, update: Uint8Array): Verdict {
    if (isWhole) this.forget(documentId);
    const doc = this.#documents.get(documentId) ?? (isWhole ? new Y.Doc() : null);
    if (doc === null) return "unknown";
    this.#documents.set(documentId, doc);
    try {
      applyParts(doc, parts);
      const verdict = verdictOn(doc, update);
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

function verdictOn(doc: Y.Doc, update: Uint8Array): Verdict {
  let touchesMore = false;
  const waitedBefore = waitingIn(doc);
  const look = (transaction: Y.Transaction) => {
    for (const type of transaction.changed.keys()) {
      if (rootNameOf(doc, type as unknown as Y.AbstractType<unknown>) !== root) touchesMore = true;
    }
  };
  doc.on("afterTransaction", look);
  try {
    Y.applyUpdate(doc, update);
  } catch {
    return "unclear";
  } finally {
    doc.off("afterTransaction", look);
  }
  if (touchesMore) return "touches-more";
  // Something it builds on has not come: what it would change cannot be told. Others may have left such things before.
  return waitingIn(doc) === waitedBefore ? "comments-only" : "unclear";
}

/** What a document holds back until something it builds on has come. */
function waitingIn({ store }: Y.Doc): string {
  const { pendingStructs, pendingDs } = store;
  return [pendingStructs?.update, pendingDs].map((bytes) => Buffer.from(bytes ?? []).toString("base64")).join();
}

function rootNameOf(doc: Y.Doc, type: Y.AbstractType<unknown>): string | null {
  let top = type;
  while (top._item !== null) top = top._item.parent as Y.AbstractType<unknown>;
  for (const [name, one] of doc.share) if (one === top) return name;
  return null;
}
