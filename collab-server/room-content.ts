/**
 * What a room knows of its document: the bytes, what of them is stored, which positions of the log it has. After a time
 * without edits it sleeps, and is read from Postgres again when somebody needs it.
 */
import type { Logger } from "pino";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "#db/client.ts";
import { loadFilmDocument, noteDamage, type StoredDocument } from "#db/queries/film-documents.ts";
import { eachCalmly } from "./calmly.ts";
import type { DocumentDesk } from "./documents/document-desk.ts";
import { LogPositions } from "./log-positions.ts";
import { RoomBytes } from "./room-bytes.ts";
import { inspectUpdate, StoredState, type UpdateContent } from "./updates.ts";

export interface ContentDeps {
  sql: Sql;
  desk: DocumentDesk;
  log: Logger;
}

export class RoomContent {
  readonly documentId: string;
  readonly generation: string;
  readonly bytes: RoomBytes;
  readonly positions: LogPositions;
  /** The document cannot be loaded whole: it is read-only, and this says why. */
  damage: string | null;
  /** What is stored; null until it was read from the bytes, and while asleep. */
  #stored: StoredState | null = null;
  /** Stored while that was not read yet. */
  #storedMeanwhile: UpdateContent[] = [];
  #loaded: StoredDocument | null;
  #waking: Promise<void> | null = null;
  #reading: Promise<void> | null = null;
  readonly #deps: ContentDeps;
  #unheard: () => void = () => {};

  /** @param loaded  the document as it was read just now */
  constructor(documentId: string, loaded: StoredDocument, deps: ContentDeps) {
    this.documentId = documentId;
    this.#deps = deps;
    this.generation = loaded.generation;
    this.damage = loaded.damage;
    this.bytes = new RoomBytes(loaded);
    this.positions = new LogPositions(headOf(loaded));
    this.#loaded = loaded;
  }

  /** Calls when there turns out to be more in the log than the room was told of. */
  onUnheard(read: () => void): void {
    this.#unheard = read;
  }

  get isAwake(): boolean {
    return this.bytes.isAwake;
  }
  /** What is stored, as a state vector. Only once it was `read`. */
  stateVector(): Uint8Array {
    if (this.#stored === null) throw new Error("the document was not read");
    return this.#stored.stateVector();
  }

  /** Whether all of an update is stored already; while that cannot be told, the answer is no. */
  holds(content: UpdateContent): boolean {
    return this.#stored?.holds(content) ?? false;
  }

  /** A row of ours or of another instance is in the log. */
  noteStored(position: number, contents: readonly UpdateContent[]): void {
    this.positions.add(position);
    if (this.#stored === null) this.#storedMeanwhile.push(...contents);
    else for (const content of contents) this.#stored.add(content);
  }

  sleep(): void {
    if (this.#reading === null) this.bytes.sleep();
    if (this.bytes.isAwake) return;
    this.#stored = null;
    this.#storedMeanwhile = [];
    this.#loaded = null;
  }

  /** Resolves once the bytes are in memory. @throws when Postgres is away, or the document is gone */
  wake(): Promise<void> {
    if (this.isAwake) return Promise.resolve();
    this.#waking ??= this.#load().finally(() => {
      this.#waking = null;
    });
    return this.#waking;
  }

  /** Resolves once it is known what the bytes hold; a document that cannot be read is named, and kept as far as it can. */
  async read(): Promise<void> {
    await this.wake();
    if (this.#stored !== null) return;
    this.#reading ??= this.#readLoaded().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** What others wrote above what we have, in order; tries until Postgres answers. A snapshot counts as one row. */
  async readOn(): Promise<{ position: number; bytes: Uint8Array; isSnapshot: boolean }[]> {
    for (;;) {
      try {
        const stored = await loadFilmDocument(this.#deps.sql, this.documentId, this.positions.upTo);
        if (stored === null) return [];
        const { snapshot, snapshotPosition } = stored;
        const rows = stored.rows.map((row) => ({ ...row, isSnapshot: false }));
        if (snapshot === null) return rows;
        return [{ position: snapshotPosition, bytes: snapshot, isSnapshot: true }, ...rows];
      } catch (error) {
        this.#deps.log.warn({ err: error, document: this.documentId }, "could not read on; trying again");
        await sleep(500);
      }
    }
  }

  /** The document turned out to be unreadable: names it for every instance, and keeps what can be read. */
  async markDamaged(why: string): Promise<void> {
    if (this.damage !== null) return;
    this.damage = why;
    await noteDamage(this.#deps.sql, this.documentId, why);
    const stored = await loadFilmDocument(this.#deps.sql, this.documentId);
    if (stored !== null) await this.#keepReadable(stored);
  }

  async #load(): Promise<void> {
    const loaded = await loadFilmDocument(this.#deps.sql, this.documentId);
    if (loaded === null) throw new Error(`${this.documentId} is gone`);
    this.bytes.wake(loaded, headOf(loaded));
    this.#loaded = loaded;
    // The room has it now; those who were in it while it slept were not shown it.
    if (headOf(loaded) > this.positions.upTo) this.#unheard();
  }

  async #readLoaded(): Promise<void> {
    const loaded = this.#loaded;
    if (loaded === null) throw new Error("the document was not loaded");
    if (this.damage !== null) return this.#keepReadable(loaded);
    try {
      const state = new StoredState(loaded.snapshot, loaded.outline);
      await eachCalmly(loaded.rows, (row) => state.add(inspectUpdate(row.bytes)));
      for (const content of this.#storedMeanwhile.splice(0)) state.add(content);
      this.#stored = state;
      this.#loaded = null;
    } catch (error) {
      await this.markDamaged(error instanceof Error ? error.message : String(error));
    }
  }

  async #keepReadable(stored: StoredDocument): Promise<void> {
    const { bytes, leftOut } = await this.#deps.desk.ask<"salvage">({ kind: "salvage", parts: partsOf(stored) });
    this.bytes.replaceStored(bytes);
    this.#stored = new StoredState(bytes, null);
    this.#loaded = null;
    this.#deps.log.error(
      { document: this.documentId, damage: this.damage, rowsLeftOut: leftOut },
      "a document is damaged; it is read-only until somebody mends it",
    );
  }
}

const headOf = (stored: StoredDocument): number => stored.rows.at(-1)?.position ?? stored.snapshotPosition;

const partsOf = ({ snapshot, rows }: StoredDocument): Uint8Array[] => [
  ...(snapshot === null ? [] : [snapshot]),
  ...rows.map((row) => row.bytes),
];
