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

/** Statements with more parameters than this differ from call to call (lists, bulk inserts): not worth remembering. */
const mostParameters = 60;

/**
 * drizzle has the driver send every query twice, once to ask Postgres for the types of its parameters and once to run
 * it, unless it is a prepared statement; this makes those that come again prepared ones. `migrate` sees to it that they
 * are planned for the values at hand, as before: a plan for any value could not use our partial indexes.
 */
function preparing(client: postgres.Sql): postgres.Sql {
  return new Proxy(client, {
    get(target, key) {
      if (key === "unsafe")
        return (
          text: string,
          params: postgres.ParameterOrJSON<never>[] = [],
          options: postgres.UnsafeQueryOptions = {},
        ) => target.unsafe(text, params, { ...options, prepare: params.length > 0 && params.length <= mostParameters });
      if (key === "begin" || key === "savepoint")
        return (...args: unknown[]) => {
          const work = args.pop() as (scoped: postgres.Sql) => unknown;
          const open = Reflect.get(target, key) as (...all: unknown[]) => unknown;
          return open(...args, (scoped: postgres.Sql) => work(preparing(scoped)));
        };
      return Reflect.get(target, key) as unknown;
    },
  });
}

/** Opens a pool. Postgres may be away at this moment; queries fail until it is back. */
export function openDb(url: string, options: { name: string; max?: number }): DbHandle {
  const sql = postgres(url, {
    max: options.max ?? 10,
    onnotice: () => {},
    connection: { application_name: `backlot ${options.name}` },
  });
  return { db: drizzle(preparing(sql), { schema }), sql, close: () => sql.end({ timeout: 5 }) };
}
