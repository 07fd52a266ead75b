import { z } from "zod";

/** Ids are opaque strings to everyone; ours are UUIDs (v7 in Postgres, any in documents). */
export const Id = z.string().min(1).max(64);
export type Id = z.infer<typeof Id>;

/** Makes ids; passed in wherever ids are needed, so that tests are repeatable. */
export type NewId = () => Id;

/** The document of a project, as named on the wire: `project:<uuid>`. */
export function documentIdOf(projectId: Id): string {
  return `project:${projectId}`;
}

/** @returns the project's id, or null when the name is not of a project document */
export function projectIdOf(documentId: string): Id | null {
  const match = /^project:([0-9a-f-]{36})$/.exec(documentId);
  return match?.[1] ?? null;
}
