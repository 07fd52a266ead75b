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
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Beside this file in the sources, `db/migrations` of the repository when bundled. */
function defaultFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  return here.includes("/build/")
    ? join(here.slice(0, here.lastIndexOf("/build/")), "db/migrations")
    : join(here, "migrations");
}
