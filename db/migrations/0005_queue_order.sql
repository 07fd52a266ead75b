DROP INDEX "jobs_ready";--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "place" double precision;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "recall_requested_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "jobs_spent" ON "jobs" USING btree ("workspace_id","finished_at") WHERE started_at is not null;--> statement-breakpoint
CREATE INDEX "jobs_ready" ON "jobs" USING btree ("capability","lane","project_id","priority" DESC NULLS FIRST,coalesce(place, seq::double precision)) WHERE state = 'queued' and released_at is null and blocked = 0;