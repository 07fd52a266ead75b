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

type FilmParts = Pick<Film, "scenes" | "shots" | "elements">;

/** @returns elements that are in the picture somewhere, the surest first; a style is everywhere and is left out */
export function usesIn(film: FilmParts): readonly Use[] {
  const { scenes, shots, elements } = film;
  const known = read.get(shots);
  if (known && known.scenes === scenes && known.elements === elements) return known.uses;
  const uses = readUses(film);
  read.set(shots, { scenes, elements, uses });
  return uses;
}

/** What was read of these shots last. */
const read = new WeakMap<FilmParts["shots"], Pick<FilmParts, "scenes" | "elements"> & { uses: readonly Use[] }>();

function readUses(film: FilmParts): Use[] {
  const scenes = new Map(film.scenes.map((scene) => [scene.id, scene]));
  const uses = new Map<Id, Use>();
  for (const shot of film.shots) {
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
