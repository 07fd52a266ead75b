/**
 * What a room owes Postgres besides its edits: a short log, versions as it grows, and a title and time of change for
 * lists of films.
 */
import type { Logger } from "pino";
import type { Sql } from "#db/client.ts";
import { refreshFilmIndex, storeSnapshot, type StoredDocument } from "#db/queries/film-documents.ts";
import { dropFilmVersions, keepFilmVersion, listFilmVersions, type KeptVersion } from "#db/queries/film-versions.ts";
import { isVersionDue, versionsToDrop } from "#domain/film/kept-versions.ts";
import type { Id } from "#domain/ids.ts";
import { UnreadableDocument } from "./documents/apply-parts.ts";
import type { DocumentDesk } from "./documents/document-desk.ts";
import { limits } from "./limits.ts";
import type { RoomContent } from "./room-content.ts";

interface UpkeepDeps {
  sql: Sql;
  desk: DocumentDesk;
  log: Logger;
  now: () => number;
}
/** The room as far as its upkeep needs it. */
interface Kept {
  readonly projectId: Id;
  readonly documentId: string;
  readonly content: RoomContent;
}

export class RoomUpkeep {
  readonly #room: Kept;
  readonly #deps: UpkeepDeps;
  readonly #compactRows: number;
  #snapshotPosition: number;
  #bytesSinceSnapshot: number;
  #nextCompactionAt = 0;
  #isIndexStale = false;
  #indexedAt: number;
  #editedAt = 0;
  #isIndexing = false;
  #isCompacting = false;
  /** Read at the first compaction. */
  #versions: KeptVersion[] | null = null;

  constructor(room: Kept, stored: StoredDocument, deps: UpkeepDeps) {
    this.#room = room;
    this.#deps = deps;
    this.#compactRows = limits.compactRows + spread(room.documentId, limits.compactRows / 5);
    this.#indexedAt = deps.now();
    this.#snapshotPosition = stored.snapshotPosition;
    this.#bytesSinceSnapshot = stored.rows.reduce((sum, row) => sum + row.bytes.length, 0);
  }

  /** Something of it is under way, or due. */
  get isBusy(): boolean {
    return this.#isCompacting || this.#isIndexing || this.#isIndexStale;
  }
  get rowsSinceSnapshot(): number {
    return this.#room.content.positions.upTo - this.#snapshotPosition;
  }

  noteStored(bytes: number, now: number): void {
    this.#isIndexStale = true;
    this.#editedAt = now;
    this.#bytesSinceSnapshot += bytes;
    const isLong = this.rowsSinceSnapshot > this.#compactRows || this.#bytesSinceSnapshot > limits.compactTailBytes;
    if (isLong && !this.#isCompacting && now >= this.#nextCompactionAt) setImmediate(() => void this.compact());
  }

  sweep(now: number): void {
    if (!this.#isIndexStale || this.#isIndexing) return;
    const isDue = now - this.#editedAt >= limits.indexAfterQuietMs || now - this.#indexedAt >= limits.indexEveryMs;
    if (isDue) void this.refreshIndex();
  }

  /** Writes the snapshot anew and drops the log below it. Never throws: at worst the log stays as it is. */
  async compact(): Promise<void> {
    const { documentId, content } = this.#room;
    const { bytes, positions } = content;
    if (this.#isCompacting || content.damage !== null || positions.upTo === this.#snapshotPosition) return;
    this.#isCompacting = true;
    let condensed: { bytes: Uint8Array; position: number } | null = null;
    let isBegun = false;
    try {
      await content.wake();
      const position = positions.upTo;
      isBegun = true;
      const made = await this.#deps.desk.ask<"condense">({ kind: "condense", parts: bytes.beginCondensing() });
      // When another instance has compacted further, there is nothing left to do either.
      if (await storeSnapshot(this.#deps.sql, documentId, position, made)) condensed = { bytes: made.bytes, position };
      this.#snapshotPosition = position;
      this.#bytesSinceSnapshot = 0;
      this.#deps.log.debug({ document: documentId, position, bytes: made.bytes.length }, "compacted");
      if (condensed !== null) await this.#keepVersion(condensed);
    } catch (error) {
      this.#nextCompactionAt = this.#deps.now() + limits.compactionRetryMs;
      await this.#report(error, "could not compact; the log stays as it is");
    } finally {
      if (isBegun && content.damage === null) bytes.endCondensing(condensed);
      this.#isCompacting = false;
    }
  }

  /** Brings the project's title and time of change in Postgres up to date. Never throws. */
  async refreshIndex(): Promise<void> {
    if (!this.#isIndexStale || this.#isIndexing) return;
    this.#isIndexStale = false;
    this.#isIndexing = true;
    this.#indexedAt = this.#deps.now();
    try {
      await this.#room.content.wake();
      const parts = this.#room.content.bytes.storedParts();
      const { title } = await this.#deps.desk.ask<"title">({ kind: "title", parts });
      await refreshFilmIndex(this.#deps.sql, this.#room.projectId, title);
    } catch (error) {
      this.#isIndexStale = this.#room.content.damage === null;
      await this.#report(error, "could not refresh the film's title");
    } finally {
      this.#isIndexing = false;
    }
  }

  async #keepVersion(made: { bytes: Uint8Array; position: number }): Promise<void> {
    const { sql, now } = this.#deps;
    const { documentId } = this.#room;
    const versions = (this.#versions ??= await listFilmVersions(sql, documentId));
    if (!isVersionDue(versions.at(-1)?.createdAt.getTime() ?? null, now())) return;
    const version = { position: made.position, createdAt: new Date(now()) };
    await keepFilmVersion(sql, documentId, { ...version, bytes: made.bytes });
    versions.push(version);
    const drop = new Set(versionsToDrop(versions, now()).map(({ position }) => position));
    if (drop.size > 0) await dropFilmVersions(sql, documentId, [...drop]);
    this.#versions = versions.filter(({ position }) => !drop.has(position));
  }

  async #report(error: unknown, what: string): Promise<void> {
    this.#deps.log.warn({ err: error, document: this.#room.documentId }, what);
    if (!(error instanceof UnreadableDocument)) return;
    await this.#room.content
      .markDamaged(error.message)
      .catch((failed: unknown) => this.#deps.log.warn({ err: failed }, "could not name a damaged document"));
  }
}

/** From −most to most, always the same for a document: rooms that became busy together do not compact together. */
function spread(documentId: string, most: number): number {
  let hash = 0;
  for (const letter of documentId) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  return Math.round(((hash % 1000) / 500 - 1) * most);
}
