ALTER TABLE "accounts" ADD COLUMN "issuer" text DEFAULT 'local' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_issuer" ON "accounts" USING btree ("issuer","account_id");