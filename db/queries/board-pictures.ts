import { and, desc, eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { assets, jobArtifacts, jobs } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";

export interface StoredPicture {
  objectKey: string;
  contentType: string;
  bytes: number;
}

/** Where pictures of the store lie, by their asset's id; of this project only. */
export async function picturesOf(
  db: DbOrTx,
  projectId: string,
  assetIds: readonly Id[],
): Promise<Map<Id, StoredPicture>> {
  if (assetIds.length === 0) return new Map();
  const rows = await db
    .select({ id: assets.id, objectKey: assets.objectKey, contentType: assets.contentType, bytes: assets.bytes })
    .from(assets)
    .where(and(eq(assets.projectId, projectId), eq(assets.state, "ready"), inArray(assets.id, [...assetIds])));
  return new Map(rows.map(({ id, ...picture }) => [id, picture]));
}

/** The newest thumbnail of each shot that has one, by the shot's id. */
export async function newestThumbnails(db: DbOrTx, projectId: string): Promise<Map<Id, Id>> {
  const rows = await db
    .selectDistinctOn([jobs.shotId], { shotId: jobs.shotId, assetId: jobArtifacts.assetId })
    .from(jobs)
    .innerJoin(jobArtifacts, eq(jobArtifacts.jobId, jobs.id))
    .where(
      and(
        eq(jobs.projectId, projectId),
        eq(jobs.kind, "thumbnail"),
        eq(jobs.state, "succeeded"),
        eq(jobArtifacts.role, "image"),
      ),
    )
    .orderBy(jobs.shotId, desc(jobs.createdAt));
  return new Map(rows.flatMap(({ shotId, assetId }) => (shotId === null ? [] : [[shotId, assetId] as const])));
}
