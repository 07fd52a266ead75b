/**
 * Keeps a room level with what other instances write to its log: takes the rows that they tell of, notices those that it
 * was not told of, and reads them.
 */
import type { Logger } from "pino";
import { limits } from "./limits.ts";
import type { RoomContent } from "./room-content.ts";
import { inspectUpdate, type UpdateContent } from "./updates.ts";

interface FollowerParts {
  content: RoomContent;
  /** Sends bytes to everyone here. */
  show: (bytes: Uint8Array) => { stored: (position: number) => void };
  /** A row of another instance is taken. */
  taken: (bytes: number) => void;
  log: Logger;
}

export class RoomFollower {
  readonly #parts: FollowerParts;
  #gapTimer: NodeJS.Timeout | null = null;
  #reading: Promise<void> | null = null;
  /** There was news while the log was being read, which that reading may not have seen. */
  #readAgain = false;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  /** A row that another instance wrote. @param bytes null when it is too large to be told */
  hear(position: number, bytes: Uint8Array | null): void {
    if (bytes === null) void this.readOn();
    else this.#take(position, bytes);
    this.watchGap();
  }

  /** The head of the log is there, as Postgres says. */
  async readTo(head: number): Promise<void> {
    if (head > this.#parts.content.positions.upTo) await this.readOn();
  }

  /** When a row below what we have does not come by itself, it is read. */
  watchGap(): void {
    const { positions } = this.#parts.content;
    if (!positions.hasGap || this.#gapTimer !== null) return;
    this.#gapTimer = setTimeout(() => {
      this.#gapTimer = null;
      if (positions.hasGap) void this.readOn();
    }, limits.gapMs);
  }

  stop(): void {
    if (this.#gapTimer !== null) clearTimeout(this.#gapTimer);
  }

  /** Reads what is in the log above what we have. */
  readOn(): Promise<void> {
    if (this.#reading !== null) {
      this.#readAgain = true;
      return this.#reading;
    }
    this.#reading = this.#readUntilLevel().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readUntilLevel(): Promise<void> {
    do {
      this.#readAgain = false;
      await this.#takeAllAbove();
    } while (this.#readAgain);
  }

  async #takeAllAbove(): Promise<void> {
    const { content, show } = this.#parts;
    for (const { position, bytes, isSnapshot } of await content.readOn()) {
      if (!isSnapshot) {
        this.#take(position, bytes);
      } else if (position > content.positions.upTo) {
        show(bytes).stored(position);
        content.noteStored(position, [inspectUpdate(bytes)]);
        content.positions.skipTo(position);
      }
    }
  }

  #take(position: number, bytes: Uint8Array): void {
    const { content, log } = this.#parts;
    if (content.positions.has(position)) return;
    let contents: UpdateContent[] = [];
    try {
      contents = [inspectUpdate(bytes)];
    } catch (error) {
      // It is in the log, wherever it came from; what reads the document next finds out, and names it.
      log.warn({ err: error, document: content.documentId, position }, "a row of another instance is no update");
    }
    this.#parts.show(bytes).stored(position);
    content.noteStored(position, contents);
    this.#parts.taken(bytes.length);
  }
}
