import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { worlds } from "#db/schema/episodes.ts";
import { growWorld, WorldElements, WorldSource, type WorldElement } from "#domain/episode/world.ts";
import { storable } from "#domain/storable-text.ts";

export interface WorldRow {
  key: string;
  elements: WorldElement[];
  /** How it began: a person or a plan wrote it down (`stored`), or it was read out of pictures (`extracted`). */
  source: WorldSource;
  updatedAt: Date;
}

/** @returns the workspace's world of this name, null when it keeps none */
export async function findWorld(db: DbOrTx, workspaceId: string, key: string): Promise<WorldRow | null> {
  const [row] = await db
    .select()
    .from(worlds)
    .where(and(eq(worlds.workspaceId, workspaceId), eq(worlds.key, key)));
  return row === undefined ? null : readRow(row);
}

/** By name. @param after  the last name of the page before */
export async function listWorlds(
  db: DbOrTx,
  workspaceId: string,
  page: { limit: number; after?: string | undefined },
): Promise<WorldRow[]> {
  const rows = await db
    .select()
    .from(worlds)
    .where(and(eq(worlds.workspaceId, workspaceId), page.after === undefined ? undefined : gt(worlds.key, page.after)))
    .orderBy(asc(worlds.key))
    .limit(page.limit);
  return rows.map(readRow);
}

/** Puts these elements in place of what is there. */
export async function keepWorld(
  db: DbOrTx,
  world: { workspaceId: string; key: string; elements: readonly WorldElement[]; source: WorldSource },
): Promise<WorldRow> {
  const elements = storable([...world.elements]);
  const [row] = await db
    .insert(worlds)
    .values({ ...world, elements })
    .onConflictDoUpdate({
      target: [worlds.workspaceId, worlds.key],
      set: { elements, source: world.source, updatedAt: sql`now()` },
    })
    .returning();
  return readRow(row!);
}

/** Adds what was found beside what is known; what is known stays as it is. Nothing found, nothing kept. */
export async function addToWorld(
  tx: DbOrTx,
  world: { workspaceId: string; key: string; found: readonly WorldElement[]; source: WorldSource },
): Promise<void> {
  const { workspaceId, key, found, source } = world;
  if (found.length === 0) return;
  // Two plans in one world at once: the second sees what the first added.
  await tx
    .insert(worlds)
    .values({ workspaceId, key, elements: [], source })
    .onConflictDoNothing({ target: [worlds.workspaceId, worlds.key] });
  const [row] = await tx
    .select()
    .from(worlds)
    .where(and(eq(worlds.workspaceId, workspaceId), eq(worlds.key, key)))
    .for("update");
  const known = readRow(row!);
  const elements = growWorld(known.elements, storable([...found]));
  if (elements.length > known.elements.length)
    await keepWorld(tx, { workspaceId, key, elements, source: known.source });
}

function readRow(row: typeof worlds.$inferSelect): WorldRow {
  return {
    key: row.key,
    elements: WorldElements.parse(row.elements),
    source: WorldSource.parse(row.source),
    updatedAt: row.updatedAt,
  };
}
