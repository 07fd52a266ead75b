import { createStore } from "#app/studio/session/store.ts";

/** The caret's line in the script of this tab, from 0; null while no script is open. */
export const caretLine = createStore<number | null>(null);
