/**
 * The stored form of film documents. One row of the log per room and tick; positions without gaps, given out under the
 * lock of the document's row, so that any number of collab-servers append to one film and none has to own it. The
 * snapshot holds everything up to its position and the rows at or below it are gone. Written by collab-server only.
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
  /** State vector and deletes of the snapshot, as `Y.encodeSnapshot` writes them; null when not known. */
  outline: Uint8Array | null;
  /** The log above the snapshot, in order. */
  rows: StoredRow[];
  /** New whenever the document was begun anew. */
  generation: string;
  /** Why it cannot be loaded whole; null when all is well. */
  damage: string | null;
}
interface StoredRow {
  position: number;
  bytes: Uint8Array;
}

/** What to append to one document. A statement takes at most one row of each. */
export interface LogRow {
  documentId: string;
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

/** A larger snapshot is read in slices: turning it from text to bytes would hold up everybody else for that long. */
const sliceBytes = 256 * 1024;

interface PartRow {
  kind: "head" | "row";
  position: string;
  bytes: Buffer | null;
  /** Of the snapshot, when it has to be read in slices. */
  length: number | null;
  outline: Buffer | null;
  generation: string | null;
  damage: string | null;
}

/**
 * Reads the snapshot and the log above it, as of one moment.
 * @param above  leaves out what is at or below this position, the snapshot too when it is
 * @returns null when there is no such document
 */
export async function loadFilmDocument(sql: Sql, documentId: string, above = -1): Promise<StoredDocument | null> {
  for (;;) {
    const parts = await sql<PartRow[]>`
      select 'head' as kind, snapshot_position as position,
        case when snapshot_position > ${above} and length(snapshot) <= ${sliceBytes} then snapshot end as bytes,
        case when snapshot_position > ${above} and length(snapshot) > ${sliceBytes} then length(snapshot) end as length,
        case when snapshot_position > ${above} then outline end as outline, generation, damage
      from film_documents where id = ${documentId}
      union all
      select 'row', u.position, u.bytes, null, null, null, null
      from film_updates u join film_documents d on d.id = u.document_id
      where u.document_id = ${documentId} and u.position > greatest(d.snapshot_position, ${above})`;
    const head = parts.find((part) => part.kind === "head");
    if (head === undefined) return null;
    const snapshotPosition = Number(head.position);
    const snapshot =
      head.length === null ? head.bytes : await readSnapshot(sql, documentId, snapshotPosition, head.length);
    // It was written anew between two slices, and the rows that are in it by now are gone: begin again.
    if (snapshot === "moved") continue;
    return {
      snapshot,
      snapshotPosition,
      outline: head.outline,
      rows: parts
        .flatMap(({ kind, position, bytes }) =>
          kind === "row" && bytes !== null ? [{ position: Number(position), bytes }] : [],
        )
        .sort((a, b) => a.position - b.position),
      generation: head.generation ?? "",
      damage: head.damage,
    };
  }
}

async function readSnapshot(
  sql: Sql,
  documentId: string,
  position: number,
  length: number,
): Promise<Uint8Array | "moved"> {
  const snapshot = new Uint8Array(length);
  for (let at = 0; at < length; at += sliceBytes) {
    const [row] = await sql<{ slice: Buffer }[]>`
      select substr(snapshot, ${at + 1}, ${sliceBytes}) as slice from film_documents
      where id = ${documentId} and snapshot_position = ${position}`;
    if (row === undefined) return "moved";
    snapshot.set(row.slice, at);
  }
  return snapshot;
}

/**
 * Appends rows of several documents in one commit, together with the ids of the named edits in them. Rows are locked in
 * the order of their ids, so that two servers never wait for each other.
 * @returns the position that each document's row was given; a document that is gone is not in it
 * @throws PostgresError 23505 when a named edit in them was stored before; nothing is written then
 */
export async function appendFilmUpdates(sql: Sql, rows: readonly LogRow[]): Promise<Map<string, number>> {
  const edits = rows.flatMap((row) => row.editIds.map((editId) => ({ documentId: row.documentId, editId })));
  const written = await sql<{ document_id: string; position: string }[]>`
    with given as materialized (
      select document_id, decode(hex, 'hex') as bytes from unnest(
        ${rows.map((row) => row.documentId)}::text[],
        ${rows.map((row) => bufferOf(row.bytes).toString("hex"))}::text[]
      ) as given (document_id, hex)
    ), locked as materialized (
      select id from film_documents
      where id = any(${rows.map((row) => row.documentId)}::text[]) order by id for no key update
    ), moved as (
      update film_documents d set position = d.position + 1 from locked where d.id = locked.id
      returning d.id, d.position
    ), noted as (
      insert into film_edits (document_id, edit_id, position)
      select edit.document_id, edit.edit_id, moved.position
      from unnest(
        ${edits.map((edit) => edit.documentId)}::text[],
        ${edits.map((edit) => edit.editId)}::text[]
      ) as edit (document_id, edit_id)
      join moved on moved.id = edit.document_id
    )
    insert into film_updates (document_id, position, bytes)
    select given.document_id, moved.position, given.bytes from given join moved on moved.id = given.document_id
    returning document_id, position`;
  return new Map(written.map((row) => [row.document_id, Number(row.position)]));
}

/** @returns the last position given out in each document that exists */
export async function readLogHeads(sql: Sql, documentIds: readonly string[]): Promise<Map<string, number>> {
  const heads = await sql<{ id: string; position: string }[]>`
    select id, position from film_documents where id = any(${documentIds}::text[])`;
  return new Map(heads.map((head) => [head.id, Number(head.position)]));
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
 * @param outline  `Y.encodeSnapshot` of the same
 * @returns false when another instance has compacted further; then nothing was changed
 */
export async function storeSnapshot(
  sql: Sql,
  documentId: string,
  position: number,
  { bytes, outline }: { bytes: Uint8Array; outline: Uint8Array },
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const moved = await tx`
      update film_documents
      set snapshot = ${bufferOf(bytes)}, outline = ${bufferOf(outline)}, snapshot_position = ${position},
        updated_at = now()
      where id = ${documentId} and snapshot_position < ${position}`;
    if (moved.count === 0) return false;
    await tx`delete from film_updates where document_id = ${documentId} and position <= ${position}`;
    return true;
  });
}

/** Names what is wrong with a document; from then on no instance takes changes to it. */
export async function noteDamage(sql: Sql, documentId: string, damage: string): Promise<void> {
  await sql`update film_documents set damage = coalesce(damage, ${damage}) where id = ${documentId}`;
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
