import type { Id } from "#domain/ids.ts";
import { createStore, useStore } from "#app/studio/session/store.ts";

/** Which element is open for editing in this tab. */
const opened = createStore<Id | null>(null);

export const useOpenElement = (): Id | null => useStore(opened, (id) => id);
export const openElement = (id: Id | null): void => opened.set(id);
