import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { Selection } from "#app/studio/session/session-contract.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";

/** The shot that panels speak about: the selected one, or the one that the selected clip shows. */
export function useInspectedShot(): { shot: Shot | null; scene: Scene | null; count: number } {
  const { shotIds, clipIds } = useSelection();
  return useFilm((film) => inspectedShotIn(film, { shotIds, clipIds }));
}

/** The same, for handlers. */
export function inspectedShotIn(film: Film, { shotIds, clipIds }: Pick<Selection, "shotIds" | "clipIds">) {
  const chosen = shotIds.filter((id) => film.shots.some((shot) => shot.id === id));
  const id = chosen[0] ?? film.clips.find((clip) => clip.id === clipIds[0])?.shotId;
  const shot = film.shots.find((each) => each.id === id) ?? null;
  const scene = film.scenes.find((each) => each.id === shot?.sceneId) ?? null;
  return { shot, scene, count: Math.max(chosen.length, shot ? 1 : 0) };
}
