/**
 * What somebody who comes into a room is sent, and asked for: the document, whole or what they lack of it, who else is
 * here, and the question what they have that is not stored.
 */
import type { Logger } from "pino";
import * as Y from "yjs";
import type { Connection } from "./connection.ts";
import type { DocumentDesk } from "./documents/document-desk.ts";
import { step1Message, step2Message, updateMessage, type Message } from "./frames.ts";
import { limits } from "./limits.ts";
import type { RoomContent } from "./room-content.ts";

interface WelcomeParts {
  content: RoomContent;
  /** A thread for what takes long; and here, for what is over sooner than asking a thread. */
  desk: DocumentDesk;
  deskHere: DocumentDesk;
  /** Others write to this document too. */
  hasOthers: () => boolean;
  /** Reads what the log has and we do not. */
  readToHead: () => Promise<void>;
  /** Who is here, and what else a newcomer gets besides the document. */
  greet: (connection: Connection) => void;
  news: () => Message[];
  refuse: (connection: Connection, error: unknown) => void;
  unreadable: (error: unknown) => Promise<void>;
  log: Logger;
}

export class RoomWelcome {
  readonly #parts: WelcomeParts;

  constructor(parts: WelcomeParts) {
    this.#parts = parts;
  }

  /** @param stateVector  of what the client has; an empty one when it has nothing */
  async answer(connection: Connection, stateVector: Uint8Array): Promise<void> {
    const { content, log } = this.#parts;
    const isNewcomer = stateVector.length === 1 && stateVector[0] === 0;
    try {
      if (!isNewcomer) Y.decodeStateVector(stateVector);
    } catch (error) {
      return this.#parts.refuse(connection, error);
    }
    try {
      // Somebody who comes over from another instance may have seen more than was told here yet.
      if (this.#parts.hasOthers()) await this.#parts.readToHead();
      if (!content.isAwake) await content.wake();
      await this.#sendDocument(connection, isNewcomer ? null : stateVector);
      if (connection.askedBack) return;
      connection.askedBack = true;
      await content.read();
      // A viewer has nothing that is wanted, and would answer with deletes that its own merging made.
      if (connection.person.role !== "viewer") connection.send(step1Message(content.stateVector()));
    } catch (error) {
      await this.#parts.unreadable(error);
      log.warn({ err: error, document: content.documentId }, "could not answer somebody who came");
      return connection.close(4503);
    }
    this.#parts.greet(connection);
    for (const message of this.#parts.news()) connection.send(message);
  }

  /** What an instance showed and died over is with those who saw it: they are asked for whatever is not stored. */
  async askForUnstored(connections: Iterable<Connection>): Promise<void> {
    const { content, log } = this.#parts;
    try {
      await this.#parts.readToHead();
      await content.read();
    } catch (error) {
      return log.warn({ err: error, document: content.documentId }, "could not ask for what was not stored");
    }
    const question = step1Message(content.stateVector());
    for (const connection of connections) if (connection.canEdit) connection.send(question);
  }

  /** @param above  the state vector of what the client has; null when it has nothing */
  async #sendDocument(connection: Connection, above: Uint8Array | null): Promise<void> {
    const { content, desk, deskHere } = this.#parts;
    const { bytes } = content;
    // Whatever changes from here on is sent to it besides.
    const sequence = bytes.nextSequence;
    let parts: Uint8Array[];
    if (above === null) {
      parts = bytes.forNewcomer();
    } else {
      const where = bytes.size > limits.mergeOnJoinBytes ? desk : deskHere;
      parts = [(await where.ask<"diff">({ kind: "diff", parts: bytes.parts(), stateVector: above })).bytes];
    }
    // Step 2 says that the document is whole, so it comes last.
    for (const part of parts.slice(0, -1)) connection.send(updateMessage(part));
    connection.send(step2Message(parts.at(-1) as Uint8Array));
    // What it missed before is in what it was sent now; what it missed since then it is sent when it has drained.
    if (connection.missedFrom !== null && connection.missedFrom < sequence) connection.missedFrom = null;
  }
}
