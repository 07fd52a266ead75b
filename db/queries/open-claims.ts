import { sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import type { Id } from "#domain/ids.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @returns of those that are open jobs the claim that each row names, null where it names none */
export async function openClaims(db: DbOrTx, jobIds: readonly Id[]): Promise<Map<Id, string | null>> {
  const ids = jobIds.filter((id) => uuid.test(id));
  const open = await db.execute<{ id: Id; claim: string | null }>(sql`
    select j.id, j.claim from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb) as given(id)
    join jobs j on j.id = given.id::uuid where j.finished_at is null`);
  return new Map(open.map(({ id, claim }) => [id, claim]));
}
