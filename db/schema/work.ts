import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { users } from "./identity.ts";
import { projects, workspaces } from "./workspace.ts";

/** Files people brought and engines made. Bytes are in the object store under `objectKey`. */
export const assets = pgTable(
  "assets",
  {
    id: id(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    kind: text("kind").notNull(),
    name: text("name").notNull(),
    contentType: text("content_type").notNull(),
    bytes: bigint("bytes", { mode: "number" }).notNull(),
    sha256: text("sha256").notNull(),
    objectKey: text("object_key").notNull(),
    /** pending until the bytes have arrived and were looked at, then ready */
    state: text("state").notNull(),
    /** `upload`, or the engine that made it */
    source: text("source").notNull(),
    meta: jsonb("meta").$type<Record<string, number | string>>().notNull().default({}),
    createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    deletedAt: moment("deleted_at"),
  },
  (table) => [index("assets_project").on(table.projectId, table.createdAt), index("assets_key").on(table.objectKey)],
);

/** What one request started: a shot, all shots, an export. Its state is derived from its jobs. */
export const runs = pgTable(
  "runs",
  {
    id: id(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    kind: text("kind").notNull(),
    createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => [index("runs_project").on(table.projectId)],
);

export const jobs = pgTable(
  "jobs",
  {
    id: id(),
    /** Order of arrival. */
    seq: bigserial("seq", { mode: "number" }).notNull(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    shotId: text("shot_id"),
    kind: text("kind").notNull(),
    capability: text("capability").notNull(),
    lane: text("lane").notNull(),
    state: text("state").notNull().default("queued"),
    priority: integer("priority").notNull().default(0),
    /** Jobs that must have succeeded first. */
    dependsOn: uuid("depends_on")
      .array()
      .notNull()
      .default(sql`'{}'::uuid[]`),
    /** A `RenderRequest`. */
    request: jsonb("request").notNull(),
    /** The attempt that holds or held the lease; 0 = none yet. */
    attempt: integer("attempt").notNull().default(0),
    /** Attempts that ended in a real failure, as against a hand-over. */
    failures: integer("failures").notNull().default(0),
    agentId: text("agent_id"),
    stage: text("stage"),
    step: integer("step"),
    total: integer("total"),
    progress: real("progress").notNull().default(0),
    message: text("message"),
    etaSeconds: real("eta_seconds"),
    engine: text("engine"),
    model: text("model"),
    errorCode: text("error_code"),
    errorMessage: text("error_message"),
    retryOf: uuid("retry_of"),
    createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    /** Not released before this: growth between attempts. */
    notBefore: moment("not_before"),
    /** Handed to the work queue; null while the queue is ours alone. */
    releasedAt: moment("released_at"),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    cancelRequestedAt: moment("cancel_requested_at"),
  },
  (table) => [
    index("jobs_queue")
      .on(table.priority, table.seq)
      .where(sql`state = 'queued'`),
    index("jobs_open")
      .on(table.state)
      .where(sql`finished_at is null`),
    index("jobs_project").on(table.projectId, table.seq),
    index("jobs_shot").on(table.projectId, table.shotId),
  ],
);

export const jobAttempts = pgTable(
  "job_attempts",
  {
    jobId: uuid("job_id")
      .notNull()
      .references(() => jobs.id, { onDelete: "cascade" }),
    attempt: integer("attempt").notNull(),
    agentId: text("agent_id").notNull(),
    outcome: text("outcome"),
    errorKind: text("error_kind"),
    errorMessage: text("error_message"),
    engine: text("engine"),
    device: text("device"),
    seconds: real("seconds"),
    startedAt: moment("started_at").notNull().defaultNow(),
    finishedAt: moment("finished_at"),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.attempt] })],
);

export const jobArtifacts = pgTable(
  "job_artifacts",
  {
    jobId: uuid("job_id")
      .notNull()
      .references(() => jobs.id, { onDelete: "cascade" }),
    role: text("role").notNull(),
    assetId: uuid("asset_id")
      .notNull()
      .references(() => assets.id, { onDelete: "cascade" }),
    attempt: integer("attempt").notNull(),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.role] })],
);

export const takes = pgTable(
  "takes",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    shotId: text("shot_id").notNull(),
    number: integer("number").notNull(),
    jobId: uuid("job_id").references(() => jobs.id, { onDelete: "set null" }),
    engine: text("engine").notNull(),
    model: text("model"),
    /** The request that made it, for reuse: prompt, seed, size, frames. */
    params: jsonb("params").notNull(),
    width: integer("width").notNull(),
    height: integer("height").notNull(),
    frames: integer("frames").notNull(),
    fpsNum: integer("fps_num").notNull(),
    fpsDen: integer("fps_den").notNull(),
    videoAssetId: uuid("video_asset_id")
      .notNull()
      .references(() => assets.id),
    posterAssetId: uuid("poster_asset_id").references(() => assets.id),
    createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("takes_number").on(table.projectId, table.shotId, table.number),
    uniqueIndex("takes_job").on(table.jobId),
  ],
);

/** Events of a project in order, for programs that follow by SSE and resume by id. */
export const projectEvents = pgTable(
  "project_events",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    type: text("type").notNull(),
    payload: jsonb("payload").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("project_events_project").on(table.projectId, table.id)],
);

export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    userId: text("user_id").notNull(),
    key: text("key").notNull(),
    /** SHA-256 of method, path and body: the same key with another request is an error. */
    requestHash: text("request_hash").notNull(),
    status: integer("status"),
    response: jsonb("response"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.key] })],
);
