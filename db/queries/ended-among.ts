import { sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import type { Id } from "#domain/ids.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @returns those of these that are no open jobs: jobs that have ended, and what is no job at all */
export async function endedAmong(db: DbOrTx, jobIds: readonly Id[]): Promise<Set<Id>> {
  const ids = jobIds.filter((id) => uuid.test(id));
  const open = await db.execute<{ id: Id }>(sql`
    select j.id from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb) as given(id)
    join jobs j on j.id = given.id::uuid where j.finished_at is null`);
  const ended = new Set(jobIds);
  for (const { id } of open) ended.delete(id);
  return ended;
}
