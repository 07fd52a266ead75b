/** What a room owes Postgres besides its edits: a short log, and a title and time of change for lists of films. */
import type { Logger } from "pino";
import type { Sql } from "#db/client.ts";
import { refreshFilmIndex, storeSnapshot, type StoredDocument } from "#db/queries/film-documents.ts";
import type { Id } from "#domain/ids.ts";
import type { Condenser } from "./condenser.ts";
import { limits } from "./limits.ts";
import type { RoomBytes } from "./room-bytes.ts";

interface UpkeepDeps {
  sql: Sql;
  condenser: Condenser;
  log: Logger;
  now: () => number;
}
/** The room as far as its upkeep needs it; the position is the last one stored. */
interface Kept {
  readonly projectId: Id;
  readonly documentId: string;
  readonly position: number;
}

export class RoomUpkeep {
  readonly #room: Kept;
  readonly #bytes: RoomBytes;
  readonly #deps: UpkeepDeps;
  #snapshotPosition: number;
  #bytesSinceSnapshot: number;
  #nextCompactionAt = 0;
  #isIndexStale = false;
  #indexedAt = 0;
  isCompacting = false;

  constructor(room: Kept, bytes: RoomBytes, stored: StoredDocument, deps: UpkeepDeps) {
    this.#room = room;
    this.#bytes = bytes;
    this.#deps = deps;
    this.#snapshotPosition = stored.snapshotPosition;
    this.#bytesSinceSnapshot = stored.rows.reduce((sum, row) => sum + row.bytes.length, 0);
  }

  noteStored(bytes: number, now: number): void {
    this.#isIndexStale = true;
    this.#bytesSinceSnapshot += bytes;
    const rows = this.#room.position - this.#snapshotPosition;
    const isLong = rows > limits.compactRows || this.#bytesSinceSnapshot > limits.compactTailBytes;
    if (isLong && now >= this.#nextCompactionAt) setImmediate(() => void this.compact());
  }

  sweep(now: number): void {
    const everyMs = this.#bytes.size > limits.largeDocumentBytes ? 12 * limits.indexEveryMs : limits.indexEveryMs;
    if (this.#isIndexStale && now - this.#indexedAt >= everyMs) void this.refreshIndex();
  }

  /** Writes the snapshot anew and drops the log below it. Never throws: at worst the log stays as it is. */
  async compact(): Promise<void> {
    const { documentId, position } = this.#room;
    if (this.isCompacting || position === this.#snapshotPosition) return;
    this.isCompacting = true;
    let condensed: { bytes: Uint8Array; position: number } | null = null;
    try {
      const { bytes } = await this.#deps.condenser.condense(this.#bytes.beginCondensing(), true);
      // When another instance has compacted further, there is nothing left to do either.
      if (bytes !== null && (await storeSnapshot(this.#deps.sql, documentId, position, bytes))) {
        condensed = { bytes, position };
      }
      this.#snapshotPosition = position;
      this.#bytesSinceSnapshot = 0;
      this.#deps.log.debug({ document: documentId, position, bytes: bytes?.length }, "compacted");
    } catch (error) {
      this.#nextCompactionAt = this.#deps.now() + limits.compactionRetryMs;
      this.#deps.log.warn({ err: error, document: documentId }, "could not compact; the log stays as it is");
    } finally {
      this.#bytes.endCondensing(condensed);
      this.isCompacting = false;
    }
  }

  /** Brings the project's title and time of change in Postgres up to date. Never throws. */
  async refreshIndex(): Promise<void> {
    if (!this.#isIndexStale) return;
    this.#isIndexStale = false;
    this.#indexedAt = this.#deps.now();
    try {
      const { title } = await this.#deps.condenser.condense(this.#bytes.storedParts(), false);
      await refreshFilmIndex(this.#deps.sql, this.#room.projectId, title);
    } catch (error) {
      this.#isIndexStale = true;
      this.#deps.log.warn({ err: error, document: this.#room.documentId }, "could not refresh the film's title");
    }
  }
}
