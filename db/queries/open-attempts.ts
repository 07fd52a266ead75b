import { sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import type { Id } from "#domain/ids.ts";

/**
 * Attempts of these jobs that never said how they ended are lost: another one has just ended. The one that did may never
 * have been heard before, so that nobody has closed those before it.
 */
export async function loseOpenAttempts(tx: DbOrTx, jobIds: readonly Id[]): Promise<void> {
  await tx.execute(sql`
    update job_attempts set outcome = 'lost', finished_at = now()
    where outcome is null
      and job_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(jobIds)}::text::jsonb))`);
}
