import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import type { Role } from "#domain/collab/access.ts";
import type { PeerColor } from "#domain/collab/presence.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import { toast } from "#app/ui/toast.tsx";
import { sentenceOf } from "./api.ts";
import { setCurrentProject } from "./current-project.ts";
import { fetchTicket } from "./film-connection.ts";
import { openFilm, type OpenFilm } from "./open-session.ts";
import type { BegunAnew, FilmSession } from "./session-contract.ts";

const FilmContext = createContext<OpenFilm | null>(null);

export interface FilmSessionProps {
  projectId: Id;
  workspaceId: Id;
  workspaceName: string;
  me: { id: Id; name: string; color: PeerColor; isGuest: boolean };
  /** Shown until the document is open; `problem` is a sentence when it can't be. */
  fallback(problem: string | null): ReactNode;
  /** An edit of this person was refused; the reason is a sentence. */
  onDenied(reason: string): void;
  onRoleChanged(role: Role): void;
  children: ReactNode;
}

/** Opens the film's document and everything around it for the views inside. */
export function FilmSessionProvider(props: FilmSessionProps) {
  const { projectId, workspaceId, workspaceName, me } = props;
  const [open, setOpen] = useState<OpenFilm | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // Another one when the role changes, because a person who may no longer edit must not keep a document with edits of
  // their own; and when the film was begun anew, because what is here is of the one before.
  const [opening, setOpening] = useState<{ anew: BegunAnew | null }>({ anew: null });
  const { onDenied, onRoleChanged } = props;

  useEffect(() => {
    let gone = false;
    let opened: OpenFilm | null = null;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const begin = async () => {
      const ticket = await fetchTicket(projectId);
      const film = await openFilm({
        projectId,
        workspaceId,
        workspaceName,
        me: { id: me.id, name: me.name, color: me.color, isGuest: me.isGuest },
        ticket,
        anew: opening.anew,
        denied: onDenied,
        roleChanged(role) {
          onRoleChanged(role);
          setOpening({ anew: null });
        },
        begunAnew: (how) => setOpening({ anew: how }),
        overruled: () => toast.say("Somebody else has changed that since, so it stays as it is."),
      });
      if (gone) return film.close();
      opened = film;
      setCurrentProject(projectId);
      setProblem(null);
      setOpen(film);
    };
    const attempt = () => {
      begin().catch((error: unknown) => {
        if (gone) return;
        setProblem(sentenceOf(error));
        const mayHelp = error instanceof StudioError && error.code === "service/unavailable";
        if (mayHelp) retry = setTimeout(attempt, 2000);
      });
    };
    attempt();
    return () => {
      gone = true;
      clearTimeout(retry);
      opened?.close();
      setOpen(null);
    };
  }, [projectId, workspaceId, workspaceName, me.id, me.name, me.color, me.isGuest, opening, onDenied, onRoleChanged]);

  if (!open) return <>{props.fallback(problem)}</>;
  return <FilmContext.Provider value={open}>{props.children}</FilmContext.Provider>;
}

/** Everything of the open film; the hooks beside this file are what views use. */
export function useOpenFilm(): OpenFilm {
  const open = useContext(FilmContext);
  if (!open) throw new Error("useOpenFilm outside FilmSessionProvider");
  return open;
}

export function useSession(): FilmSession {
  return useOpenFilm().session;
}
