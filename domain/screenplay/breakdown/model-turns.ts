/** A script that a language model reads in several turns: what is had so far, and without what the board made of it. */
import type { ProposedScene, ProposedShot } from "#domain/screenplay/breakdown.ts";
import { readingOf } from "#domain/screenplay/reparse/sources.ts";

/**
 * @param before  of the turns until now; null at the first
 * @param answer  of one more turn over the same text: scenes that no model read yet are there by rules
 * @returns each scene as a model read it, if one did
 */
export function withTurn(before: readonly ProposedScene[] | null, answer: readonly ProposedScene[]): ProposedScene[] {
  const known = new Map(before?.map((scene) => [scene.lines?.from, scene]));
  return answer.map((scene) => {
    if (readByModel(scene)) return scene;
    const last = known.get(scene.lines?.from);
    return last && readByModel(last) ? last : scene;
  });
}

const readByModel = (scene: ProposedScene) => scene.shots.some((shot) => shot.read?.passage !== undefined);

/** A proposal as it was read, before it met the board: to be compared with the board as it is now. */
export function asRead(scene: ProposedScene): ProposedScene {
  const { id: _id, read, ...given } = scene;
  return { ...given, ...read, shots: scene.shots.map(shotAsRead) };
}

function shotAsRead(shot: ProposedShot): ProposedShot {
  const read = readingOf(shot);
  const { passage, ...fields } = read;
  return { ...fields, ...(passage ? { read } : {}), ...(shot.lines ? { lines: shot.lines } : {}) };
}

/** How many shots are on the board, or come there, as a language model read them. */
export function countByModel(scenes: readonly ProposedScene[]): number {
  return scenes.reduce((sum, { shots }) => sum + shots.filter((shot) => shot.read?.passage !== undefined).length, 0);
}
