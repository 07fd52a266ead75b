import { useCallback } from "react";
import type { Role } from "#domain/collab/access.ts";
import type { PeerColor } from "#domain/collab/presence.ts";
import { FilmSessionProvider } from "#app/studio/session/film-session.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { toast } from "#app/ui/toast.tsx";
import { Shell } from "./shell.tsx";
import { StudioFrame } from "./studio-frame.tsx";

export interface StudioProps {
  viewer: { id: string; name: string; color: PeerColor; isGuest: boolean };
  project: { id: string; title: string; workspaceId: string; workspaceName: string };
}

const nowYou: Record<Role, string> = {
  owner: "You own this film now.",
  editor: "You may edit this film now.",
  commenter: "You may comment on this film now, and watch it.",
  viewer: "You are watching now: you no longer have the right to edit.",
};

/** One film, open in this tab. */
export function Studio({ viewer, project }: StudioProps) {
  const onDenied = useCallback((reason: string) => toast.wrong(reason || "That change was refused."), []);
  const onRoleChanged = useCallback((role: Role) => toast.say(nowYou[role]), []);
  return (
    <FilmSessionProvider
      projectId={project.id}
      workspaceId={project.workspaceId}
      workspaceName={project.workspaceName}
      me={viewer}
      onDenied={onDenied}
      onRoleChanged={onRoleChanged}
      fallback={(problem) => (
        <StudioFrame workspaceName={project.workspaceName} title={project.title}>
          {problem ? (
            <EmptyState
              title="The film can't be opened"
              action={
                <a className="ui-button" href="/projects">
                  All projects
                </a>
              }
            >
              {problem}
            </EmptyState>
          ) : null}
        </StudioFrame>
      )}
    >
      <Shell />
    </FilmSessionProvider>
  );
}
