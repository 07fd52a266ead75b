import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { users } from "./identity.ts";
import { runs } from "./work.ts";
import { projects, workspaces } from "./workspace.ts";

/** An intent that becomes beats: scenes and shots of a project, rendered by one run. */
export const episodes = pgTable(
  "episodes",
  {
    id: id(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    /** The caller's own key of the world it plays in. */
    worldId: text("world_id").notNull(),
    intent: text("intent").notNull(),
    /** What its run came to is derived from the run. */
    state: text("state").notNull().default("CREATED"),
    runId: uuid("run_id").references(() => runs.id, { onDelete: "set null" }),
    plan: jsonb("plan"),
    /** rules or llm: who wrote the plan */
    planner: text("planner"),
    createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    /** Why it was terminated, or abandoned. */
    terminatedReason: text("terminated_reason"),
    /** What its run may cost; null: as much as the workspace allows. */
    budget: jsonb("budget"),
  },
  (table) => [
    index("episodes_workspace").on(table.workspaceId, table.createdAt),
    index("episodes_budgeted")
      .on(table.runId)
      .where(sql`state = 'EXECUTING' and budget is not null`),
    check(
      "episodes_state",
      sql`state in ('CREATED', 'PLANNED', 'EXECUTING', 'COMPLETED', 'PARTIALLY_COMPLETED', 'FAILED', 'IMPOSSIBLE', 'ABANDONED', 'TERMINATED')`,
    ),
  ],
);

/** A workspace's worlds: element libraries by the caller's own key. */
export const worlds = pgTable(
  "worlds",
  {
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    elements: jsonb("elements").notNull().default([]),
    source: text("source").notNull(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.key] }),
    check("worlds_source", sql`source in ('stored', 'extracted', 'empty')`),
  ],
);
