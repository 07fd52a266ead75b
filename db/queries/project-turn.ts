import { sql } from "drizzle-orm";
import type { Db, DbOrTx } from "#db/client.ts";
import type { Id } from "#domain/ids.ts";

/**
 * Does something in a transaction while nobody else does so for this project: whoever looks at what is queued, to queue
 * what is missing, sees what those before have queued.
 */
export async function inProjectTurn<T>(db: Db, projectId: Id, work: (tx: DbOrTx) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('project turn ' || ${projectId}::text, 0))`);
    return work(tx);
  });
}
