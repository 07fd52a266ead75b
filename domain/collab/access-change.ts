import { z } from "zod";
import { Id } from "#domain/ids.ts";

/** On `film.access`: whose roles may have changed. Open sockets that match every field given read their role again. */
export const AccessChange = z.object({
  projectId: Id.optional(),
  workspaceId: Id.optional(),
  userId: z.string().optional(),
});
export type AccessChange = z.infer<typeof AccessChange>;
