/**
 * One open document: who is connected, and what they, Postgres and the other instances say. The room answers sync step 1
 * only from loaded bytes, and before it asks its own, so that an empty client never overwrites a full room.
 */
import type { Logger } from "pino";
import type { Sql } from "#db/client.ts";
import { readLogHeads, type StoredDocument } from "#db/queries/film-documents.ts";
import type { RoomNews } from "#domain/collab/backplane.ts";
import type { CloseCode } from "#domain/collab/close-codes.ts";
import type { FilmEdit } from "#domain/collab/film-edits.ts";
import { documentIdOf, type Id } from "#domain/ids.ts";
import type { Backplane } from "./backplane.ts";
import { CommentGate } from "./comment-gate.ts";
import type { Connection } from "./connection.ts";
import { UnreadableDocument } from "./documents/apply-parts.ts";
import type { DocumentDesk } from "./documents/document-desk.ts";
import { framed, generationMessage, updateMessage, type ClientFrame, type Message } from "./frames.ts";
import { limits } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import type { RoomContent } from "./room-content.ts";
import { RoomEdits, type AppliedEdit } from "./room-edits.ts";
import { RoomFollower } from "./room-follower.ts";
import { RoomLog } from "./room-log.ts";
import { RoomPresence } from "./room-presence.ts";
import { RoomUpkeep } from "./room-upkeep.ts";
import type { LogWriter } from "./store/log-writer.ts";
import type { Ticker } from "./ticker.ts";
import { UnstoredBytes } from "./unstored-bytes.ts";
import { RoomWelcome } from "./room-welcome.ts";
import { UpdateIntake } from "./update-intake.ts";
import type { UpdateContent } from "./updates.ts";

export interface RoomDeps {
  sql: Sql;
  writer: LogWriter;
  /** A thread for what takes long; and here, for what is over sooner than asking a thread. */
  desk: DocumentDesk;
  deskHere: DocumentDesk;
  backplane: Backplane;
  /** When edits leave, and when what passes does. */
  editTicker: Ticker;
  passingTicker: Ticker;
  /** What all rooms together have on its way to Postgres. */
  unstored: UnstoredBytes;
  metrics: Metrics;
  log: Logger;
  now: () => number;
  /** What a newcomer gets besides the document: the progress of running jobs. */
  greeting: (projectId: Id) => Message[];
}

export class Room {
  readonly projectId: Id;
  readonly documentId: string;
  readonly connections = new Set<Connection>();
  readonly content: RoomContent;
  readonly upkeep: RoomUpkeep;
  /** Who is here, and what passes between them. */
  readonly presence: RoomPresence;
  readonly #deps: RoomDeps;
  readonly #log: RoomLog;
  readonly #edits: RoomEdits;
  readonly #intake: UpdateIntake;
  readonly #follower: RoomFollower;
  readonly #comments: CommentGate;
  readonly #welcome: RoomWelcome;
  readonly #leaveBackplane: () => void;
  #joins = 0;
  /** Instances whose edits were shown here before they were stored. */
  readonly #shownBeforeStored = new Set<string>();
  readonly #unstored = new UnstoredBytes(limits.maxUnstoredBytes, (hold) => this.holdReading(hold));
  /** When somebody last came, left or changed something. */
  usedAt: number;
  #editedAt: number;

  /** @param stored  as read just now; its content is `content` */
  constructor(projectId: Id, stored: StoredDocument, content: RoomContent, deps: RoomDeps) {
    this.projectId = projectId;
    this.documentId = documentIdOf(projectId);
    this.#deps = deps;
    this.usedAt = deps.now();
    this.#editedAt = this.usedAt;
    this.content = content;
    this.presence = new RoomPresence({
      connections: this.connections,
      ticker: deps.passingTicker,
      say: (news) => deps.backplane.say(projectId, news),
      now: deps.now,
    });
    this.#log = new RoomLog(
      this.documentId,
      deps.writer,
      {
        show: (bytes) => this.#show(bytes),
        late: (bytes) => deps.backplane.say(projectId, { kind: "late", bytes }),
        stored: (position, bytes, contents) => this.#noteStored(position, bytes, contents),
        gone: () => this.closeAll(4404),
        unstored: (change) => {
          this.#unstored.add(change);
          deps.unstored.add(change);
        },
        unmergeable: (authors, error) => {
          for (const connection of [...this.connections])
            if (authors.includes(connection)) this.#refuseFrame(connection, error);
        },
      },
      deps.editTicker,
      deps.now,
    );
    this.#edits = new RoomEdits(content, this.#log, () => this.#follower.readOn(), deps);
    this.#comments = new CommentGate(content, () => this.#log.hiddenParts(), deps.desk);
    this.#intake = new UpdateIntake({
      content,
      log: this.#log,
      comments: this.#comments,
      metrics: deps.metrics,
      logger: deps.log,
    });
    this.#follower = new RoomFollower({
      content,
      show: (bytes) => this.#show(bytes),
      taken: (bytes) => this.upkeep.noteStored(bytes, deps.now()),
      log: deps.log,
    });
    this.#welcome = new RoomWelcome({
      content,
      desk: deps.desk,
      deskHere: deps.deskHere,
      hasOthers: () => deps.backplane.others > 0,
      readToHead: () => this.#readToHead(),
      greet: (connection) => this.presence.greet(connection),
      news: () => deps.greeting(projectId),
      refuse: (connection, error) => this.#refuseFrame(connection, error),
      unreadable: (error) => this.#noteUnreadable(error),
      log: deps.log,
    });
    content.onUnheard(() => void this.#follower.readOn());
    this.upkeep = new RoomUpkeep(this, stored, deps);
    this.#leaveBackplane = deps.backplane.open(projectId, (from, news) => this.#hear(from, news));
  }

  get unstoredBytes(): number {
    return this.#unstored.bytes;
  }
  get isIdle(): boolean {
    return this.connections.size === 0 && this.#log.isQuiet;
  }

  /** @param wantsGeneration  the client keeps copies, and is told first which document this is */
  join(connection: Connection, wantsGeneration = false): void {
    this.usedAt = this.#deps.now();
    this.connections.add(connection);
    this.#joins += 1;
    connection.joined = this.#joins;
    if (wantsGeneration) connection.send(generationMessage(this.content.generation));
    this.#deps.log.debug({ document: this.documentId, user: connection.userId, here: this.connections.size }, "joined");
  }

  leave(connection: Connection): void {
    if (!this.connections.delete(connection)) return;
    this.usedAt = this.#deps.now();
    this.presence.drop(connection);
    if (![...this.connections].some(({ person }) => person.role === "commenter")) this.#comments.close();
  }

  receive(connection: Connection, frame: ClientFrame): void {
    try {
      this.#take(connection, frame);
    } catch (error) {
      this.#refuseFrame(connection, error);
    }
  }

  /** A socket has drained: all it missed. */
  catchUp(connection: Connection): void {
    const { missedFrom } = connection;
    connection.missedFrom = null;
    if (missedFrom === null) return;
    // A room with somebody behind does not sleep, so the bytes are there.
    for (const part of this.content.bytes.since(missedFrom).parts) connection.send(updateMessage(part));
    this.presence.greet(connection);
  }

  /**
   * Applies a named edit to the document as it is now, with everything on its way, and stores what it changed.
   * @throws StudioError when the edit cannot be made; nothing is written then
   */
  async edit(editId: string, edit: FilmEdit): Promise<AppliedEdit> {
    this.usedAt = this.#deps.now();
    try {
      return await this.#edits.apply(editId, edit);
    } catch (error) {
      await this.#noteUnreadable(error);
      throw error;
    }
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
    this.presence.sweep(now);
    this.upkeep.sweep(now);
    if (this.content.isAwake && now - this.#editedAt > limits.hibernateAfterMs) this.#hibernate();
  }

  /** The head of the log is there, as Postgres says: reads what we were not told of. */
  readTo(head: number): Promise<void> {
    return this.#follower.readTo(head);
  }

  /** Another instance is gone, and the people on it. */
  dropInstance(instance: string): void {
    this.presence.dropInstance(instance);
    if (this.#shownBeforeStored.delete(instance)) void this.#welcome.askForUnstored(this.connections);
  }

  /** Nobody is here any more: the room is forgotten. */
  close(): void {
    this.#follower.stop();
    this.#leaveBackplane();
  }

  async #readToHead(): Promise<void> {
    const heads = await readLogHeads(this.#deps.sql, [this.documentId]);
    await this.readTo(heads.get(this.documentId) ?? 0);
  }

  async #noteUnreadable(error: unknown): Promise<void> {
    if (error instanceof UnreadableDocument) await this.content.markDamaged(error.message).catch(() => undefined);
  }

  /** @throws Error when the frame is malformed, or says what this socket may not */
  #take(connection: Connection, frame: ClientFrame): void {
    switch (frame.type) {
      case "step1":
        return void this.#welcome.answer(connection, frame.stateVector);
      case "update":
        return this.#intake.take(connection, frame.bytes, frame.isStep2);
      case "awareness":
        return this.presence.takeAwareness(connection, frame.bytes);
      case "query-awareness":
        return this.presence.greet(connection);
      case "ephemeral":
        return this.presence.relayDrag(connection, frame.json);
      case "unknown":
        return;
    }
  }

  #refuseFrame(connection: Connection, error: unknown): void {
    this.#deps.metrics.badFrames += 1;
    this.#deps.log.info(
      { err: error, document: this.documentId, user: connection.userId },
      "closed a socket that sent a bad frame",
    );
    connection.close(4400);
  }

  #show(bytes: Uint8Array): { stored: (position: number) => void } {
    const entry = this.content.bytes.add(bytes, null);
    this.#editedAt = this.#deps.now();
    const frame = framed(updateMessage(bytes));
    for (const connection of this.connections) connection.sendUpdate(frame, entry.sequence);
    return {
      stored: (position) => {
        entry.position = position;
      },
    };
  }

  #noteStored(position: number, bytes: Uint8Array, contents: UpdateContent[]): void {
    this.content.noteStored(position, contents);
    this.#deps.backplane.say(this.projectId, { kind: "stored", position, bytes });
    this.usedAt = this.#deps.now();
    this.upkeep.noteStored(bytes.length, this.usedAt);
    this.#follower.watchGap();
  }

  /** Too much waits for Postgres, here or in all rooms together: nothing more is read; or it is again. */
  holdReading(hold: boolean): void {
    this.#deps.log.warn(
      { document: this.documentId, unstoredBytes: this.unstoredBytes },
      hold ? "too much is unstored; not reading" : "reading again",
    );
    for (const connection of this.connections) connection.holdReading(hold);
  }

  #hibernate(): void {
    const everybodyHasAll = [...this.connections].every((connection) => connection.isUpToDate);
    if (!everybodyHasAll || !this.#log.isQuiet || this.upkeep.isBusy || this.content.damage !== null) return;
    // A long log is made short first, so that waking is quick.
    if (this.upkeep.rowsSinceSnapshot > limits.rowsAsleep) return void this.upkeep.compact();
    this.content.sleep();
  }

  #hear(from: string, news: RoomNews): void {
    switch (news.kind) {
      case "hello":
        return this.presence.introduce();
      case "awareness":
        return this.presence.hearAwareness(from, news.bytes);
      case "drag":
        return this.presence.hearDrag(from, news.json);
      case "late": {
        // Shown and not kept: once stored it comes again, with its position.
        this.#shownBeforeStored.add(from);
        const frame = framed(updateMessage(news.bytes));
        for (const connection of this.connections) connection.sendPassing(frame);
        return;
      }
      case "stored":
        return this.#follower.hear(news.position, news.bytes);
    }
  }
}
