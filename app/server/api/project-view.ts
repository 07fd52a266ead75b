import { z } from "zod";
import type { ProjectWithRole } from "#db/queries/projects.ts";
import { Role } from "#domain/collab/access.ts";
import type { StudioParts } from "../studio-parts.ts";
import { loadFilm } from "../services/film-reader.ts";
import { FilmView, viewFilm } from "./film-view.ts";

export const ProjectView = z.object({
  id: z.string(),
  workspaceId: z.string(),
  workspaceName: z.string(),
  title: z.string(),
  /** The caller's own. */
  role: Role,
  /** Known by a project invite alone, from somebody else's workspace. */
  shared: z.boolean(),
  posterUrl: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type ProjectView = z.infer<typeof ProjectView>;

export const ProjectWithFilm = z.object({ project: ProjectView, film: FilmView });

export function viewProject(row: ProjectWithRole): ProjectView {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    workspaceName: row.workspaceName,
    title: row.title,
    role: row.role,
    shared: row.shared,
    posterUrl: row.posterAssetId === null ? null : `/v1/assets/${row.posterAssetId}`,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Project and film as they are now; the film's own title is the truer one. */
export async function projectWithFilm(
  parts: StudioParts,
  row: ProjectWithRole,
): Promise<z.infer<typeof ProjectWithFilm>> {
  const film = await loadFilm(parts.db, row.id);
  return { project: { ...viewProject(row), title: film.meta.title || row.title }, film: viewFilm(film) };
}
