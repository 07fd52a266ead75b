import type { Film } from "#domain/film/snapshot.ts";
import { takesByShot } from "#domain/film/playing-take.ts";
import { staleShot } from "#domain/film/staleness.ts";
import type { Id } from "#domain/ids.ts";
import { createStore, type Store } from "./store.ts";
import type { Work } from "./work-store.ts";

/** Looked at when people pause, not at every key. */
const pauseMs = 250;
/** Of a long film this much is looked at before the page gets its turn again. */
const sliceMs = 6;

type Watched<T> = Pick<Store<T>, "get" | "subscribe">;

export interface Stale {
  /** Shots whose playing take no longer shows what they say. */
  shots: ReadonlySet<Id>;
  /** Those of them that no other take shows either. */
  toShoot: ReadonlySet<Id>;
}

/**
 * The shots whose playing take no longer shows what they say. Looked for while somebody listens, in slices: what a new
 * word about an element costs in thousands of shots holds up nobody.
 */
export function watchStale(film: Watched<Film>, work: Watched<Pick<Work, "takes">>): Store<Stale> {
  const stale = createStore<Stale>({ shots: new Set(), toShoot: new Set() });
  let listeners = 0;
  let stop = () => {};
  return {
    ...stale,
    subscribe(listener) {
      const leave = stale.subscribe(listener);
      listeners += 1;
      if (listeners === 1) stop = look(film, work, stale);
      return () => {
        leave();
        listeners -= 1;
        if (listeners === 0) stop();
      };
    },
  };
}

function look(film: Watched<Film>, work: Watched<Pick<Work, "takes">>, stale: Store<Stale>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let seen: readonly unknown[] = [];
  const begin = () => {
    const now = film.get();
    const takesOf = takesByShot(work.get().takes);
    const found = { shots: new Set<Id>(), toShoot: new Set<Id>() };
    let at = 0;
    const goOn = () => {
      const until = performance.now() + sliceMs;
      while (at < now.shots.length && performance.now() < until) {
        const shot = now.shots[at++]!;
        const stale = staleShot(now, shot, takesOf.get(shot.id) ?? []);
        if (stale !== null) found.shots.add(shot.id);
        if (stale?.fitting === null) found.toShoot.add(shot.id);
      }
      if (at < now.shots.length) timer = setTimeout(goOn, 0);
      else stale.set((before) => (isSameIn(before, found) ? before : found));
    };
    goOn();
  };
  const changed = () => {
    const { meta, scenes, asideScenes, shots, elements } = film.get();
    const now = [meta, scenes, asideScenes, shots, elements, work.get().takes];
    if (now.every((part, index) => part === seen[index])) return;
    seen = now;
    clearTimeout(timer);
    timer = setTimeout(begin, pauseMs);
  };
  const leave = [film.subscribe(changed), work.subscribe(changed)];
  changed();
  return () => {
    for (const each of leave) each();
    clearTimeout(timer);
  };
}

function isSameIn(a: Stale, b: Stale): boolean {
  return isSame(a.shots, b.shots) && isSame(a.toShoot, b.toShoot);
}

function isSame(a: ReadonlySet<Id>, b: ReadonlySet<Id>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}
