/**
 * What pages may ask of the server while they are rendered. Everything a person *does* goes through `/v1`; loaders
 * only need to know who is looking and what to draw first. Built in `app/main.ts`, handed to Remix as load context.
 */
import type { Role } from "#domain/collab/access.ts";
import type { PeerColor } from "#domain/collab/presence.ts";

export interface Viewer {
  id: string;
  name: string;
  color: PeerColor;
  /** A guest has no e-mail yet; becoming an account keeps their work. */
  isGuest: boolean;
  email: string | null;
}

export interface ProjectCard {
  id: string;
  title: string;
  workspaceId: string;
  role: Role;
  posterUrl: string | null;
  shotCount: number;
  updatedAt: string;
  /** Shared with the viewer by a project invite, from somebody else's workspace. */
  shared: boolean;
}

export interface WorkspaceCard {
  id: string;
  name: string;
  role: Role;
  personal: boolean;
}

export interface OpenProject {
  project: { id: string; title: string; workspaceId: string; workspaceName: string };
  role: Role;
}

export interface InviteCard {
  role: Role;
  /** Title of the film, or name of the workspace. */
  to: string;
  projectId: string | null;
  invitedBy: string | null;
  expiresAt: string | null;
  /** open, or why it can't be used any more */
  state: "open" | "expired" | "revoked" | "used-up";
}

export interface StudioPages {
  viewer(request: Request): Promise<Viewer | null>;
  home(viewer: Viewer): Promise<{ workspaces: WorkspaceCard[]; projects: ProjectCard[] }>;
  openProject(viewer: Viewer, projectId: string): Promise<OpenProject | null>;
  invite(token: string): Promise<InviteCard | null>;
}

declare module "@remix-run/node" {
  interface AppLoadContext {
    pages: StudioPages;
  }
}
