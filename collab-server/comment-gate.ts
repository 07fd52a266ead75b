/**
 * Lets a commenter's updates in when they touch nothing but comments, and of others' only what anybody may; asks the
 * thread that keeps a live document.
 */
import type { Remarker } from "#domain/film/comment-rights.ts";
import type { DocumentDesk } from "./documents/document-desk.ts";
import type { Verdict } from "./documents/comment-judge.ts";
import type { RoomContent } from "./room-content.ts";

export class CommentGate {
  readonly #content: RoomContent;
  /** What was taken and is not shown yet. */
  readonly #hidden: () => Uint8Array[];
  readonly #desk: DocumentDesk;
  /** What of the document the thread was given: everything below this sequence number; null when nothing. */
  #given: number | null = null;
  /** One look after the other, so that what one lets in the next one knows of. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(content: RoomContent, hidden: () => Uint8Array[], desk: DocumentDesk) {
    this.#content = content;
    this.#hidden = hidden;
    this.#desk = desk;
  }

  /**
   * @param admit  called before the next update is looked at, so that the order of the updates stays
   * @throws when the document cannot be read
   */
  look(update: Uint8Array, author: Remarker, admit: (verdict: Verdict) => void): Promise<void> {
    const looked = this.#last.then(async () => admit(await this.#ask(update, author)));
    this.#last = looked.catch(() => undefined);
    return looked;
  }

  /** The last commenter left. */
  close(): void {
    if (this.#given === null) return;
    this.#given = null;
    void this.#desk.ask<"forget">({ kind: "forget", documentId: this.#content.documentId }).catch(() => undefined);
  }

  async #ask(update: Uint8Array, author: Remarker): Promise<Verdict> {
    const { bytes, documentId } = this.#content;
    for (;;) {
      await this.#content.wake();
      const { isWhole, parts: shown } =
        this.#given === null ? { isWhole: true, parts: bytes.parts() } : bytes.since(this.#given);
      const parts = isWhole ? [...shown, ...this.#hidden()] : shown;
      this.#given = bytes.nextSequence;
      const judge = { kind: "judge", documentId, isWhole, parts, update, author } as const;
      const { verdict } = await this.#desk.ask<"judge">(judge);
      if (verdict === "comments-only") return verdict;
      // The thread's copy holds what was refused, or there is none: the next look begins anew.
      this.#given = null;
      if (verdict !== "unknown") return verdict;
    }
  }
}
