import { bigint, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, createdAt, moment } from "./columns.ts";
import { projects } from "./workspace.ts";

/**
 * The stored form of film documents: a snapshot (a Yjs v1 update) that holds everything up to `snapshotPosition`,
 * and the rows of the log above it. Positions count up per document, without gaps; Postgres gives them out, under the
 * lock of the document's row, so that any number of collab-servers may write to one film.
 */
export const filmDocuments = pgTable("film_documents", {
  /** `project:<uuid>` */
  id: text("id").primaryKey(),
  projectId: uuid("project_id")
    .notNull()
    .references(() => projects.id, { onDelete: "cascade" }),
  /** New whenever the document was begun anew; a client with another one must not merge. */
  generation: uuid("generation").notNull().defaultRandom(),
  snapshot: bytea("snapshot"),
  snapshotPosition: bigint("snapshot_position", { mode: "number" }).notNull().default(0),
  /** State vector and deletes of the snapshot (`Y.encodeSnapshot`), so that nobody has to read it to know them. */
  outline: bytea("outline"),
  /** The last position given out. */
  position: bigint("position", { mode: "number" }).notNull().default(0),
  /** Why the document cannot be loaded whole, and so cannot be changed; null when all is well. */
  damage: text("damage"),
  createdAt: createdAt(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

export const filmUpdates = pgTable(
  "film_updates",
  {
    documentId: text("document_id")
      .notNull()
      .references(() => filmDocuments.id, { onDelete: "cascade" }),
    position: bigint("position", { mode: "number" }).notNull(),
    /** One Yjs v1 update, merged of all that came within a tick. */
    bytes: bytea("bytes").notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.position] })],
);

/** Copies kept as a film grows, thinned with age (`domain/film/kept-versions.ts`). */
export const filmVersions = pgTable(
  "film_versions",
  {
    documentId: text("document_id")
      .notNull()
      .references(() => filmDocuments.id, { onDelete: "cascade" }),
    /** Everything up to this position of the log is in it. */
    position: bigint("position", { mode: "number" }).notNull(),
    /** The whole document as one Yjs v1 update. */
    bytes: bytea("bytes").notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.position] })],
);

/** Named edits already applied (`film.edit`), so that a repeat is a no-op. */
export const filmEdits = pgTable(
  "film_edits",
  {
    documentId: text("document_id")
      .notNull()
      .references(() => filmDocuments.id, { onDelete: "cascade" }),
    editId: text("edit_id").notNull(),
    position: bigint("position", { mode: "number" }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.editId] }), index("film_edits_age").on(table.createdAt)],
);
