import { and, desc, eq, lt } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { takes } from "#db/schema/work.ts";
import { MadeFrom } from "#domain/film/made-from.ts";
import type { Id } from "#domain/ids.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";

export type TakeRow = typeof takes.$inferSelect;

/** Newest first: of one shot, or of every shot of a project. */
export async function listTakes(db: DbOrTx, projectId: Id, shotId?: Id): Promise<TakeView[]> {
  const rows = await db
    .select()
    .from(takes)
    .where(and(eq(takes.projectId, projectId), shotId === undefined ? undefined : eq(takes.shotId, shotId)))
    .orderBy(desc(takes.id));
  return rows.map(viewTake);
}

/** As {@link listTakes}, a page of them. @param page  `before`: the last id of the page before */
export async function takesPage(
  db: DbOrTx,
  projectId: Id,
  page: { limit: number; before?: Id | undefined; shotId?: Id | undefined },
): Promise<TakeView[]> {
  const rows = await db
    .select()
    .from(takes)
    .where(
      and(
        eq(takes.projectId, projectId),
        page.shotId === undefined ? undefined : eq(takes.shotId, page.shotId),
        page.before === undefined ? undefined : lt(takes.id, page.before),
      ),
    )
    .orderBy(desc(takes.id))
    .limit(page.limit);
  return rows.map(viewTake);
}

/** @returns the take, or null when there is none */
export async function getTake(db: DbOrTx, takeId: Id): Promise<TakeView | null> {
  const [row] = await db.select().from(takes).where(eq(takes.id, takeId));
  return row === undefined ? null : viewTake(row);
}

export function viewTake(row: TakeRow): TakeView {
  const params = row.params as { seed?: number; prompt?: string };
  const made = MadeFrom.safeParse(row.madeFrom);
  return {
    id: row.id,
    projectId: row.projectId,
    shotId: row.shotId,
    ...(row.jobId === null ? {} : { jobId: row.jobId }),
    number: row.number,
    engine: row.engine,
    ...(row.model === null ? {} : { model: row.model }),
    seed: params.seed ?? 0,
    prompt: params.prompt ?? "",
    width: row.width,
    height: row.height,
    frames: row.frames,
    fps: { num: row.fpsNum, den: row.fpsDen },
    videoAssetId: row.videoAssetId,
    videoUrl: `/v1/assets/${row.videoAssetId}`,
    ...(row.posterAssetId === null
      ? {}
      : { posterAssetId: row.posterAssetId, posterUrl: `/v1/assets/${row.posterAssetId}` }),
    createdAt: row.createdAt.toISOString(),
    ...(row.createdBy === null ? {} : { createdBy: row.createdBy }),
    ...(made.success ? { madeFrom: made.data } : {}),
  };
}
