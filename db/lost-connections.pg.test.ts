import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createTestDatabase } from "#testing/postgres.ts";
import { openDb } from "./client.ts";

test("a connection that Postgres cuts in the middle of a transaction costs that transaction and nothing else", async () => {
  const database = await createTestDatabase();
  const handle = openDb(database.url, { name: "test", max: 2 });
  const other = openDb(database.url, { name: "other", max: 1 });
  try {
    for (let round = 0; round < 5; round++) {
      const cut = handle.db.transaction(async (tx) => {
        const [self] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
        await other.db.execute(sql`select pg_terminate_backend(${self!.pid})`);
        await sleep(30);
        // The driver has no socket any more and writes what is small a moment later.
        await tx.execute(sql`select 1`);
      });
      await expect(cut).rejects.toThrow();
      expect(await handle.db.execute(sql`select 1 as one`)).toEqual([{ one: 1 }]);
      const all = await Promise.all([1, 2, 3, 4].map((n) => handle.db.execute(sql`select ${n}::int as n`)));
      expect(all).toHaveLength(4);
    }
  } finally {
    await Promise.all([handle.close(), other.close()]);
    await database.drop();
  }
});
