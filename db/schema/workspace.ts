import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  integer,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { users } from "./identity.ts";

export const workspaces = pgTable(
  "workspaces",
  {
    id: id(),
    name: text("name").notNull(),
    /** A person's own workspace, made when they came in. */
    personalOf: text("personal_of").references(() => users.id, { onDelete: "set null" }),
    /** Turns it gets in the queue when another with weight 1 gets one. */
    weight: integer("weight").notNull().default(1),
    /** Jobs with agents at once; null: the studio's own limit. */
    maxRunning: integer("max_running"),
    /** Seconds of work on agents per day; null: the studio's own limit. */
    gpuSecondsPerDay: integer("gpu_seconds_per_day"),
    createdAt: createdAt(),
  },
  () => [check("workspaces_weight", sql`weight between 1 and 100`)],
);

export const workspaceMembers = pgTable(
  "workspace_members",
  {
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.userId] }),
    index("workspace_members_user").on(table.userId),
  ],
);

export const projects = pgTable(
  "projects",
  {
    id: id(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** An index of the document's title, refreshed by collab-server when it stores. */
    title: text("title").notNull(),
    /** Newest poster, for the projects page. */
    posterAssetId: uuid("poster_asset_id"),
    /** film, or generation: one that stands behind a generation and is listed nowhere. */
    purpose: text("purpose").notNull().default("film"),
    /** While set, none of its jobs are released. */
    queuePausedAt: moment("queue_paused_at"),
    queuePausedBy: text("queue_paused_by").references(() => users.id, { onDelete: "set null" }),
    /** Position of its newest event, 0 before the first. Events are given theirs under this row's lock. */
    eventPosition: bigint("event_position", { mode: "number" }).notNull().default(0),
    createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    deletedAt: moment("deleted_at"),
  },
  (table) => [
    index("projects_workspace").on(table.workspaceId),
    check("projects_purpose", sql`purpose in ('film', 'generation')`),
  ],
);

/** Roles on one project alone, from project invites; a member of the workspace needs none. */
export const projectMembers = pgTable(
  "project_members",
  {
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role").notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.userId] }), index("project_members_user").on(table.userId)],
);

export const invites = pgTable("invites", {
  id: id(),
  workspaceId: uuid("workspace_id")
    .notNull()
    .references(() => workspaces.id, { onDelete: "cascade" }),
  /** Absent: the invite is to the whole workspace. */
  projectId: uuid("project_id").references(() => projects.id, { onDelete: "cascade" }),
  role: text("role").notNull(),
  /** SHA-256 of the token in the link, hex; the token itself is shown once. */
  tokenHash: text("token_hash").notNull().unique(),
  expiresAt: moment("expires_at"),
  maxUses: integer("max_uses"),
  uses: integer("uses").notNull().default(0),
  revokedAt: moment("revoked_at"),
  createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
  createdAt: createdAt(),
});

/** Elements that all films of a workspace may have: each change is a version, which films take over or not. */
export const libraryElements = pgTable(
  "library_elements",
  {
    id: id(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    kind: text("kind").notNull(),
    name: text("name").notNull(),
    /** All but kind; see `LibraryFields`. */
    fields: jsonb("fields").notNull(),
    version: integer("version").notNull().default(1),
    createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    archivedAt: moment("archived_at"),
  },
  (table) => [
    uniqueIndex("library_elements_name")
      .on(table.workspaceId, table.kind, sql`lower(${table.name})`)
      .where(sql`archived_at is null`),
    check("library_elements_kind", sql`kind in ('character', 'location', 'object', 'style')`),
  ],
);
