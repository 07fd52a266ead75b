import { and, desc, eq, inArray, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { assets, takes } from "#db/schema/work.ts";
import { AssetView } from "#domain/jobs/messages/views.ts";

export type AssetRow = typeof assets.$inferSelect;
export type NewAsset = typeof assets.$inferInsert;

export async function insertAsset(db: DbOrTx, asset: NewAsset): Promise<AssetRow> {
  const [row] = await db.insert(assets).values(asset).returning();
  if (row === undefined) throw new Error("insert without a row");
  return row;
}

/** @param assetId a UUID */
export async function findAsset(db: DbOrTx, assetId: string): Promise<AssetRow | null> {
  const [row] = await db
    .select()
    .from(assets)
    .where(and(eq(assets.id, assetId), isNull(assets.deletedAt)));
  return row ?? null;
}

/** Those of them that are the project's. @param assetIds  UUIDs */
export async function assetsOf(db: DbOrTx, projectId: string, assetIds: readonly string[]): Promise<AssetRow[]> {
  return db
    .select()
    .from(assets)
    .where(and(eq(assets.projectId, projectId), inArray(assets.id, [...assetIds]), isNull(assets.deletedAt)));
}

/** What arrived was looked at and is what it says. */
export async function markAssetReady(
  db: DbOrTx,
  assetId: string,
  found: { kind: string; contentType: string; meta: Record<string, number | string> },
): Promise<AssetRow | null> {
  const [row] = await db
    .update(assets)
    .set({ state: "ready", ...found })
    .where(and(eq(assets.id, assetId), isNull(assets.deletedAt)))
    .returning();
  return row ?? null;
}

export async function deleteAsset(db: DbOrTx, assetId: string): Promise<void> {
  await db.update(assets).set({ deletedAt: new Date() }).where(eq(assets.id, assetId));
}

/** Whether another living asset has the same bytes, so that they must stay. */
export async function keyIsShared(db: DbOrTx, objectKey: string, assetId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: assets.id })
    .from(assets)
    .where(and(eq(assets.objectKey, objectKey), ne(assets.id, assetId), isNull(assets.deletedAt)))
    .limit(1);
  return row !== undefined;
}

/** Whether a take plays or shows it. */
export async function assetIsInUse(db: DbOrTx, assetId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: takes.id })
    .from(takes)
    .where(or(eq(takes.videoAssetId, assetId), eq(takes.posterAssetId, assetId)))
    .limit(1);
  return row !== undefined;
}

/** Newest first; only what is ready, and no chunks of a film. */
export async function listAssets(
  db: DbOrTx,
  projectId: string,
  page: { kind?: string | undefined; limit: number; beforeId?: string | undefined },
): Promise<AssetRow[]> {
  return db
    .select()
    .from(assets)
    .where(
      and(
        eq(assets.projectId, projectId),
        eq(assets.state, "ready"),
        isNull(assets.deletedAt),
        sql`not (${assets.meta} ? 'part')`,
        page.kind === undefined ? undefined : eq(assets.kind, page.kind),
        // Ids are v7: they sort by time.
        page.beforeId === undefined ? undefined : lt(assets.id, page.beforeId),
      ),
    )
    .orderBy(desc(assets.id))
    .limit(page.limit);
}

/** The asset as programs and editors see it; its URL is of the app, which redirects to a signed one. */
export function toAssetView(row: AssetRow): AssetView {
  return AssetView.parse({
    id: row.id,
    projectId: row.projectId,
    name: row.name,
    kind: row.kind,
    contentType: row.contentType,
    bytes: row.bytes,
    state: row.state,
    source: row.source,
    meta: row.meta,
    url: `/v1/assets/${row.id}`,
    createdAt: row.createdAt.toISOString(),
  });
}
