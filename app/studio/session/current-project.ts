import type { Id } from "#domain/ids.ts";

/** The project open in this tab. A tab shows one film; actions outside React ask here. */
let currentProject: Id | null = null;

export function setCurrentProject(projectId: Id): void {
  currentProject = projectId;
}

export function currentProjectId(): Id {
  if (currentProject === null) throw new Error("no film is open");
  return currentProject;
}
