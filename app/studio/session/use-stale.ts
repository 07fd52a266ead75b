import type { Film } from "#domain/film/snapshot.ts";
import { useOpenFilm } from "./film-session.tsx";
import { watchStale, type Stale } from "./stale-store.ts";
import { useStore, type Store } from "./store.ts";

const stores = new WeakMap<Store<Film>, Store<Stale>>();

/** The shots whose playing take no longer shows what they say, a moment after they changed. */
export function useStaleShots(): Stale {
  const { film, work } = useOpenFilm();
  let store = stores.get(film);
  if (store === undefined) stores.set(film, (store = watchStale(film, work.work)));
  return useStore(store, (stale) => stale);
}
