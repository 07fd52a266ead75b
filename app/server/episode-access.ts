import { findEpisode, type EpisodeRow } from "#db/queries/episodes.ts";
import type { ProjectWithRole } from "#db/queries/projects.ts";
import { listWorkspaces } from "#db/queries/workspaces.ts";
import { StudioError } from "#domain/errors.ts";
import { isUuid, type Need, projectFor, workspaceFor } from "./access.ts";
import type { Caller } from "./auth.ts";
import type { StudioParts } from "./studio-parts.ts";

/** An episode is its film: who may do what with the film may do it with the episode. @throws StudioError "thing/not-found" */
export async function episodeFor(
  parts: Pick<StudioParts, "db">,
  caller: Caller,
  id: string,
  need: Need,
): Promise<{ episode: EpisodeRow; project: ProjectWithRole }> {
  const none = new StudioError("thing/not-found", "There is no such episode, or it is not yours to see.");
  const episode = isUuid(id) ? await findEpisode(parts.db, id) : null;
  if (episode === null) throw none;
  const project = await projectFor(parts, caller, episode.projectId, need).catch((error: unknown) => {
    throw error instanceof StudioError && error.code === "thing/not-found" ? none : error;
  });
  return { episode, project };
}

/** The workspace that is named, else the caller's own. */
export async function workspaceOf(
  parts: Pick<StudioParts, "db">,
  caller: Caller,
  workspaceId: string | undefined,
  need: Need,
): Promise<{ id: string }> {
  if (workspaceId !== undefined) return workspaceFor(parts, caller, workspaceId, need);
  const [own] = await listWorkspaces(parts.db, caller.userId);
  if (own === undefined) throw new StudioError("request/invalid", "You are in no workspace yet; name one.");
  return workspaceFor(parts, caller, own.id, need);
}
