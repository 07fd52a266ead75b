/** Where the elements of a film are seen. */
import type { Element } from "#domain/film/element.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { Id } from "#domain/ids.ts";
import { presencesIn } from "./in-shot.ts";

export interface Use {
  element: Element;
  /** The surest of its shots. */
  confidence: number;
  shotIds: Id[];
}

/**
 * @param sceneId  only that scene's shots; absent: all of the film
 * @returns elements that are in the picture somewhere, the surest first; a style is everywhere and is left out
 */
export function usesIn(film: Pick<Film, "scenes" | "shots" | "elements">, sceneId?: Id): Use[] {
  const scenes = new Map(film.scenes.map((scene) => [scene.id, scene]));
  const uses = new Map<Id, Use>();
  for (const shot of film.shots) {
    if (sceneId !== undefined && shot.sceneId !== sceneId) continue;
    for (const { element, confidence } of presencesIn(shot, scenes.get(shot.sceneId) ?? null, film.elements).shown) {
      if (element.kind === "style") continue;
      const use = uses.get(element.id) ?? { element, confidence, shotIds: [] };
      use.confidence = Math.max(use.confidence, confidence);
      use.shotIds.push(shot.id);
      uses.set(element.id, use);
    }
  }
  return [...uses.values()].sort((a, b) => b.confidence - a.confidence || b.shotIds.length - a.shotIds.length);
}
