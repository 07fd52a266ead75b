import { and, eq, lt, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { idempotencyKeys } from "#db/schema/work.ts";

export type Claim =
  | { status: "new" }
  /** Answered before: give the same answer. */
  | { status: "done"; httpStatus: number; response: unknown }
  /** The first request with this key is still at work, or its process died. */
  | { status: "running" }
  /** The key was used for another request. */
  | { status: "other-request" };

const isThisKey = (userId: string, key: string) =>
  and(eq(idempotencyKeys.userId, userId), eq(idempotencyKeys.key, key));

/** Takes a key for one request. A claim whose process died is given up after two minutes; answers are kept a day. */
export async function claimKey(db: DbOrTx, userId: string, key: string, requestHash: string): Promise<Claim> {
  await db
    .delete(idempotencyKeys)
    .where(
      and(
        isThisKey(userId, key),
        sql`${idempotencyKeys.createdAt} < now() - case when ${idempotencyKeys.status} is null then interval '2 minutes' else interval '1 day' end`,
      ),
    );
  const made = await db
    .insert(idempotencyKeys)
    .values({ userId, key, requestHash })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (made.length > 0) return { status: "new" };
  const [row] = await db.select().from(idempotencyKeys).where(isThisKey(userId, key));
  if (row === undefined) return { status: "running" };
  if (row.requestHash !== requestHash) return { status: "other-request" };
  return row.status === null
    ? { status: "running" }
    : { status: "done", httpStatus: row.status, response: row.response };
}

export async function keepAnswer(
  db: DbOrTx,
  userId: string,
  key: string,
  httpStatus: number,
  response: unknown,
): Promise<void> {
  await db.update(idempotencyKeys).set({ status: httpStatus, response }).where(isThisKey(userId, key));
}

/** Lets the key be used again: the request failed for a reason that may pass. */
export async function releaseKey(db: DbOrTx, userId: string, key: string): Promise<void> {
  await db.delete(idempotencyKeys).where(isThisKey(userId, key));
}

export async function forgetOldKeys(db: DbOrTx, before: Date): Promise<void> {
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, before));
}
