/**
 * One open document: who is connected, its bytes, its way into the log. The room answers sync step 1 only from loaded
 * bytes, and before it asks its own, so that an empty client never overwrites a full room.
 */
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import * as Y from "yjs";
import type { Sql } from "#db/client.ts";
import { loadFilmDocument, type StoredDocument } from "#db/queries/film-documents.ts";
import type { CloseCode } from "#domain/collab/close-codes.ts";
import { EphemeralFrame } from "#domain/collab/frames.ts";
import { documentIdOf, type Id } from "#domain/ids.ts";
import { RoomAwareness } from "./awareness.ts";
import type { Condenser } from "./condenser.ts";
import type { Connection } from "./connection.ts";
import {
  awarenessFrame,
  deniedFrame,
  ephemeralFrame,
  step1Frame,
  step2Frame,
  updateFrame,
  type ClientFrame,
} from "./frames.ts";
import { limits } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import { RoomBytes } from "./room-bytes.ts";
import { RoomLog, type EditOutcome } from "./room-log.ts";
import { RoomUpkeep } from "./room-upkeep.ts";
import type { LogWriter } from "./store/log-writer.ts";
import { inspectUpdate, isEmpty, mergeInTree, StoredState, type UpdateContent } from "./updates.ts";

export interface RoomDeps {
  sql: Sql;
  writer: LogWriter;
  condenser: Condenser;
  metrics: Metrics;
  log: Logger;
  now: () => number;
  /** Frames a newcomer gets besides the document: the progress of running jobs. */
  greeting: (projectId: Id) => Buffer[];
}

const reasonFor = {
  viewer: "You are here as a viewer: you can watch, but not change this film.",
  commenter: "You are here as a commenter: you can watch, but not change this film.",
} as const;

export class Room {
  readonly projectId: Id;
  readonly documentId: string;
  readonly connections = new Set<Connection>();
  readonly #deps: RoomDeps;
  readonly #bytes: RoomBytes;
  readonly #log: RoomLog;
  readonly #stored: StoredState;
  readonly #awareness = new RoomAwareness<Connection>();
  /** Named edits made in this room write as one client, so that they do not each leave a client in every document. */
  readonly #editClientId = randomInt(1, 2 ** 32 - 1);
  #awarenessTimer: NodeJS.Timeout | null = null;
  #awarenessSentAt = 0;
  readonly upkeep: RoomUpkeep;
  usedAt: number;

  constructor(projectId: Id, stored: StoredDocument, deps: RoomDeps) {
    this.projectId = projectId;
    this.documentId = documentIdOf(projectId);
    this.#deps = deps;
    this.#bytes = new RoomBytes(stored.snapshot, stored.rows);
    this.#stored = new StoredState(stored.snapshot ?? mergeInTree([]));
    for (const row of stored.rows) this.#stored.add(inspectUpdate(row.bytes));
    this.usedAt = deps.now();
    this.#log = new RoomLog(
      this.documentId,
      stored.rows.at(-1)?.position ?? stored.snapshotPosition,
      deps.writer,
      {
        show: (bytes) => this.#show(bytes),
        stored: (contents, bytes) => this.#noteStored(contents, bytes),
        catchUp: () => this.#catchUp(),
        gone: () => this.closeAll(4404),
        full: (isFull) => this.#holdReading(isFull),
        unmergeable: (authors, error) => this.#expel(authors, error),
      },
      deps.now,
    );
    this.upkeep = new RoomUpkeep(this, this.#bytes, stored, deps);
  }

  get position(): number {
    return this.#log.position;
  }
  get unstoredBytes(): number {
    return this.#log.unstoredBytes;
  }
  get isIdle(): boolean {
    return this.connections.size === 0 && this.#log.isQuiet && !this.upkeep.isCompacting;
  }

  join(connection: Connection): void {
    this.usedAt = this.#deps.now();
    this.connections.add(connection);
    this.#deps.log.debug({ document: this.documentId, user: connection.userId, here: this.connections.size }, "joined");
  }

  leave(connection: Connection): void {
    if (!this.connections.delete(connection)) return;
    this.usedAt = this.#deps.now();
    this.#awareness.drop(connection);
    this.#shareAwareness();
  }

  receive(connection: Connection, frame: ClientFrame): void {
    switch (frame.type) {
      case "step1":
        return this.#answerStep1(connection, frame.stateVector);
      case "update":
        return this.#takeUpdate(connection, frame.bytes, frame.isStep2);
      case "awareness":
        return this.#takeAwareness(connection, frame.bytes);
      case "query-awareness":
        return this.#greet(connection);
      case "ephemeral":
        return this.#relay(connection, frame.json);
      case "unknown":
        return;
    }
  }

  /** Sends a frame to everyone that nobody misses when it is dropped. */
  broadcastPassing(frame: Buffer, except?: Connection): void {
    for (const connection of this.connections) if (connection !== except) connection.sendPassing(frame);
  }

  /** A socket has drained: one update with all it missed. */
  catchUp(connection: Connection): void {
    const { missedFrom } = connection;
    connection.missedFrom = null;
    if (missedFrom === null) return;
    const missed = this.#bytes.since(missedFrom);
    if (missed !== null) connection.sendWhole(updateFrame(missed));
    this.#greet(connection);
  }

  /**
   * Applies a named edit to the document as it is now, with everything on its way, and stores what it changed.
   * @throws whatever `change` throws; nothing is written then
   */
  edit(editId: string, change: (doc: Y.Doc) => void): Promise<EditOutcome> {
    const update = this.#changesOf(change);
    if (update === null) return Promise.resolve({ status: "stored", position: this.position, changed: false });
    return new Promise((settle) => {
      this.#log.submit({ bytes: update, content: inspectUpdate(update), edit: { id: editId, settle } });
    });
  }

  closeAll(code: CloseCode): void {
    for (const connection of [...this.connections]) connection.close(code);
  }

  /** Stores what is gathered. */
  settle(): Promise<void> {
    this.#log.flush();
    return this.#log.quiet();
  }

  /** The process's sweep came by. */
  sweep(now: number): void {
    for (const connection of this.connections) connection.sweep(now);
    this.#awareness.expire(now - limits.awarenessTimeoutMs);
    this.#shareAwareness();
    this.upkeep.sweep(now);
  }

  #answerStep1(connection: Connection, stateVector: Uint8Array): void {
    const isNewcomer = stateVector.length === 1 && stateVector[0] === 0;
    try {
      if (isNewcomer) {
        const parts = this.#bytes.forNewcomer();
        parts.forEach((part, i) => connection.sendWhole(i === parts.length - 1 ? step2Frame(part) : updateFrame(part)));
      } else {
        connection.sendWhole(step2Frame(this.#bytes.missingFrom(stateVector)));
      }
    } catch (error) {
      return this.#refuseFrame(connection, error);
    }
    connection.missedFrom = null;
    if (connection.askedBack) return;
    connection.askedBack = true;
    connection.sendWhole(step1Frame(this.#stored.stateVector()));
    this.#greet(connection);
    for (const frame of this.#deps.greeting(this.projectId)) connection.sendPassing(frame);
  }

  #takeUpdate(connection: Connection, bytes: Uint8Array, isStep2: boolean): void {
    let content: UpdateContent;
    try {
      content = inspectUpdate(bytes);
    } catch (error) {
      return this.#refuseFrame(connection, error);
    }
    connection.received += 1;
    const frames = connection.received;
    // Step 2 of a client that has the film always lists every delete there ever was; most bring nothing.
    const bringsNothing =
      isEmpty(content) || (isStep2 && this.#stored.holds(content, () => mergeInTree(this.#bytes.storedParts())));
    if (bringsNothing) {
      if (!connection.refused) this.#log.acknowledgeNothing(connection, frames);
      return;
    }
    const { role } = connection.person;
    if (role === "viewer" || role === "commenter") {
      connection.refused = true;
      this.#deps.metrics.refusedFrames += 1;
      return connection.sendPassing(deniedFrame(reasonFor[role]));
    }
    this.#deps.metrics.edits += 1;
    this.#log.submit({ bytes, content, author: { who: connection, frames } });
  }

  #takeAwareness(connection: Connection, update: Uint8Array): void {
    try {
      this.#awareness.take(connection, update, this.#deps.now());
    } catch (error) {
      return this.#refuseFrame(connection, error);
    }
    this.#shareAwareness();
  }

  #shareAwareness(): void {
    if (!this.#awareness.hasChanges || this.#awarenessTimer !== null) return;
    const waitMs = Math.max(0, this.#awarenessSentAt + limits.awarenessGatherMs - this.#deps.now());
    this.#awarenessTimer = setTimeout(() => {
      this.#awarenessTimer = null;
      this.#awarenessSentAt = this.#deps.now();
      const changes = this.#awareness.takeChanges();
      if (changes !== null) this.broadcastPassing(awarenessFrame(changes));
    }, waitMs);
  }

  #greet(connection: Connection): void {
    const everyone = this.#awareness.everyone();
    if (everyone !== null) connection.sendPassing(awarenessFrame(everyone));
  }

  /** A drag that is not dropped yet, from one editor to the others. */
  #relay(connection: Connection, json: string): void {
    if (!connection.canEdit) return;
    if (json.length > limits.maxEphemeralBytes) return this.#refuseFrame(connection, new Error("too large"));
    const parsed = EphemeralFrame.safeParse(parseJson(json));
    if (parsed.success && parsed.data.type === "drag")
      this.broadcastPassing(ephemeralFrame(JSON.stringify(parsed.data)), connection);
  }

  #refuseFrame(connection: Connection, error: unknown): void {
    this.#deps.metrics.badFrames += 1;
    this.#deps.log.info(
      { err: error, document: this.documentId, user: connection.userId },
      "closed a socket that sent a bad frame",
    );
    connection.close(4400);
  }

  #expel(authors: unknown[], error: unknown): void {
    for (const connection of [...this.connections])
      if (authors.includes(connection)) this.#refuseFrame(connection, error);
  }

  #show(bytes: Uint8Array): { stored: (position: number) => void } {
    const entry = this.#bytes.add(bytes, null);
    const frame = updateFrame(bytes);
    for (const connection of this.connections) connection.sendUpdate(frame, entry.sequence);
    return {
      stored: (position) => {
        entry.position = position;
      },
    };
  }

  #noteStored(contents: UpdateContent[], bytes: number): void {
    for (const content of contents) this.#stored.add(content);
    this.usedAt = this.#deps.now();
    this.upkeep.noteStored(bytes, this.usedAt);
  }

  #holdReading(isFull: boolean): void {
    this.#deps.log.warn(
      { document: this.documentId, isFull },
      isFull ? "too much is unstored; not reading" : "reading again",
    );
    for (const connection of this.connections) connection.holdReading("room", isFull);
  }

  /** Another instance wrote to this document: read on from where we are. */
  async #catchUp(): Promise<number> {
    for (;;) {
      try {
        const stored = await loadFilmDocument(this.#deps.sql, this.documentId);
        if (stored === null) return this.position;
        const isBehindSnapshot = stored.snapshot !== null && stored.snapshotPosition > this.position;
        if (isBehindSnapshot && stored.snapshot !== null) this.#takeForeign(stored.snapshotPosition, stored.snapshot);
        for (const row of stored.rows) if (row.position > this.position) this.#takeForeign(row.position, row.bytes);
        return this.#log.position;
      } catch (error) {
        this.#deps.log.warn({ err: error, document: this.documentId }, "could not read on; trying again");
        await sleep(500);
      }
    }
  }

  #takeForeign(position: number, bytes: Uint8Array): void {
    this.#show(bytes).stored(position);
    this.#stored.add(inspectUpdate(bytes));
    this.#log.position = position;
  }

  #changesOf(change: (doc: Y.Doc) => void): Uint8Array | null {
    const doc = new Y.Doc();
    try {
      doc.transact(() => {
        for (const part of [...this.#bytes.parts(), ...this.#log.hiddenParts()]) Y.applyUpdate(doc, part);
      });
      doc.clientID = this.#editClientId;
      const updates: Uint8Array[] = [];
      doc.on("update", (update: Uint8Array) => updates.push(update));
      change(doc);
      const update = mergeInTree(updates);
      return isEmpty(inspectUpdate(update)) ? null : update;
    } finally {
      doc.destroy();
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
