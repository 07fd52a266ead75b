/**
 * The stored form of film documents. One row of the log per room and tick, positions without gaps; the snapshot holds
 * everything up to its position and the rows at or below it are gone. Written by collab-server only.
 */
import { and, asc, eq, gt } from "drizzle-orm";
import type { Db, Sql } from "#db/client.ts";
import { filmDocuments, filmUpdates } from "#db/schema/film.ts";
import { documentIdOf, type Id } from "#domain/ids.ts";
import { storable } from "#domain/storable-text.ts";

export interface StoredDocument {
  /** A Yjs v1 update with everything up to `snapshotPosition`; null while nothing was compacted yet. */
  snapshot: Uint8Array | null;
  snapshotPosition: number;
  /** The log above the snapshot, in order. */
  rows: StoredRow[];
}
interface StoredRow {
  position: number;
  bytes: Uint8Array;
}

/** What to append for one document. `position` is the next one as far as the writer knows. */
export interface LogRow {
  documentId: string;
  position: number;
  bytes: Uint8Array;
  /** Named edits that are part of these bytes. */
  editIds: readonly string[];
}

/**
 * Makes the document's row if its project exists and is not deleted.
 * @returns whether there is such a document now
 */
export async function ensureFilmDocument(sql: Sql, projectId: Id): Promise<boolean> {
  const rows = await sql`
    with made as (
      insert into film_documents (id, project_id)
      select ${documentIdOf(projectId)}, id from projects where id = ${projectId} and deleted_at is null
      on conflict (id) do nothing
    )
    select 1 from projects where id = ${projectId} and deleted_at is null`;
  return rows.length > 0;
}

/** Reads snapshot and log as of one moment. @returns null when there is no such document */
export async function loadFilmDocument(sql: Sql, documentId: string): Promise<StoredDocument | null> {
  return sql.begin("isolation level repeatable read read only", async (tx) => {
    const [document] = await tx<{ snapshot: Buffer | null; position: string }[]>`
      select snapshot, snapshot_position as position from film_documents where id = ${documentId}`;
    if (document === undefined) return null;
    const snapshotPosition = Number(document.position);
    const rows = await tx<{ position: string; bytes: Buffer }[]>`
      select position, bytes from film_updates
      where document_id = ${documentId} and position > ${snapshotPosition} order by position`;
    return {
      snapshot: document.snapshot,
      snapshotPosition,
      rows: rows.map((row) => ({ position: Number(row.position), bytes: row.bytes })),
    };
  });
}

/**
 * Appends rows of several documents in one commit, together with the ids of the named edits in them.
 *
 * A row is left out when its position is taken or lies below the snapshot: another instance was faster, or this is a
 * second try of a commit whose answer got lost. The lock keeps a compaction from moving the snapshot meanwhile.
 * @returns keys (see {@link rowKey}) of the rows that were written now
 */
export async function appendFilmUpdates(sql: Sql, rows: readonly LogRow[]): Promise<Set<string>> {
  const edits = rows.flatMap((row) => row.editIds.map((editId) => ({ ...row, editId })));
  const written = await sql<{ document_id: string; position: string }[]>`
    with documents as (
      select id, snapshot_position from film_documents
      where id = any(${rows.map((row) => row.documentId)}::text[]) order by id for share
    ), given as (
      select document_id, position, decode(hex, 'hex') as bytes from unnest(
        ${rows.map((row) => row.documentId)}::text[],
        ${rows.map((row) => row.position)}::bigint[],
        ${rows.map((row) => bufferOf(row.bytes).toString("hex"))}::text[]
      ) as given (document_id, position, hex)
    ), logged as (
      insert into film_updates (document_id, position, bytes)
      select given.document_id, given.position, given.bytes
      from given join documents on documents.id = given.document_id
      where given.position > documents.snapshot_position
      on conflict (document_id, position) do nothing
      returning document_id, position
    ), noted as (
      insert into film_edits (document_id, edit_id, position)
      select edit.document_id, edit.edit_id, edit.position
      from unnest(
        ${edits.map((edit) => edit.documentId)}::text[],
        ${edits.map((edit) => edit.editId)}::text[],
        ${edits.map((edit) => edit.position)}::bigint[]
      ) as edit (document_id, edit_id, position)
      join logged on logged.document_id = edit.document_id and logged.position = edit.position
      on conflict do nothing
    )
    select document_id, position from logged`;
  return new Set(written.map((row) => rowKey({ documentId: row.document_id, position: Number(row.position) })));
}

export function rowKey(row: Pick<LogRow, "documentId" | "position">): string {
  return `${row.documentId} ${row.position}`;
}

/** What stands at a row's place: these very bytes, something else, or nothing because the document is gone. */
export async function readRowPlace(sql: Sql, row: LogRow): Promise<"same" | "other" | "gone"> {
  const [found] = await sql<{ bytes: Buffer | null }[]>`
    select u.bytes from film_documents d
    left join film_updates u on u.document_id = d.id and u.position = ${row.position}
    where d.id = ${row.documentId}`;
  if (found === undefined) return "gone";
  return found.bytes !== null && found.bytes.equals(row.bytes) ? "same" : "other";
}

/** @returns the position that holds the named edit, or null when it was not applied yet */
export async function findFilmEdit(sql: Sql, documentId: string, editId: string): Promise<number | null> {
  const [row] = await sql<{ position: string }[]>`
    select position from film_edits where document_id = ${documentId} and edit_id = ${editId}`;
  return row === undefined ? null : Number(row.position);
}

/** Notes a named edit that changed nothing, so that a repeat is a no-op too. */
export async function noteFilmEdit(sql: Sql, documentId: string, editId: string, position: number): Promise<void> {
  await sql`
    insert into film_edits (document_id, edit_id, position) values (${documentId}, ${editId}, ${position})
    on conflict do nothing`;
}

/**
 * Puts a snapshot in the place of the log up to `position`.
 * @returns false when another instance has compacted further; then nothing was changed
 */
export async function storeSnapshot(
  sql: Sql,
  documentId: string,
  position: number,
  snapshot: Uint8Array,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const moved = await tx`
      update film_documents
      set snapshot = ${bufferOf(snapshot)}, snapshot_position = ${position}, updated_at = now()
      where id = ${documentId} and snapshot_position < ${position}`;
    if (moved.count === 0) return false;
    await tx`delete from film_updates where document_id = ${documentId} and position <= ${position}`;
    return true;
  });
}

/** Refreshes what lists show of a film: its title, when it has one, and when it was last changed. */
export async function refreshFilmIndex(sql: Sql, projectId: Id, title: string | null): Promise<void> {
  const kept = storable(title);
  await sql`update projects set title = coalesce(${kept}, title), updated_at = now() where id = ${projectId}`;
}

/** @returns the updates that make up a document, to be applied in order; null when there is none */
export async function readFilmDocument(db: Db, documentId: string): Promise<Uint8Array[] | null> {
  return db.transaction(
    async (tx) => {
      const [document] = await tx
        .select({ snapshot: filmDocuments.snapshot, position: filmDocuments.snapshotPosition })
        .from(filmDocuments)
        .where(eq(filmDocuments.id, documentId));
      if (document === undefined) return null;
      const rows = await tx
        .select({ bytes: filmUpdates.bytes })
        .from(filmUpdates)
        .where(and(eq(filmUpdates.documentId, documentId), gt(filmUpdates.position, document.position)))
        .orderBy(asc(filmUpdates.position));
      return [...(document.snapshot === null ? [] : [document.snapshot]), ...rows.map((row) => row.bytes)];
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
