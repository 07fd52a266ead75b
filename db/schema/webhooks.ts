import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { users } from "./identity.ts";
import { projects, workspaces } from "./workspace.ts";

/** Addresses of programs that are told of events. */
export const webhooks = pgTable(
  "webhooks",
  {
    id: id(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** Absent: of every project of the workspace. */
    projectId: uuid("project_id").references(() => projects.id, { onDelete: "cascade" }),
    url: text("url").notNull(),
    /** Types of event it wants. */
    events: text("events").array().notNull(),
    /** What its messages are signed with, sealed. */
    secretSealed: text("secret_sealed").notNull(),
    disabledAt: moment("disabled_at"),
    /** A sentence for its owner; null while it is on. */
    disabledReason: text("disabled_reason"),
    createdAt: createdAt(),
  },
  (table) => [index("webhooks_user").on(table.userId), index("webhooks_workspace").on(table.workspaceId)],
);

/** How far each webhook has come in each project: everything up to this position is on its way, or was not asked for. */
export const webhookCursors = pgTable(
  "webhook_cursors",
  {
    webhookId: uuid("webhook_id")
      .notNull()
      .references(() => webhooks.id, { onDelete: "cascade" }),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    position: bigint("position", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.webhookId, table.projectId] })],
);

/** One event on its way to one webhook, and how it went. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: id(),
    webhookId: uuid("webhook_id")
      .notNull()
      .references(() => webhooks.id, { onDelete: "cascade" }),
    /** `project_events.id`; without a reference, because old events are swept. */
    eventId: bigint("event_id", { mode: "number" }).notNull(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    /** What the message calls it, e.g. `job.succeeded`. */
    type: text("type").notNull(),
    /** Tries so far. */
    attempt: integer("attempt").notNull().default(0),
    /** Of the last answer. */
    status: integer("status"),
    error: text("error"),
    nextAt: moment("next_at").notNull().defaultNow(),
    doneAt: moment("done_at"),
    createdAt: createdAt(),
  },
  (table) => [
    index("webhook_deliveries_due")
      .on(table.webhookId, table.nextAt)
      .where(sql`done_at is null`),
    index("webhook_deliveries_log").on(table.webhookId, table.id),
    index("webhook_deliveries_old")
      .on(table.doneAt)
      .where(sql`done_at is not null`),
  ],
);
