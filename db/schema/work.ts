import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  bigserial,
  check,
  doublePrecision,
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
import type { MadeFrom } from "#domain/film/made-from.ts";
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

/** What one request started: a shot, all shots, an export, a generation. Its state is derived from its jobs. */
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
    title: text("title"),
    /** What was asked for, as the route parsed it. */
    params: jsonb("params").$type<Record<string, unknown>>().notNull().default({}),
    createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    cancelRequestedAt: moment("cancel_requested_at"),
  },
  (table) => [
    index("runs_project").on(table.projectId),
    check(
      "runs_kind",
      sql`kind in ('shot', 'shots', 'thumbnails', 'score', 'export', 'generation', 'episode', 'retry', 'test', 'image')`,
    ),
  ],
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
    /** Its place in the run's graph: planning, chunk:0, join, beat:3. */
    stepKey: text("step_key"),
    /** The job this one is a part of (a chunk of a long shot); the head is what people see. */
    parentId: uuid("parent_id").references((): AnyPgColumn => jobs.id, { onDelete: "cascade" }),
    partIndex: integer("part_index"),
    partCount: integer("part_count"),
    /** The retry that took its place in the run. */
    supersededBy: uuid("superseded_by"),
    kind: text("kind").notNull(),
    capability: text("capability").notNull(),
    lane: text("lane").notNull(),
    state: text("state").notNull().default("queued"),
    priority: integer("priority").notNull().default(0),
    /** Where people have put it among those of its priority, on the scale of `seq`; null: where it arrived. */
    place: doublePrecision("place"),
    /** Jobs that must have succeeded first. */
    dependsOn: uuid("depends_on")
      .array()
      .notNull()
      .default(sql`'{}'::uuid[]`),
    /** How many of those have not succeeded yet; kept by `moveJob`. */
    blocked: integer("blocked").notNull().default(0),
    /** A `RenderRequest`. */
    request: jsonb("request").notNull(),
    /** Of a shot: what it said when it was asked for; its take keeps it. */
    madeFrom: jsonb("made_from").$type<MadeFrom>(),
    /** How big the request is, where it says so; `units` as `unitsOf` counts them. */
    frames: integer("frames"),
    width: integer("width"),
    height: integer("height"),
    units: real("units"),
    engineWanted: text("engine_wanted"),
    modelWanted: text("model_wanted"),
    /** Engines that had no room for it. */
    enginesTried: text("engines_tried")
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    /** Agents it failed on for reasons of their own. */
    avoidAgents: text("avoid_agents")
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    /** The attempt that holds or held the lease; 0 = none yet. */
    attempt: integer("attempt").notNull().default(0),
    /** Attempts that ended in a real failure, as against a hand-over. */
    failures: integer("failures").notNull().default(0),
    /** Attempts that ended because their agent went away: drains and lost leases. */
    handovers: integer("handovers").notNull().default(0),
    /** Nonce of the claim in force; null while nobody is known to have it. */
    claim: text("claim"),
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
    /** For operators: traces, hosts, paths. Never shown to people. */
    errorDetail: text("error_detail"),
    /** What it answered beside its files, e.g. a plan; at most 64 KiB. */
    output: jsonb("output"),
    retryOf: uuid("retry_of"),
    createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    /** When the present wait began. */
    queuedAt: moment("queued_at").notNull().defaultNow(),
    /** Still queued then, it expires. */
    expiresAt: moment("expires_at"),
    /** Not released before this: growth between attempts. */
    notBefore: moment("not_before"),
    /** Handed to the work queue; null while the queue is ours alone. */
    releasedAt: moment("released_at"),
    /** The order has changed since: the director takes it out of the work queue again, if nobody has it yet. */
    recallRequestedAt: moment("recall_requested_at"),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    cancelRequestedAt: moment("cancel_requested_at"),
  },
  (table) => [
    index("jobs_ready")
      .on(
        table.capability,
        table.lane,
        table.projectId,
        table.priority.desc().nullsFirst(),
        sql`coalesce(place, seq::double precision)`,
      )
      .where(sql`state = 'queued' and released_at is null and blocked = 0`),
    index("jobs_open")
      .on(table.state)
      .where(sql`finished_at is null`),
    index("jobs_out")
      .on(table.workspaceId)
      .where(sql`finished_at is null and released_at is not null`),
    index("jobs_spent")
      .on(table.workspaceId, table.finishedAt)
      .where(sql`started_at is not null`),
    index("jobs_cancelling")
      .on(table.id)
      .where(sql`state = 'cancelling'`),
    index("jobs_expiring")
      .on(table.expiresAt)
      .where(sql`state = 'queued'`),
    index("jobs_mine")
      .on(table.createdBy)
      .where(sql`finished_at is null`),
    index("jobs_waits")
      .using("gin", table.dependsOn)
      .where(sql`finished_at is null`),
    index("jobs_project").on(table.projectId, table.seq),
    index("jobs_shot").on(table.projectId, table.shotId),
    index("jobs_run").on(table.runId, table.seq),
    index("jobs_parent").on(table.parentId),
    uniqueIndex("jobs_step")
      .on(table.runId, table.stepKey)
      .where(sql`superseded_by is null and step_key is not null`),
    uniqueIndex("jobs_retry")
      .on(table.retryOf)
      .where(sql`finished_at is null`),
    check(
      "jobs_state",
      sql`state in ('queued', 'leased', 'running', 'uploading', 'succeeded', 'failed', 'cancelling', 'cancelled', 'expired')`,
    ),
    check("jobs_finished", sql`(finished_at is not null) = (state in ('succeeded', 'failed', 'cancelled', 'expired'))`),
  ],
);

export const jobAttempts = pgTable(
  "job_attempts",
  {
    jobId: uuid("job_id")
      .notNull()
      .references(() => jobs.id, { onDelete: "cascade" }),
    attempt: integer("attempt").notNull(),
    /** Nonce of its claim; null in rows of version 1. */
    claim: text("claim"),
    agentId: text("agent_id").notNull(),
    outcome: text("outcome"),
    errorKind: text("error_kind"),
    errorMessage: text("error_message"),
    errorDetail: text("error_detail"),
    engine: text("engine"),
    model: text("model"),
    device: text("device"),
    seconds: real("seconds"),
    /** What it worked on, so that history is read without the jobs. */
    capability: text("capability"),
    units: real("units"),
    frames: integer("frames"),
    width: integer("width"),
    height: integer("height"),
    startedAt: moment("started_at").notNull().defaultNow(),
    leasedAt: moment("leased_at"),
    runningAt: moment("running_at"),
    uploadingAt: moment("uploading_at"),
    finishedAt: moment("finished_at"),
    /** How often the broker had delivered the job by then. */
    deliveries: integer("deliveries"),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.attempt] }),
    index("attempts_done")
      .on(table.capability, table.engine, table.finishedAt.desc().nullsFirst())
      .where(sql`outcome = 'succeeded'`),
    check(
      "job_attempts_outcome",
      sql`outcome in ('succeeded', 'failed', 'cancelled', 'lost', 'handed_back', 'superseded')`,
    ),
  ],
);

export const jobArtifacts = pgTable(
  "job_artifacts",
  {
    jobId: uuid("job_id")
      .notNull()
      .references(() => jobs.id, { onDelete: "cascade" }),
    /** Tells files of one role apart; the role's own name where there is one of it. */
    name: text("name").notNull(),
    role: text("role").notNull(),
    assetId: uuid("asset_id")
      .notNull()
      .references(() => assets.id, { onDelete: "cascade" }),
    attempt: integer("attempt").notNull(),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.name] })],
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
    /** What its shot said when it was asked for; null: made before this was written down. */
    madeFrom: jsonb("made_from").$type<MadeFrom>(),
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

/** Events of a project in order, for programs that follow by SSE and resume by position. */
export const projectEvents = pgTable(
  "project_events",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    /** From 1, without a gap, in the order of commits; see `recordEvents`. */
    position: bigint("position", { mode: "number" }).notNull(),
    type: text("type").notNull(),
    payload: jsonb("payload").notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("project_events_position").on(table.projectId, table.position)],
);

export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    userId: text("user_id").notNull(),
    key: text("key").notNull(),
    /** SHA-256 of method, path with its query, and body: the same key with another request is an error. */
    requestHash: text("request_hash").notNull(),
    status: integer("status"),
    response: jsonb("response"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.key] })],
);
