import { sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { forgetOldEvents } from "./project-events.ts";

/** How long things are kept that nothing else is built on. */
export type KeepDays = { events: number; deadLetters: number };
export const keepDays: KeepDays = { events: 7, deadLetters: 30 };

/**
 * Forgets what is older, some at a time, so that nobody waits for it.
 * @returns how many rows went; 0: there was nothing (more) to forget
 */
export async function forgetOld(db: DbOrTx, keep: KeepDays = keepDays, most = 5000): Promise<number> {
  const events = await forgetOldEvents(db, keep.events, most);
  const letters = await db.execute(sql`
    delete from dead_letters where id in (
      select id from (select id, created_at from dead_letters order by id limit ${most}) oldest
      where created_at < now() - make_interval(days => ${keep.deadLetters}))
    returning 1`);
  return events + letters.length;
}
