import type { Scene } from "#domain/film/scene.ts";
import { shotTypeNames, type CameraMove, type Shot } from "#domain/film/shot.ts";
import { shortPlace } from "#domain/screenplay/fountain/heading.ts";

export const moveNames: Record<CameraMove, string> = {
  static: "Static",
  pan: "Pan",
  tilt: "Tilt",
  push_in: "Push in",
  pull_out: "Pull out",
  tracking: "Tracking",
  crane: "Crane",
  orbit: "Orbit",
  handheld: "Handheld",
};

/** `Wide · push in · 24 mm`; a still camera needs no word. */
export function framingWords(shot: Pick<Shot, "type" | "move" | "lens">): string {
  const move = shot.move === "static" || shot.type === "tracking" ? "" : ` · ${moveNames[shot.move].toLowerCase()}`;
  return `${shotTypeNames[shot.type]}${move}${shot.lens === undefined ? "" : ` · ${shot.lens} mm`}`;
}

/** What a card says below its picture: what is seen, then what is said. */
export function cardText(shot: Pick<Shot, "action" | "dialogue">): string {
  const said = shot.dialogue.map((line) => `“${line.text}”`).join(" ");
  return [shot.action, said].filter((part) => part !== "").join(" ");
}

export function sceneName(scene: Pick<Scene, "location" | "heading" | "number">): string {
  return shortPlace(scene.location) || shortPlace(scene.heading) || `Scene ${scene.number}`;
}

/** `EXT · DUSK` */
export function sceneFacts(scene: Pick<Scene, "setting" | "time">): string {
  const setting = { int: "INT", ext: "EXT", "int-ext": "INT/EXT", "": "" }[scene.setting];
  return [setting, scene.time.toUpperCase()].filter((part) => part !== "").join(" · ");
}

/** Scenes take the scene colours in turn. */
export function sceneColor(number: number): string {
  return `var(--scene-${((Math.max(1, number) - 1) % 5) + 1})`;
}

/** `CAPTAIN HALE` → `Captain Hale`. */
export function nameWords(name: string): string {
  if (/\p{Ll}/u.test(name)) return name;
  return name
    .toLocaleLowerCase()
    .replace(/(^|[\s.'’-])(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toLocaleUpperCase());
}

/** `Shot 2A deleted.`, `3 shots deleted. 1 shot with takes is set aside.` */
export function deletedWords(shots: readonly Pick<Shot, "number">[], withTakes: number): string {
  const [first] = shots;
  if (shots.length === 1 && first)
    return withTakes === 1
      ? `Shot ${first.number} has takes: it is set aside with them.`
      : `Shot ${first.number} deleted.`;
  return `${shots.length} shots deleted.${asideWords(withTakes)}`;
}

/** What was not deleted because work is in it, as a further sentence. */
export function asideWords(count: number): string {
  if (count === 0) return "";
  return ` ${count} ${count === 1 ? "shot with takes is" : "shots with takes are"} set aside.`;
}
