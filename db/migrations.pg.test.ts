import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#testing/postgres.ts";
import { migrate } from "./migrate.ts";

const folder = fileURLToPath(new URL("./migrations", import.meta.url));

let database: TestDatabase;
let sql: postgres.Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

/** The database as it was after so many migrations. */
async function goBackTo(count: number): Promise<void> {
  await sql.unsafe("drop schema public cascade; drop schema drizzle cascade; create schema public");
  const old = mkdtempSync(path.join(tmpdir(), "backlot-migrations-"));
  cpSync(folder, old, { recursive: true });
  const file = path.join(old, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(file, "utf8")) as { entries: unknown[] };
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  await migrate(database.url, old);
  rmSync(old, { recursive: true, force: true });
}

/** e.g. `id(3)` */
const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;

test("a queue of before 0003 goes on after it", async () => {
  await goBackTo(3);
  await sql`insert into users (id, name, email) values ('u1', 'Maya', 'maya@example.org')`;
  await sql`insert into workspaces (id, name) values (${id(1)}, 'Maya''s')`;
  for (const project of [2, 3])
    await sql`insert into projects (id, workspace_id, title) values (${id(project)}, ${id(1)}, 'Test')`;
  await sql`insert into runs (id, workspace_id, project_id, kind) values (${id(4)}, ${id(1)}, ${id(2)}, 'shots')`;
  const request = { role: "video", width: 1280, height: 720, frames: 48 };
  const addJob = (number: number, state: string, more: { dependsOn?: string[]; retryOf?: string } = {}) =>
    sql`insert into jobs (id, run_id, workspace_id, project_id, kind, capability, lane, state, request, depends_on,
        retry_of, created_at, finished_at)
      values (${id(number)}, ${id(4)}, ${id(1)}, ${id(2)}, 'shot', 'video', 'batch', ${state}, ${sql.json(request)},
        ${more.dependsOn ?? []}, ${more.retryOf ?? null}, now() - interval '1 hour',
        ${["succeeded", "failed"].includes(state) ? sql`now()` : null})`;
  await addJob(10, "succeeded");
  await addJob(11, "failed");
  await addJob(12, "running");
  await addJob(13, "queued", { dependsOn: [id(10), id(12)] });
  await addJob(14, "queued", { dependsOn: [id(11)] });
  await addJob(15, "queued", { dependsOn: [id(14)] });
  await addJob(16, "queued", { retryOf: id(11) });
  await addJob(17, "queued", { retryOf: id(11) });
  await sql`insert into job_attempts (job_id, attempt, agent_id, outcome, seconds) values (${id(10)}, 1, 'a1', 'succeeded', 5)`;
  await sql`insert into assets (id, workspace_id, project_id, kind, name, content_type, bytes, sha256, object_key, state, source)
    values (${id(20)}, ${id(1)}, ${id(2)}, 'video', 'Take 1.mp4', 'video/mp4', 1, '00', 'w/x', 'ready', 'previz')`;
  await sql`insert into job_artifacts (job_id, role, asset_id, attempt) values (${id(10)}, 'video', ${id(20)}, 1)`;
  for (const project of [2, 3, 2, 2])
    await sql`insert into project_events (project_id, type, payload) values (${id(project)}, 'job', '{}')`;

  await migrate(database.url);

  const rows =
    await sql`select id, state, blocked, retry_of, frames, width, units, queued_at = created_at as waits_since
    from jobs order by seq`;
  expect(
    rows.map((row) => [Number(row["id"].slice(-2)), row["state"], row["blocked"], row["retry_of"] !== null]),
  ).toEqual([
    [10, "succeeded", 0, false],
    [11, "failed", 0, false],
    [12, "running", 0, false],
    [13, "queued", 1, false],
    [14, "failed", 0, false],
    [15, "failed", 0, false],
    [16, "queued", 0, true],
    [17, "queued", 0, false],
  ]);
  expect(rows[0]).toMatchObject({ frames: 48, width: 1280, units: 192, waits_since: true });
  expect(await sql`select capability, units, claim from job_attempts`).toEqual([
    { capability: "video", units: 192, claim: null },
  ]);
  expect(await sql`select name, role from job_artifacts`).toEqual([{ name: "video", role: "video" }]);
  const events = await sql`select project_id, position::int from project_events order by id`;
  expect(events.map((event) => [Number(event["project_id"].slice(-1)), event["position"]])).toEqual([
    [2, 1],
    [3, 1],
    [2, 2],
    [2, 3],
  ]);
  expect(await sql`select event_position::int as newest from projects order by id`).toEqual([
    { newest: 3 },
    { newest: 1 },
  ]);
}, 60_000);
