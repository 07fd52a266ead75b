import { sql } from "drizzle-orm";
import { bigint, bigserial, check, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, createdAt, moment } from "./columns.ts";
import { workspaces } from "./workspace.ts";

/** The lifecycle of `domain/jobs/lifecycle.ts`, as the database knows it: a trigger on `jobs.state` asks it. */
export const jobTransitions = pgTable(
  "job_transitions",
  { fromState: text("from_state").notNull(), toState: text("to_state").notNull() },
  (table) => [primaryKey({ columns: [table.fromState, table.toState] })],
);

/** When each workspace last had a turn, and how many it has had: fair shares without looking through jobs. */
export const workspaceTurns = pgTable("workspace_turns", {
  workspaceId: uuid("workspace_id")
    .primaryKey()
    .references(() => workspaces.id, { onDelete: "cascade" }),
  servedAt: moment("served_at").notNull().defaultNow(),
  turns: bigint("turns", { mode: "number" }).notNull().default(0),
});

/** How often an attempt may fail before its job does, by failure class. Begins as `retriesByKind`; operators edit it. */
export const retryRules = pgTable(
  "retry_rules",
  { class: text("class").primaryKey(), retries: integer("retries").notNull() },
  () => [check("retry_rules_retries", sql`retries between 0 and 20`)],
);

/** What the broker gave up delivering, with what was seen. */
export const deadLetters = pgTable(
  "dead_letters",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    stream: text("stream").notNull(),
    consumer: text("consumer").notNull(),
    streamSeq: bigint("stream_seq", { mode: "number" }).notNull(),
    /** Without a reference: it may name a job that never was. */
    jobId: uuid("job_id"),
    deliveries: integer("deliveries").notNull().default(0),
    payload: bytea("payload"),
    reason: text("reason").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("dead_letters_job").on(table.jobId)],
);
