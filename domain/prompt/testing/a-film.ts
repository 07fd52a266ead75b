import type { Element } from "#domain/film/element.ts";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import { emptyFilm, type Film } from "#domain/film/snapshot.ts";

export const aScene = (more: Partial<Scene> = {}): Scene => ({
  id: "scene",
  number: 1,
  heading: "EXT. BRIDGE WING - NIGHT",
  setting: "ext",
  location: "BRIDGE WING",
  time: "NIGHT",
  synopsis: "",
  ...more,
});

export const aShot = (more: Partial<Shot> = {}): Shot => ({
  id: "shot",
  number: "1A",
  sceneId: "scene",
  type: "wide",
  move: "push_in",
  action: "Hale grips the wheel",
  dialogue: [],
  characters: ["CAPTAIN HALE"],
  prompt: "",
  durationFrames: 48,
  elementIds: [],
  ...more,
});

export const anElement = (more: Partial<Element> & Pick<Element, "name">): Element => ({
  id: more.name,
  kind: "character",
  description: "",
  triggerWords: [],
  ...more,
});

export const aFilm = (more: Partial<Film> = {}): Film => ({
  ...emptyFilm,
  scenes: [aScene()],
  shots: [aShot()],
  ...more,
});
