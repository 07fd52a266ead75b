/** What a shot is made from: everything that its words, its scene and the film's elements say about the picture. */
import { inScene, presencesIn, type ElementInShot } from "#domain/elements/in-shot.ts";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { Id } from "#domain/ids.ts";
import { composePrompt, type ComposedPrompt } from "./compose.ts";

export interface ShotInputs extends ComposedPrompt {
  scene: Scene | null;
  elements: readonly ElementInShot[];
}

type FilmParts = Pick<Film, "scenes" | "asideScenes" | "shots" | "elements">;

/**
 * @param ownPrompt  asked for once instead of the shot's own; "" for none
 * @returns the same object for the same shot, scene and elements: asking for all shots of a long film is cheap
 */
export function inputsOf(film: FilmParts, shot: Shot, ownPrompt = ""): ShotInputs {
  if (ownPrompt.trim() !== "") return made(film, { ...shot, prompt: ownPrompt });
  const scene = sceneOf(film, shot);
  const before = shotBefore(film, shot);
  const known = inputs.get(shot);
  if (known && known.scene === scene && known.before === before && known.elements === film.elements) return known.made;
  const fresh = { scene, before, elements: film.elements, made: made(film, shot) };
  inputs.set(shot, fresh);
  return fresh.made;
}

interface Known {
  scene: Scene | null;
  before: Shot | null;
  elements: Film["elements"];
  made: ShotInputs;
}
const inputs = new WeakMap<Shot, Known>();

function made(film: FilmParts, shot: Shot): ShotInputs {
  const scene = sceneOf(film, shot);
  const elements = presencesIn(shot, scene, film.elements).shown.map(({ element }) => inScene(element, shot.sceneId));
  return { scene, elements, ...composePrompt({ shot, scene, elements, before: shotBefore(film, shot)?.action ?? "" }) };
}

/** Scenes by id, and each shot's neighbour in its scene, for as long as the film's lists are the same. */
const scenesById = new WeakMap<readonly Scene[], Map<Id, Scene>>();
const shotsBefore = new WeakMap<readonly Shot[], Map<Id, Shot>>();

function sceneOf(film: FilmParts, shot: Shot): Scene | null {
  return indexOf(film.scenes).get(shot.sceneId) ?? indexOf(film.asideScenes).get(shot.sceneId) ?? null;
}

function indexOf(scenes: readonly Scene[]): Map<Id, Scene> {
  const index = scenesById.get(scenes) ?? new Map(scenes.map((scene) => [scene.id, scene]));
  scenesById.set(scenes, index);
  return index;
}

/** @returns what is seen just before in the same scene; null at its beginning */
export function shotBefore(film: Pick<FilmParts, "shots">, shot: Shot): Shot | null {
  let index = shotsBefore.get(film.shots);
  if (!index) {
    index = new Map();
    let before: Shot | null = null;
    for (const each of film.shots) {
      if (before?.sceneId === each.sceneId) index.set(each.id, before);
      before = each;
    }
    shotsBefore.set(film.shots, index);
  }
  return index.get(shot.id) ?? null;
}
