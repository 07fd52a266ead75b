import type { Film } from "#domain/film/snapshot.ts";
import { useOpenFilm } from "./film-session.tsx";
import { sameShallow, useStore } from "./store.ts";

/**
 * A slice of the film. Records keep their identity until they change, so `useFilm((film) => film.shots)` and lists
 * filtered from it render again only for a real difference.
 */
export function useFilm<S>(select: (film: Film) => S, equal: (a: S, b: S) => boolean = sameShallow): S {
  return useStore(useOpenFilm().film, select, equal);
}

/** The film as it is now, for handlers; does not subscribe. */
export function useReadFilm(): () => Film {
  return useOpenFilm().film.get;
}
