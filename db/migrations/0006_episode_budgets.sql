ALTER TABLE "episodes" DROP CONSTRAINT "episodes_state";--> statement-breakpoint
ALTER TABLE "episodes" ADD COLUMN "budget" jsonb;--> statement-breakpoint
CREATE INDEX "episodes_budgeted" ON "episodes" USING btree ("run_id") WHERE state = 'EXECUTING' and budget is not null;--> statement-breakpoint
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_state" CHECK (state in ('CREATED', 'PLANNED', 'EXECUTING', 'COMPLETED', 'PARTIALLY_COMPLETED', 'FAILED', 'IMPOSSIBLE', 'ABANDONED', 'TERMINATED'));