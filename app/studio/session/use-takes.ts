import type { TakeView } from "#domain/jobs/messages/views.ts";
import type { Id } from "#domain/ids.ts";
import { useOpenFilm } from "./film-session.tsx";
import { sameShallow, useStore } from "./store.ts";
import { useFilm } from "./use-film.ts";

/** Takes of one shot, newest first. */
export function useTakes(shotId: Id): TakeView[] {
  return useStore(useOpenFilm().work.work, (work) => work.takes.filter((take) => take.shotId === shotId), sameShallow);
}

/** All takes of the film, newest first. */
export function useAllTakes(): TakeView[] {
  return useStore(useOpenFilm().work.work, (work) => work.takes);
}

/** The take that plays wherever the shot is used: the chosen one, otherwise the newest; null when there is none. */
export function usePlayingTake(shotId: Id): TakeView | null {
  const chosenId = useFilm((film) => film.shots.find((shot) => shot.id === shotId)?.takeId ?? null);
  return useStore(useOpenFilm().work.work, (work) => playingTake(work.takes, shotId, chosenId));
}

/** @param takes newest first */
export function playingTake(takes: readonly TakeView[], shotId: Id, chosenId: Id | null | undefined): TakeView | null {
  const own = takes.filter((take) => take.shotId === shotId);
  return own.find((take) => take.id === chosenId) ?? own[0] ?? null;
}
