import { and, desc, eq, isNull, lt, or } from "drizzle-orm";
import { v7 } from "uuid";
import type { DbOrTx } from "#db/client.ts";
import { apiTokens, users } from "#db/schema/identity.ts";
import type { UserRow } from "./users.ts";

export interface TokenRow {
  id: string;
  name: string;
  lastUsedAt: Date | null;
  createdAt: Date;
}

const columns = {
  id: apiTokens.id,
  name: apiTokens.name,
  lastUsedAt: apiTokens.lastUsedAt,
  createdAt: apiTokens.createdAt,
};

export async function insertToken(
  db: DbOrTx,
  token: { userId: string; name: string; hash: string },
): Promise<TokenRow> {
  const [row] = await db
    .insert(apiTokens)
    .values({ id: v7(), ...token })
    .returning(columns);
  if (row === undefined) throw new Error("insert without a row");
  return row;
}

export async function findTokenUser(db: DbOrTx, hash: string): Promise<{ tokenId: string; user: UserRow } | null> {
  const [row] = await db
    .select({
      tokenId: apiTokens.id,
      user: { id: users.id, name: users.name, email: users.email, color: users.color, isAnonymous: users.isAnonymous },
    })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(eq(apiTokens.hash, hash));
  return row ?? null;
}

/** Notes a use, at most once a minute, so that busy programs do not rewrite the row all the time. */
export async function touchToken(db: DbOrTx, tokenId: string, now: Date): Promise<void> {
  const minuteAgo = new Date(now.getTime() - 60_000);
  await db
    .update(apiTokens)
    .set({ lastUsedAt: now })
    .where(and(eq(apiTokens.id, tokenId), or(isNull(apiTokens.lastUsedAt), lt(apiTokens.lastUsedAt, minuteAgo))));
}

/** Newest first. @param page  `before`: the last id of the page before */
export async function listTokens(
  db: DbOrTx,
  userId: string,
  page: { limit: number; before?: string | undefined },
): Promise<TokenRow[]> {
  return db
    .select(columns)
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, userId), page.before === undefined ? undefined : lt(apiTokens.id, page.before)))
    .orderBy(desc(apiTokens.id))
    .limit(page.limit);
}

/** @returns whether it was there and theirs */
export async function deleteToken(db: DbOrTx, userId: string, tokenId: string): Promise<boolean> {
  const gone = await db
    .delete(apiTokens)
    .where(and(eq(apiTokens.id, tokenId), eq(apiTokens.userId, userId)))
    .returning({ id: apiTokens.id });
  return gone.length > 0;
}
