/** What pages are drawn from: who is looking, and what a project, a workspace and an invite say about themselves. */
import type { Role } from "./access.ts";
import type { PeerColor } from "./presence.ts";

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
  /** Whose film it is, as its poster credits it. */
  workspaceName: string;
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
