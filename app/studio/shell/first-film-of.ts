import type { Id } from "#domain/ids.ts";

/** Under which name this browser remembers the first film that a person began; several people may share a browser. */
export const firstFilmOf = (personId: Id): string => `first-film:${personId}`;
