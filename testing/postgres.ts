import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startCluster } from "#local/embedded-postgres.ts";
import { findFreePort } from "#local/ports.ts";

/** A database of one test file's own, with every migration applied. */
export type TestDatabase = { url: string; drop: () => Promise<void> };

const template = "backlot_template";

/**
 * vitest's global set-up for `*.pg.test.ts` (and `*.engine.test.ts`): one Postgres for the run, and in it a migrated
 * database that every test file copies, which takes a tenth of a second where migrating anew takes one.
 */
export default async function setUpPostgres(_project: TestProject): Promise<() => Promise<void>> {
  // Another project of this run has started it, and ends it.
  if (process.env["BACKLOT_TEST_POSTGRES"] !== undefined) return () => Promise.resolve();
  const { migrate } = await import("#db/migrate.ts");
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "backlot-pg-"));
  fs.chmodSync(root, 0o711);
  const cluster = await startCluster({
    folder: path.join(root, "data"),
    port: await findFreePort(),
    password: randomBytes(12).toString("hex"),
    logFile: path.join(root, "postgres.log"),
    settings: ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB"],
    hasty: true,
  });
  const tearDown = async () => {
    await cluster.stop();
    fs.rmSync(root, { recursive: true, force: true });
  };
  try {
    await query(cluster.url("postgres"), `create database ${template}`);
    await migrate(cluster.url(template));
  } catch (error) {
    await tearDown();
    throw error;
  }
  process.env["BACKLOT_TEST_POSTGRES"] = cluster.url("postgres");
  return tearDown;
}

/** @throws Error when the test's file name does not ask for Postgres */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env["BACKLOT_TEST_POSTGRES"];
  if (server === undefined) throw new Error("no Postgres in this run: name the test *.pg.test.ts");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await query(server, `create database ${name} template ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => query(server, `drop database if exists ${name} with (force)`) };
}

async function query(url: string, text: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}
