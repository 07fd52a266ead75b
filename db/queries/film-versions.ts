/** Copies of a film kept as it grows. Written by collab-server only, when it compacts a log. */
import type { Sql } from "#db/client.ts";

/** A kept copy, without its bytes. */
export interface KeptVersion {
  position: number;
  createdAt: Date;
}

/** @returns a film's versions, oldest first */
export async function listFilmVersions(sql: Sql, documentId: string): Promise<KeptVersion[]> {
  // Beside drizzle the driver leaves moments as text.
  const rows = await sql<{ position: string; created_at: string }[]>`
    select position, created_at from film_versions where document_id = ${documentId} order by position`;
  return rows.map((row) => ({ position: Number(row.position), createdAt: new Date(row.created_at) }));
}

/** Keeps a document as it was at a position of its log. A repeat changes nothing. */
export async function keepFilmVersion(
  sql: Sql,
  documentId: string,
  version: KeptVersion & { bytes: Uint8Array },
): Promise<void> {
  const { position, createdAt, bytes } = version;
  await sql`
    insert into film_versions (document_id, position, bytes, created_at)
    values (
      ${documentId}, ${position}, ${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)},
      ${createdAt.toISOString()}
    )
    on conflict do nothing`;
}

export async function dropFilmVersions(sql: Sql, documentId: string, positions: readonly number[]): Promise<void> {
  await sql`
    delete from film_versions where document_id = ${documentId} and position = any(${[...positions]}::bigint[])`;
}
