/**
 * What pages may ask of the server while they are rendered. Everything a person *does* goes through `/v1`; loaders
 * only need to know who is looking and what to draw first. Built in `app/main.ts`, handed to Remix as load context.
 */
import type { Role } from "#domain/collab/access.ts";
import type { SceneLook } from "#domain/generation/scene-look.ts";
import type { GenerationStage } from "#domain/jobs/stages.ts";
import type { InviteCard, ProjectCard, Viewer, WorkspaceCard } from "#domain/collab/cards.ts";
import type { Busy } from "./services/busy.ts";

export interface OpenProject {
  project: { id: string; title: string; workspaceId: string; workspaceName: string };
  role: Role;
  /** By name; null where none is set. */
  languageModel: string | null;
}

/** What the page of a viewer's link shows: a scene, or how far it is. */
export type ViewedScene =
  | {
      state: "ready";
      title: string;
      prompt: string;
      /** Absolute, for those who show links. */
      posterUrl: string | null;
      filmUrl: string;
    }
  | SceneInTheMaking
  | {
      state: "stopped";
      title: string;
      prompt: string;
      look: SceneLook;
      stage: GenerationStage | null;
      failed: boolean;
    };

export interface SceneInTheMaking {
  state: "making";
  title: string;
  prompt: string;
  /** What its prompt promises at a glance, for a drawing. */
  look: SceneLook;
  /** The one at work or next; null before the first begins. */
  stage: GenerationStage | null;
  /** 0 to 1. */
  progress: number;
  /** Of that stage alone, 0 to 1; 0 before the first begins. */
  stageProgress: number;
}

export interface StudioPages {
  viewer(request: Request): Promise<Viewer | null>;
  home(viewer: Viewer): Promise<{ workspaces: WorkspaceCard[]; projects: ProjectCard[] }>;
  openProject(viewer: Viewer, projectId: string): Promise<OpenProject | null>;
  /** @returns null when the token is none of ours */
  invite(token: string, request: Request): Promise<InviteCard | Busy | null>;
  /** @returns null when the key opens nothing */
  scene(key: string, request: Request): Promise<ViewedScene | Busy | null>;
}

declare module "@remix-run/node" {
  interface AppLoadContext {
    pages: StudioPages;
  }
}
