CREATE TABLE "film_versions" (
	"document_id" text NOT NULL,
	"position" bigint NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "film_versions_document_id_position_pk" PRIMARY KEY("document_id","position")
);
--> statement-breakpoint
ALTER TABLE "film_documents" ADD COLUMN "outline" "bytea";--> statement-breakpoint
ALTER TABLE "film_documents" ADD COLUMN "position" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "film_documents" ADD COLUMN "damage" text;--> statement-breakpoint
ALTER TABLE "film_versions" ADD CONSTRAINT "film_versions_document_id_film_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."film_documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
UPDATE "film_documents" d SET "position" = greatest(d."snapshot_position", coalesce((SELECT max(u."position") FROM "film_updates" u WHERE u."document_id" = d."id"), 0));--> statement-breakpoint
-- Every commit moves a document's position: room in its page keeps that an update in place.
ALTER TABLE "film_documents" SET (fillfactor = 70);--> statement-breakpoint
-- Yjs updates hardly shrink, and only uncompressed values can be read a slice at a time without reading them whole.
ALTER TABLE "film_documents" ALTER COLUMN "snapshot" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "film_versions" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
