import type { DbOrTx } from "#db/client.ts";
import { retryRules } from "#db/schema/queue.ts";
import { FailureKind } from "#domain/jobs/messages/result-message.ts";
import type { RetryRules } from "#domain/jobs/retry.ts";

/** How often each class of failure is tried again, as operators have it; classes that are none of ours are left out. */
export async function readRetryRules(db: DbOrTx): Promise<RetryRules> {
  const rows = await db.select().from(retryRules);
  return Object.fromEntries(
    rows.flatMap((row) => {
      const kind = FailureKind.safeParse(row.class);
      return kind.success ? [[kind.data, row.retries]] : [];
    }),
  );
}
