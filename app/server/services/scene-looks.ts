import { lookOf, type SceneLook } from "#domain/generation/scene-look.ts";

/** A generation, as far as its look hangs on it. Its prompt stays what it is for good. */
export interface Asked {
  id: string;
  prompt: string;
  seed: number;
  seconds: number;
}

/**
 * The looks of scenes by their generation, as rules read their prompts: that takes up to a tenth of a second for a long
 * one, and every open page of a scene in the making asks every few seconds.
 * @param most  how many are kept
 */
export function keepLooks(work: typeof lookOf = lookOf, most = 1000): (generation: Asked) => SceneLook {
  const kept = new Map<string, SceneLook>();
  return ({ id, ...asked }) => {
    const look = kept.get(id) ?? work(asked);
    // A map keeps its order: who was asked for last stands last.
    kept.delete(id);
    kept.set(id, look);
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    return look;
  };
}
