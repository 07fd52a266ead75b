import { listProjectsFor } from "#db/queries/projects.ts";
import { listWorkspaces } from "#db/queries/workspaces.ts";
import { PeerColor } from "#domain/collab/presence.ts";
import { filmFor } from "./access.ts";
import type { Caller } from "./auth.ts";
import type { ProjectCard, Viewer } from "#domain/collab/cards.ts";
import type { StudioPages } from "./load-context.ts";
import { loadFilm } from "./services/film-reader.ts";
import { inviteCard } from "./services/invite-card.ts";
import { keepLooks } from "./services/scene-looks.ts";
import { viewedScene } from "./services/viewed-scene.ts";
import { StudioError } from "#domain/errors.ts";
import type { StudioParts } from "./studio-parts.ts";

/** What pages may ask while they are rendered. */
export function createStudioPages(parts: StudioParts): StudioPages {
  const countShots = shotCounter(parts);
  const looks = keepLooks();
  return {
    async viewer(request) {
      const caller = await parts.auth.whoAsks(request.headers);
      if (caller === null) return null;
      const color = PeerColor.safeParse(caller.color);
      return {
        id: caller.userId,
        name: caller.name,
        color: color.success ? color.data : "peer-1",
        isGuest: caller.isGuest,
        email: caller.email,
      };
    },
    async home(viewer) {
      const [workspaces, rows] = await Promise.all([
        listWorkspaces(parts.db, viewer.id),
        listProjectsFor(parts.db, viewer.id, { limit: 60 }),
      ]);
      const projects = await Promise.all(
        rows.map(async (row): Promise<ProjectCard> => ({
          id: row.id,
          title: row.title,
          workspaceId: row.workspaceId,
          workspaceName: row.workspaceName,
          role: row.role,
          posterUrl: row.posterAssetId === null ? null : `/v1/assets/${row.posterAssetId}`,
          shotCount: await countShots(row.id, row.updatedAt),
          updatedAt: row.updatedAt.toISOString(),
          shared: row.shared,
        })),
      );
      return { workspaces: workspaces.map(({ id, name, role, personal }) => ({ id, name, role, personal })), projects };
    },
    async openProject(viewer, projectId) {
      try {
        const { id, title, workspaceId, workspaceName, role } = await filmFor(
          parts,
          asCaller(viewer),
          projectId,
          "read",
        );
        const languageModel = parts.env.llm?.model ?? null;
        return { project: { id, title, workspaceId, workspaceName }, role, languageModel };
      } catch (error) {
        if (error instanceof StudioError && error.code === "thing/not-found") return null;
        throw error;
      }
    },
    scene: (key, request) => viewedScene({ ...parts, looks }, key, request),
    invite: (token, request) => inviteCard(parts, token, request),
  };
}

function asCaller(viewer: Viewer): Caller {
  return {
    userId: viewer.id,
    name: viewer.name,
    color: viewer.color,
    isGuest: viewer.isGuest,
    email: viewer.email,
    by: "cookie",
  };
}

/** Shots are in the document alone; the count is kept until the film was stored anew. */
function shotCounter(parts: StudioParts): (projectId: string, updatedAt: Date) => Promise<number> {
  const known = new Map<string, { at: number; count: number }>();
  return async (projectId, updatedAt) => {
    const at = updatedAt.getTime();
    const before = known.get(projectId);
    if (before?.at === at) return before.count;
    const film = await loadFilm(parts.db, projectId).catch(() => null);
    const count = film?.shots.length ?? 0;
    if (known.size > 2000) known.clear();
    if (film !== null) known.set(projectId, { at, count });
    return count;
  };
}
