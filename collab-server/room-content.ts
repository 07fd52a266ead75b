/**
 * What a room knows of its document: the bytes, what of them is stored, which positions of the log it has. After a time
 * without edits it sleeps, and is read from Postgres again when somebody needs it.
 */
import type { Logger } from "pino";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "#db/client.ts";
import { loadFilmDocument, noteDamage, type StoredDocument } from "#db/queries/film-documents.ts";
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
  /** Null while asleep. */
  #stored: StoredState | null;
  #waking: Promise<void> | null = null;
  readonly #deps: ContentDeps;

  private constructor(documentId: string, stored: StoredDocument, deps: ContentDeps) {
    this.documentId = documentId;
    this.#deps = deps;
    this.generation = stored.generation;
    this.damage = stored.damage;
    this.bytes = new RoomBytes(stored);
    this.positions = new LogPositions(headOf(stored));
    this.#stored = new StoredState(null, null);
  }

  /** The document as it was read just now; one that cannot be read whole is named, and kept as far as it can. */
  static async open(documentId: string, stored: StoredDocument, deps: ContentDeps): Promise<RoomContent> {
    const content = new RoomContent(documentId, stored, deps);
    await content.#take(stored);
    return content;
  }

  get isAwake(): boolean {
    return this.#stored !== null;
  }
  /** What is stored, as a state vector. Only while awake. */
  stateVector(): Uint8Array {
    if (this.#stored === null) throw new Error("the document is asleep");
    return this.#stored.stateVector();
  }

  /** Whether all of an update is stored already; asleep it cannot be told, and the answer is no. */
  holds(content: UpdateContent): boolean {
    return this.#stored?.holds(content) ?? false;
  }

  /** A row of ours or of another instance is in the log. */
  noteStored(position: number, contents: readonly UpdateContent[]): void {
    this.positions.add(position);
    for (const content of contents) this.#stored?.add(content);
  }

  sleep(): void {
    this.bytes.sleep();
    if (!this.bytes.isAwake) this.#stored = null;
  }

  /** Resolves once the document is in memory. @throws when Postgres is away, or the document is gone */
  wake(): Promise<void> {
    if (this.isAwake) return Promise.resolve();
    this.#waking ??= this.#read().finally(() => {
      this.#waking = null;
    });
    return this.#waking;
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

  async #take(stored: StoredDocument): Promise<void> {
    if (this.damage !== null) return this.#keepReadable(stored);
    try {
      this.#stored = stateOf(stored);
    } catch (error) {
      await this.markDamaged(error instanceof Error ? error.message : String(error));
    }
  }

  async #keepReadable(stored: StoredDocument): Promise<void> {
    const { bytes, leftOut } = await this.#deps.desk.ask<"salvage">({ kind: "salvage", parts: partsOf(stored) });
    this.bytes.replaceStored(bytes);
    this.#stored = new StoredState(bytes, null);
    this.#deps.log.error(
      { document: this.documentId, damage: this.damage, rowsLeftOut: leftOut },
      "a document is damaged; it is read-only until somebody mends it",
    );
  }

  async #read(): Promise<void> {
    const stored = await loadFilmDocument(this.#deps.sql, this.documentId);
    if (stored === null) throw new Error(`${this.documentId} is gone`);
    if (this.isAwake) return;
    this.bytes.wake(stored, headOf(stored));
    this.positions.skipTo(headOf(stored));
    await this.#take(stored);
  }
}

const headOf = (stored: StoredDocument): number => stored.rows.at(-1)?.position ?? stored.snapshotPosition;

const partsOf = ({ snapshot, rows }: StoredDocument): Uint8Array[] => [
  ...(snapshot === null ? [] : [snapshot]),
  ...rows.map((row) => row.bytes),
];

function stateOf({ snapshot, outline, rows }: StoredDocument): StoredState {
  const state = new StoredState(snapshot, outline);
  for (const row of rows) state.add(inspectUpdate(row.bytes));
  return state;
}
