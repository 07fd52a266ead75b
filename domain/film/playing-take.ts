import type { Id } from "#domain/ids.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import type { Shot } from "./shot.ts";

/** @param takes  the shot's own  @returns the chosen one, else the newest; null where there is none */
export function playingTake<T extends Pick<TakeView, "id" | "number">>(
  shot: Pick<Shot, "takeId">,
  takes: readonly T[],
): T | null {
  let newest: T | null = null;
  for (const take of takes) {
    if (take.id === shot.takeId) return take;
    if (newest === null || take.number > newest.number) newest = take;
  }
  return newest;
}

export function takesByShot<T extends Pick<TakeView, "shotId">>(takes: readonly T[]): Map<Id, T[]> {
  const byShot = new Map<Id, T[]>();
  for (const take of takes) {
    const own = byShot.get(take.shotId);
    if (own) own.push(take);
    else byShot.set(take.shotId, [take]);
  }
  return byShot;
}
