CREATE TABLE "dead_letters" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"consumer" text NOT NULL,
	"stream_seq" bigint NOT NULL,
	"job_id" uuid,
	"deliveries" integer DEFAULT 0 NOT NULL,
	"payload" "bytea",
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job_transitions" (
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	CONSTRAINT "job_transitions_from_state_to_state_pk" PRIMARY KEY("from_state","to_state")
);
--> statement-breakpoint
CREATE TABLE "retry_rules" (
	"class" text PRIMARY KEY NOT NULL,
	"retries" integer NOT NULL,
	CONSTRAINT "retry_rules_retries" CHECK (retries between 0 and 20)
);
--> statement-breakpoint
CREATE TABLE "workspace_turns" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"served_at" timestamp with time zone DEFAULT now() NOT NULL,
	"turns" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "episodes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"world_id" text NOT NULL,
	"intent" text NOT NULL,
	"state" text DEFAULT 'CREATED' NOT NULL,
	"run_id" uuid,
	"plan" jsonb,
	"planner" text,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"terminated_reason" text,
	CONSTRAINT "episodes_state" CHECK (state in ('CREATED', 'PLANNED', 'EXECUTING', 'COMPLETED', 'PARTIALLY_COMPLETED', 'FAILED', 'TERMINATED'))
);
--> statement-breakpoint
CREATE TABLE "worlds" (
	"workspace_id" uuid NOT NULL,
	"key" text NOT NULL,
	"elements" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"source" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "worlds_workspace_id_key_pk" PRIMARY KEY("workspace_id","key"),
	CONSTRAINT "worlds_source" CHECK (source in ('stored', 'extracted', 'empty'))
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"webhook_id" uuid NOT NULL,
	"event_id" bigint NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"status" integer,
	"error" text,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"project_id" uuid,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"secret_sealed" text NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "jobs_queue";--> statement-breakpoint
DROP INDEX "project_events_project";--> statement-breakpoint
ALTER TABLE "job_artifacts" DROP CONSTRAINT "job_artifacts_job_id_role_pk";--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "purpose" text DEFAULT 'film' NOT NULL;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "queue_paused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "queue_paused_by" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "event_position" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "weight" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "max_running" integer;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "gpu_seconds_per_day" integer;--> statement-breakpoint
ALTER TABLE "job_artifacts" ADD COLUMN "name" text;--> statement-breakpoint
UPDATE "job_artifacts" SET "name" = "role";--> statement-breakpoint
ALTER TABLE "job_artifacts" ALTER COLUMN "name" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "job_artifacts" ADD CONSTRAINT "job_artifacts_job_id_name_pk" PRIMARY KEY("job_id","name");--> statement-breakpoint
ALTER TABLE "job_attempts" ADD COLUMN "claim" text;--> statement-breakpoint
ALTER TABLE "job_attempts" ADD COLUMN "error_detail" text;--> statement-breakpoint
ALTER TABLE "job_attempts" ADD COLUMN "model" text;--> statement-breakpoint
ALTER TABLE "job_attempts" ADD COLUMN "capability" text;--> statement-breakpoint
ALTER TABLE "job_attempts" ADD COLUMN "units" real;--> statement-breakpoint
ALTER TABLE "job_attempts" ADD COLUMN "frames" integer;--> statement-breakpoint
ALTER TABLE "job_attempts" ADD COLUMN "width" integer;--> statement-breakpoint
ALTER TABLE "job_attempts" ADD COLUMN "height" integer;--> statement-breakpoint
ALTER TABLE "job_attempts" ADD COLUMN "leased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "job_attempts" ADD COLUMN "running_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "job_attempts" ADD COLUMN "uploading_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "job_attempts" ADD COLUMN "deliveries" integer;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "step_key" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "parent_id" uuid;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "part_index" integer;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "part_count" integer;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "superseded_by" uuid;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "blocked" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "frames" integer;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "width" integer;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "height" integer;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "units" real;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "engine_wanted" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "model_wanted" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "engines_tried" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "avoid_agents" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "handovers" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "claim" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "error_detail" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "output" jsonb;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "queued_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "project_events" ADD COLUMN "position" bigint;--> statement-breakpoint
UPDATE "project_events" e SET "position" = o."position" FROM (SELECT "id", row_number() OVER (PARTITION BY "project_id" ORDER BY "id") AS "position" FROM "project_events") o WHERE o."id" = e."id";--> statement-breakpoint
ALTER TABLE "project_events" ALTER COLUMN "position" SET NOT NULL;--> statement-breakpoint
UPDATE "projects" p SET "event_position" = o."newest" FROM (SELECT "project_id", max("position") AS "newest" FROM "project_events" GROUP BY "project_id") o WHERE o."project_id" = p."id";--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "title" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "params" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "cancel_requested_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "workspace_turns" ADD CONSTRAINT "workspace_turns_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "worlds" ADD CONSTRAINT "worlds_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dead_letters_job" ON "dead_letters" USING btree ("job_id");--> statement-breakpoint
CREATE INDEX "episodes_workspace" ON "episodes" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("next_at") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_log" ON "webhook_deliveries" USING btree ("webhook_id","created_at");--> statement-breakpoint
CREATE INDEX "webhooks_user" ON "webhooks" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "webhooks_workspace" ON "webhooks" USING btree ("workspace_id");--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_queue_paused_by_users_id_fk" FOREIGN KEY ("queue_paused_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_parent_id_jobs_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
-- Rows of before: what the columns say that are derived from others.
UPDATE "jobs" SET "queued_at" = "created_at",
  "frames" = CASE WHEN jsonb_typeof("request"->'frames') = 'number' THEN ("request"->>'frames')::numeric::integer END,
  "width" = CASE WHEN jsonb_typeof("request"->'width') = 'number' THEN ("request"->>'width')::numeric::integer END,
  "height" = CASE WHEN jsonb_typeof("request"->'height') = 'number' THEN ("request"->>'height')::numeric::integer END;--> statement-breakpoint
UPDATE "jobs" SET "units" = CASE "capability"
  WHEN 'image' THEN greatest(1, "width"::real * "height" / 230400)
  WHEN 'audio.music' THEN CASE WHEN jsonb_typeof("request"->'seconds') = 'number' THEN ("request"->>'seconds')::real END
  ELSE "frames"::real * "width" * "height" / 230400 END;--> statement-breakpoint
UPDATE "job_attempts" a SET "capability" = j."capability", "units" = j."units", "frames" = j."frames", "width" = j."width", "height" = j."height"
  FROM "jobs" j WHERE j."id" = a."job_id";--> statement-breakpoint
UPDATE "jobs" SET "finished_at" = CASE WHEN "state" IN ('succeeded', 'failed', 'cancelled', 'expired') THEN coalesce("finished_at", now()) END
  WHERE ("finished_at" IS NOT NULL) <> ("state" IN ('succeeded', 'failed', 'cancelled', 'expired'));--> statement-breakpoint
-- What waits for a job that will never succeed ends now; from here on it ends together with that job.
WITH RECURSIVE doomed("id") AS (
  SELECT j."id" FROM "jobs" j JOIN "jobs" d ON d."id" = ANY(j."depends_on")
    WHERE j."finished_at" IS NULL AND j."state" = 'queued' AND d."state" IN ('failed', 'cancelled', 'expired')
  UNION
  SELECT j."id" FROM "jobs" j JOIN doomed o ON o."id" = ANY(j."depends_on") WHERE j."finished_at" IS NULL AND j."state" = 'queued'
)
UPDATE "jobs" SET "state" = 'failed', "finished_at" = now(), "error_code" = 'job/permanent', "error_message" = 'A job that this one waits for did not succeed.'
  WHERE "id" IN (SELECT "id" FROM doomed);--> statement-breakpoint
UPDATE "jobs" j SET "blocked" = (SELECT count(*) FROM "jobs" d WHERE d."id" = ANY(j."depends_on") AND d."state" <> 'succeeded')
  WHERE j."finished_at" IS NULL AND j."depends_on" <> '{}';--> statement-breakpoint
-- Of two retries of one job that are both open the older one keeps its name.
UPDATE "jobs" j SET "retry_of" = NULL WHERE j."finished_at" IS NULL AND EXISTS (
  SELECT 1 FROM "jobs" o WHERE o."retry_of" = j."retry_of" AND o."finished_at" IS NULL AND o."seq" < j."seq");--> statement-breakpoint
UPDATE "runs" SET "kind" = 'shots' WHERE "kind" NOT IN ('shot', 'shots', 'thumbnails', 'score', 'export', 'generation', 'episode', 'retry', 'test');--> statement-breakpoint
CREATE INDEX "attempts_done" ON "job_attempts" USING btree ("capability","engine","finished_at" DESC NULLS FIRST) WHERE outcome = 'succeeded';--> statement-breakpoint
CREATE INDEX "jobs_ready" ON "jobs" USING btree ("capability","workspace_id","priority" DESC NULLS FIRST,"seq") WHERE state = 'queued' and released_at is null and blocked = 0;--> statement-breakpoint
CREATE INDEX "jobs_out" ON "jobs" USING btree ("workspace_id") WHERE finished_at is null and released_at is not null;--> statement-breakpoint
CREATE INDEX "jobs_cancelling" ON "jobs" USING btree ("id") WHERE state = 'cancelling';--> statement-breakpoint
CREATE INDEX "jobs_expiring" ON "jobs" USING btree ("expires_at") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "jobs_mine" ON "jobs" USING btree ("created_by") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "jobs_waits" ON "jobs" USING gin ("depends_on") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "jobs_run" ON "jobs" USING btree ("run_id","seq");--> statement-breakpoint
CREATE INDEX "jobs_parent" ON "jobs" USING btree ("parent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_step" ON "jobs" USING btree ("run_id","step_key") WHERE superseded_by is null and step_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_retry" ON "jobs" USING btree ("retry_of") WHERE finished_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "project_events_position" ON "project_events" USING btree ("project_id","position");--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_purpose" CHECK (purpose in ('film', 'generation'));--> statement-breakpoint
ALTER TABLE "workspaces" ADD CONSTRAINT "workspaces_weight" CHECK (weight between 1 and 100);--> statement-breakpoint
ALTER TABLE "job_attempts" ADD CONSTRAINT "job_attempts_outcome" CHECK (outcome in ('succeeded', 'failed', 'cancelled', 'lost', 'handed_back', 'superseded'));--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_state" CHECK (state in ('queued', 'leased', 'running', 'uploading', 'succeeded', 'failed', 'cancelling', 'cancelled', 'expired'));--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_finished" CHECK ((finished_at is not null) = (state in ('succeeded', 'failed', 'cancelled', 'expired')));--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_kind" CHECK (kind in ('shot', 'shots', 'thumbnails', 'score', 'export', 'generation', 'episode', 'retry', 'test'));--> statement-breakpoint
INSERT INTO "job_transitions" ("from_state", "to_state") VALUES
  ('queued', 'leased'), ('queued', 'running'), ('queued', 'uploading'), ('queued', 'succeeded'), ('queued', 'failed'), ('queued', 'cancelling'), ('queued', 'cancelled'), ('queued', 'expired'),
  ('leased', 'running'), ('leased', 'uploading'), ('leased', 'succeeded'), ('leased', 'failed'), ('leased', 'queued'), ('leased', 'cancelling'),
  ('running', 'uploading'), ('running', 'succeeded'), ('running', 'failed'), ('running', 'queued'), ('running', 'cancelling'),
  ('uploading', 'succeeded'), ('uploading', 'failed'), ('uploading', 'queued'), ('uploading', 'cancelling'),
  ('cancelling', 'cancelled'), ('cancelling', 'succeeded');--> statement-breakpoint
-- The lifecycle holds for whoever writes, whichever version of the code that is.
CREATE FUNCTION "check_job_transition"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "job_transitions" WHERE "from_state" = OLD."state" AND "to_state" = NEW."state") THEN
    RAISE EXCEPTION 'job % cannot go from % to %', OLD."id", OLD."state", NEW."state" USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER "jobs_transition" BEFORE UPDATE OF "state" ON "jobs" FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state") EXECUTE FUNCTION "check_job_transition"();--> statement-breakpoint
INSERT INTO "retry_rules" ("class", "retries") VALUES
  ('retryable', 3), ('capacity', 3), ('infrastructure', 3), ('permanent', 0), ('missing-model', 0), ('licence', 0),
  ('identity', 3), ('intent', 3), ('entity', 3), ('framing', 2), ('temporal', 2), ('uncertain', 3), ('unknown', 2);
