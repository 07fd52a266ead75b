/**
 * What a language model read of the script stays, as long as those words are in it: rules read only the rest, so that a
 * board made with a model is not proposed away as soon as somebody types.
 */
import { noModelReadings, type KnownPassage, type ModelReadings } from "./known-passages.ts";
import type { Board } from "#domain/screenplay/reparse.ts";
import { readingOfShot, sceneSourceOf } from "#domain/screenplay/reparse/sources.ts";

/** @returns what the board was committed from, as far as a model read it */
export function modelReadingsOf(board: Board): ModelReadings {
  const shots = new Map([...board.shots, ...board.asideShots].map((shot) => [shot.id, shot]));
  const byKey = new Map<string, KnownPassage[]>();
  for (const scene of [...board.scenes, ...board.asideScenes]) {
    let open = null as KnownPassage | null;
    let last = -1;
    for (const { id, key, passage } of sceneSourceOf(scene)?.shots ?? []) {
      // What people made of a passage since (two shots merged into one) stands in between and ends nothing.
      if (!passage) continue;
      if (open?.key !== passage.key || passage.at <= last) {
        open = { key: passage.key, blocks: passage.blocks, shots: [], leftOut: [] };
        byKey.set(open.key, [...(byKey.get(open.key) ?? []), open]);
      }
      const shot = shots.get(id);
      const read = shot && readingOfShot(shot)?.read;
      if (read) open.shots.push(read);
      else open.leftOut.push(key);
      last = passage.at;
    }
  }
  if (byKey.size === 0) return noModelReadings;
  const lengths = new Set([...byKey.values()].flat().map(({ blocks }) => blocks));
  return { byKey, lengths: [...lengths].sort((a, b) => b - a) };
}
