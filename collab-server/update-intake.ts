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
import { inspectUpdate, isEmpty, mergeInTree, type UpdateContent } from "./updates.ts";

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
  /** How many update-carrying frames the socket had sent with this one, and the first of them that is in it. */
  frames: number;
  firstFrame: number;
}

/** What a commenter's socket sent that has found no answer yet. */
interface Unanswered {
  /** Updates that came before its step 2, on which they may build; null once that has come. */
  early: Incoming[] | null;
  /** Updates that are being looked at. */
  looking: number;
}
const mostEarly = 1000;

const refusals = {
  viewer: "You are here as a viewer: you can watch, but not change this film.",
  commenter: "You are here as a commenter: you can comment, but not change this film.",
  others:
    "You can comment, and change or delete what you wrote yourself, but not what others wrote. If your name has changed, reload the page.",
  damaged: "This film's document is damaged and can only be read. Everything written before is kept; tell your host.",
} as const;

export class UpdateIntake {
  readonly #parts: IntakeParts;
  readonly #commenters = new WeakMap<Connection, Unanswered>();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** @throws Error when the bytes are no update that Yjs can apply */
  take(from: Connection, bytes: Uint8Array, isStep2: boolean): void {
    const content = inspectUpdate(bytes);
    from.received += 1;
    const frames = from.received;
    const incoming = { from, bytes, content, frames, firstFrame: frames };
    switch (from.person.role) {
      case "commenter":
        return this.#takeComment(incoming, isStep2);
      case "viewer":
        return isEmpty(content) ? this.#acknowledge(incoming) : this.#deny(incoming, refusals.viewer);
      case "editor":
      case "owner":
        return this.#bringsNothing(incoming, isStep2) ? this.#acknowledge(incoming) : this.#submit(incoming);
    }
  }

  /** Step 2 of a client that has the film always lists every delete there ever was; most bring nothing. */
  #bringsNothing({ content }: Incoming, isStep2: boolean): boolean {
    return isEmpty(content) || (isStep2 && this.#parts.content.holds(content));
  }

  /** What a commenter writes before its step 2 may build on that, and is looked at together with it. */
  #takeComment(incoming: Incoming, isStep2: boolean): void {
    const unanswered = this.#commenters.get(incoming.from) ?? { early: [], looking: 0 };
    this.#commenters.set(incoming.from, unanswered);
    const { early } = unanswered;
    if (early === null) return this.#lookAt(incoming, isStep2, unanswered);
    if (!isStep2 && early.length >= mostEarly) return incoming.from.close(4529, "too-fast");
    if (!isStep2) return void early.push(incoming);
    unanswered.early = null;
    const bytes = mergeInTree([incoming.bytes, ...early.map((one) => one.bytes)]);
    const firstFrame = early[0]?.frames ?? incoming.frames;
    this.#lookAt({ ...incoming, bytes, content: inspectUpdate(bytes), firstFrame }, true, unanswered);
  }

  /** A commenter's updates are looked at one after the other, and acknowledged in that order. */
  #lookAt(incoming: Incoming, isStep2: boolean, unanswered: Unanswered): void {
    const bringsNothing = this.#bringsNothing(incoming, isStep2);
    if (bringsNothing && unanswered.looking === 0) return this.#acknowledge(incoming);
    unanswered.looking += 1;
    const { userId, name, role } = incoming.from.person;
    this.#parts.comments
      .look(incoming.bytes, { id: userId, name, role }, (verdict) => {
        if (bringsNothing) this.#acknowledge(incoming);
        else if (verdict === "comments-only") this.#submit(incoming);
        else this.#deny(incoming, verdict === "touches-others" ? refusals.others : refusals.commenter);
      })
      .catch((error: unknown) => {
        this.#parts.logger.warn(
          { err: error, document: this.#parts.content.documentId },
          "could not look at a comment",
        );
        incoming.from.close(4503);
      })
      .finally(() => {
        unanswered.looking -= 1;
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

  #deny({ from, firstFrame }: Incoming, reason: string): void {
    this.#parts.metrics.refusedFrames += 1;
    from.refuse(firstFrame, reason);
  }
}
