/** Which shots one can go to from a set. */
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import { framingWords, sceneName } from "#app/studio/board/shot-words.ts";
import type { SelectOption } from "#app/ui/select.tsx";

/** So many before and after the one that is shown are in the menu: a film may have thousands, and the outline has all. */
const most = 60;

/** @returns the shot that many further on in the film's order; null beyond its ends */
export function shotBeside(shots: readonly Shot[], id: string, by: number): Shot | null {
  const at = shots.findIndex((shot) => shot.id === id);
  return at < 0 ? null : (shots[at + by] ?? null);
}

/** The shots round one of them, by number, each under its scene. */
export function shotChoices(
  { shots, scenes }: { shots: readonly Shot[]; scenes: readonly Scene[] },
  id: string,
): SelectOption<string>[] {
  const at = shots.findIndex((shot) => shot.id === id);
  return shots.slice(Math.max(0, at - most), at + most + 1).map((shot) => {
    const scene = scenes.find((each) => each.id === shot.sceneId);
    const group = scene ? { group: `${scene.scriptNumber ?? scene.number} ${sceneName(scene)}` } : {};
    return { id: shot.id, name: `${shot.number} ${framingWords(shot)}`, ...group };
  });
}
