import { z } from "zod";
import type { Id } from "#domain/ids.ts";
import { api } from "#app/studio/session/api.ts";
import { firstFilmOf } from "#app/studio/shell/first-film-of.ts";
import { isRemembered, remember } from "#app/studio/shell/remembered.ts";

const Begun = z.object({ project: z.object({ id: z.string() }) });

export interface NewFilm {
  workspaceId: Id;
  title: string;
  screenplay?: string;
  width?: number;
  height?: number;
  fps?: { num: number; den: number };
}

/**
 * Makes the film and goes there.
 * @param personId  who begins it
 * @throws StudioError with the server's sentence
 */
export async function beginProject(film: NewFilm, personId: Id): Promise<void> {
  const { project } = Begun.parse(await api.post("/v1/projects", film));
  // Its first steps are shown in the first film that somebody begins themselves, and in no other.
  const first = firstFilmOf(personId);
  if (!isRemembered(first)) remember(first, project.id);
  location.assign(`/projects/${project.id}?view=script`);
}

/** A copy of the sample film; it has takes, so it opens where it plays. */
export async function beginSample(workspaceId: Id): Promise<void> {
  const { project } = Begun.parse(await api.post("/v1/projects/sample", { workspaceId }));
  location.assign(`/projects/${project.id}?view=timeline`);
}
