import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as episodes from "./schema/episodes.ts";
import * as film from "./schema/film.ts";
import * as identity from "./schema/identity.ts";
import * as queue from "./schema/queue.ts";
import * as webhooks from "./schema/webhooks.ts";
import * as work from "./schema/work.ts";
import * as workspace from "./schema/workspace.ts";

export const schema = { ...identity, ...workspace, ...film, ...work, ...queue, ...episodes, ...webhooks };
export type Db = PostgresJsDatabase<typeof schema>;
/** A database or a transaction in it: what queries take. */
export type DbOrTx = Db | Parameters<Parameters<Db["transaction"]>[0]>[0];
export type Sql = postgres.Sql;

export interface DbHandle {
  db: Db;
  /** The driver itself, for LISTEN and for hot paths that drizzle would slow down. */
  sql: Sql;
  close(): Promise<void>;
}

/** Opens a pool. Postgres may be away at this moment; queries fail until it is back. */
export function openDb(url: string, options: { name: string; max?: number }): DbHandle {
  const sql = postgres(url, {
    max: options.max ?? 10,
    onnotice: () => {},
    connection: { application_name: `backlot ${options.name}` },
  });
  return { db: drizzle(sql, { schema }), sql, close: () => sql.end({ timeout: 5 }) };
}
