import type * as Y from "yjs";
import { screenplayOf } from "#domain/film/document.ts";
import { readFilm, type Film } from "#domain/film/snapshot.ts";
import { createStore, type Store } from "./store.ts";

/**
 * Keeps a plain snapshot of the document, read at most once per animation frame. Typing touches only the
 * screenplay, so it never pays for looking at the records; what did not change keeps its identity.
 */
export function watchFilm(doc: Y.Doc): { film: Store<Film>; stop: () => void } {
  const film = createStore<Film>(readFilm(doc));
  const text = screenplayOf(doc);
  let recordsChanged = false;
  let scheduled: (() => void) | null = null;

  const refresh = () => {
    scheduled = null;
    film.set((before) => (recordsChanged ? readFilm(doc) : { ...before, screenplay: text.toString() }));
    recordsChanged = false;
  };
  const onTransaction = (transaction: Y.Transaction) => {
    if (transaction.changed.size === 0) return;
    for (const type of transaction.changed.keys()) if ((type as unknown) !== text) recordsChanged = true;
    scheduled ??= nextFrame(refresh);
  };
  doc.on("afterTransaction", onTransaction);
  return {
    film,
    stop() {
      doc.off("afterTransaction", onTransaction);
      scheduled?.();
    },
  };
}

/** Runs before the next paint; hidden tabs get no frames, so a timer stands in. @returns cancels */
export function nextFrame(run: () => void): () => void {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    cancel();
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, 120);
  const cancel = () => {
    done = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  return cancel;
}
