ALTER TABLE "jobs" ADD COLUMN "made_from" jsonb;--> statement-breakpoint
ALTER TABLE "takes" ADD COLUMN "made_from" jsonb;