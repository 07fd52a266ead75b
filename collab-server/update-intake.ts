/**
 * What becomes of an update that a socket sent: whether it is one, whether it brings anything, whether its author may,
 * and where it goes. Refused ones stand for ever unstored.
 */
import type { Logger } from "pino";
import type { CommentGate } from "./comment-gate.ts";
import type { Connection } from "./connection.ts";
import { limits } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import type { RoomContent } from "./room-content.ts";
import type { RoomLog } from "./room-log.ts";
import { inspectUpdate, isEmpty, type UpdateContent } from "./updates.ts";

interface IntakeParts {
  content: RoomContent;
  log: RoomLog;
  comments: CommentGate;
  metrics: Metrics;
  logger: Logger;
}

/** One update on its way in. */
interface Incoming {
  from: Connection;
  bytes: Uint8Array;
  content: UpdateContent;
  /** How many update-carrying frames the socket had sent with this one. */
  frames: number;
}

const refusals = {
  viewer: "You are here as a viewer: you can watch, but not change this film.",
  commenter: "You are here as a commenter: you can comment, but not change this film.",
  damaged: "This film's document is damaged and can only be read. Everything written before is kept; tell your host.",
} as const;

export class UpdateIntake {
  readonly #parts: IntakeParts;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** @throws Error when the bytes are no update that Yjs can apply */
  take(from: Connection, bytes: Uint8Array, isStep2: boolean): void {
    const content = inspectUpdate(bytes);
    from.received += 1;
    const incoming = { from, bytes, content, frames: from.received };
    // Step 2 of a client that has the film always lists every delete there ever was; most bring nothing.
    const bringsNothing = isEmpty(content) || (isStep2 && this.#parts.content.holds(content));
    switch (from.person.role) {
      case "commenter":
        return this.#takeComment(incoming, bringsNothing);
      case "viewer":
        return bringsNothing ? this.#acknowledge(incoming) : this.#deny(incoming, refusals.viewer);
      case "editor":
      case "owner":
        return bringsNothing ? this.#acknowledge(incoming) : this.#submit(incoming);
    }
  }

  /** A commenter's updates are looked at one after the other, and acknowledged in that order. */
  #takeComment(incoming: Incoming, bringsNothing: boolean): void {
    const { from, bytes } = incoming;
    if (bringsNothing && from.judging === 0) return this.#acknowledge(incoming);
    from.judging += 1;
    this.#parts.comments
      .look(bytes, (verdict) => {
        if (bringsNothing) this.#acknowledge(incoming);
        else if (verdict === "comments-only") this.#submit(incoming);
        else this.#deny(incoming, refusals.commenter);
      })
      .catch((error: unknown) => {
        this.#parts.logger.warn(
          { err: error, document: this.#parts.content.documentId },
          "could not look at a comment",
        );
        from.close(4503);
      })
      .finally(() => {
        from.judging -= 1;
      });
  }

  #submit(incoming: Incoming): void {
    const { from, bytes, content, frames } = incoming;
    const { damage, bytes: held } = this.#parts.content;
    if (damage !== null) return this.#deny(incoming, refusals.damaged);
    if (content.runs.length > 0 && held.size + bytes.length > limits.maxDocumentBytes)
      return from.close(4413, "film-too-large");
    this.#parts.metrics.edits.count();
    this.#parts.log.submit({ bytes, content, author: { who: from, frames } });
  }

  #acknowledge({ from, frames }: Incoming): void {
    this.#parts.log.acknowledgeNothing(from, frames);
  }

  #deny({ from, frames }: Incoming, reason: string): void {
    this.#parts.metrics.refusedFrames += 1;
    from.refuse(frames, reason);
  }
}
