import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

/** Brings the database to this version. Safe to call from several processes at once: an advisory lock orders them. */
export async function migrate(url: string, folder = defaultFolder()): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(72616)`;
    await runMigrations(drizzle(sql), { migrationsFolder: folder });
    await planForValues(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * Prepared statements are planned for the values they run with: whether a partial index serves `state = $1` depends on
 * the value. Costs what planning costs, and a database where it may not be set works all the same.
 */
async function planForValues(sql: postgres.Sql): Promise<void> {
  await sql
    .unsafe(
      `do $$ begin
         execute format('alter role current_user in database %I set plan_cache_mode = force_custom_plan', current_database());
       end $$`,
    )
    .catch(() => undefined);
}

/** Beside this file in the sources, `db/migrations` of the repository when bundled. */
function defaultFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  return here.includes("/build/")
    ? join(here.slice(0, here.lastIndexOf("/build/")), "db/migrations")
    : join(here, "migrations");
}
