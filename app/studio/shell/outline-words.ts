/** What the outline says of a scene, on the board or only in the script. */
import type { Scene } from "#domain/film/scene.ts";
import type { SceneHeading } from "#domain/screenplay/fountain/heading.ts";

const sceneColors = 5;

/** @param number from 1 */
export const sceneColor = (number: number) => `var(--scene-${((number - 1) % sceneColors) + 1})`;

export function placeOf(scene: Pick<Scene, "location" | "heading">): string {
  const place = scene.location.trim();
  if (place === "") return scene.heading || "Untitled scene";
  const lower = place === place.toUpperCase() ? place.toLowerCase() : place;
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

const settingNames = { int: "INT", ext: "EXT", "int-ext": "INT/EXT", "": "" } as const;

export function whenOf(scene: Pick<SceneHeading, "setting" | "time">): string {
  return [settingNames[scene.setting], scene.time.toUpperCase()].filter(Boolean).join(" · ");
}

/** e.g. `1:27` */
export const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
