/** Elements that a workspace keeps for all its films. */
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { v7 } from "uuid";
import type { DbOrTx } from "#db/client.ts";
import { assets } from "#db/schema/work.ts";
import { libraryElements } from "#db/schema/workspace.ts";
import { ElementKind, LibraryFields } from "#domain/film/element.ts";
import { storable } from "#domain/storable-text.ts";
import type { AssetRow } from "./assets.ts";

export interface LibraryElement {
  id: string;
  workspaceId: string;
  kind: ElementKind;
  fields: LibraryFields;
  version: number;
  updatedAt: Date;
}

/** Most elements of one workspace. */
const maxLibraryElements = 1000;

/** By kind and name. */
export async function listLibraryElements(db: DbOrTx, workspaceId: string): Promise<LibraryElement[]> {
  const rows = await db
    .select()
    .from(libraryElements)
    .where(and(eq(libraryElements.workspaceId, workspaceId), isNull(libraryElements.archivedAt)))
    .orderBy(asc(libraryElements.kind), asc(sql`lower(${libraryElements.name})`))
    .limit(maxLibraryElements);
  return rows.map(readRow);
}

/** @param id a UUID */
export async function findLibraryElement(db: DbOrTx, id: string): Promise<LibraryElement | null> {
  const [row] = await db
    .select()
    .from(libraryElements)
    .where(and(eq(libraryElements.id, id), isNull(libraryElements.archivedAt)));
  return row === undefined ? null : readRow(row);
}

/** @returns null where one of this kind and name is there already, or there is no more room */
export async function addLibraryElement(
  db: DbOrTx,
  element: { workspaceId: string; kind: ElementKind; fields: LibraryFields; createdBy: string },
): Promise<LibraryElement | null> {
  if ((await listLibraryElements(db, element.workspaceId)).length >= maxLibraryElements) return null;
  const fields = storable(element.fields);
  const [row] = await db
    .insert(libraryElements)
    .values({ ...element, fields, name: fields.name })
    .onConflictDoNothing()
    .returning();
  return row === undefined ? null : readRow(row);
}

/** Makes the next version. @returns null where it is gone, or another has that name */
export async function changeLibraryElement(
  db: DbOrTx,
  id: string,
  fields: LibraryFields,
): Promise<LibraryElement | null> {
  const kept = storable(fields);
  const isTaken = sql`exists (select 1 from library_elements other where other.workspace_id = ${libraryElements.workspaceId}
    and other.kind = ${libraryElements.kind} and lower(other.name) = lower(${kept.name}) and other.archived_at is null
    and other.id <> ${libraryElements.id})`;
  const [row] = await db
    .update(libraryElements)
    .set({ fields: kept, name: kept.name, version: sql`${libraryElements.version} + 1`, updatedAt: sql`now()` })
    .where(and(eq(libraryElements.id, id), isNull(libraryElements.archivedAt), sql`not ${isTaken}`))
    .returning();
  return row === undefined ? null : readRow(row);
}

/** Films that have it keep it. */
export async function archiveLibraryElement(db: DbOrTx, id: string): Promise<void> {
  await db
    .update(libraryElements)
    .set({ archivedAt: sql`now()` })
    .where(eq(libraryElements.id, id));
}

/**
 * Gives a film its own rows of pictures that the workspace has already; the bytes are the same.
 * @param ids  UUIDs; what is not of the workspace, or gone, is left out
 * @returns the new row under the id of the old one; the old row itself where it is the film's own
 */
export async function copyPictures(
  db: DbOrTx,
  ids: readonly string[],
  to: { workspaceId: string; projectId: string; createdBy: string },
): Promise<Map<string, AssetRow>> {
  if (ids.length === 0) return new Map();
  const there = await db
    .select()
    .from(assets)
    .where(
      and(
        inArray(assets.id, [...ids]),
        eq(assets.workspaceId, to.workspaceId),
        eq(assets.state, "ready"),
        isNull(assets.deletedAt),
      ),
    );
  const own = await db
    .select()
    .from(assets)
    .where(and(eq(assets.projectId, to.projectId), eq(assets.state, "ready"), isNull(assets.deletedAt)));
  const byKey = new Map(own.map((row) => [row.objectKey, row]));
  const copies = new Map<string, AssetRow>();
  for (const row of there) {
    const known = row.projectId === to.projectId ? row : byKey.get(row.objectKey);
    const [made] =
      known === undefined
        ? await db
            .insert(assets)
            .values({ ...row, id: v7(), projectId: to.projectId, createdBy: to.createdBy, createdAt: new Date() })
            .returning()
        : [known];
    if (made !== undefined) copies.set(row.id, made);
  }
  return copies;
}

function readRow(row: typeof libraryElements.$inferSelect): LibraryElement {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    kind: ElementKind.parse(row.kind),
    fields: LibraryFields.parse(row.fields),
    version: row.version,
    updatedAt: row.updatedAt,
  };
}
