import postgres from "postgres";
import { expect, test } from "vitest";
import { createTestDatabase } from "./postgres.ts";

test("two test databases share nothing, and a dropped one is gone", async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const first = postgres(one.url, { max: 1, onnotice: () => undefined });
  const second = postgres(two.url, { max: 1, onnotice: () => undefined });
  await first`create table mark (n int)`;
  expect(await second`select to_regclass('mark') as found`).toEqual([{ found: null }]);
  await Promise.all([first.end(), second.end()]);
  await Promise.all([one.drop(), two.drop()]);
  const gone = postgres(one.url, { max: 1, onnotice: () => undefined });
  await expect(gone`select 1`).rejects.toThrow(/does not exist/);
  await gone.end();
});
