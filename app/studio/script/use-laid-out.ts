import { useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { laidOutOf, type LaidOut } from "./laid-out.ts";

/** A slice of the script as it lies on pages, a moment behind what is written. */
export function useLaidOut<S>(select: (laidOut: LaidOut) => S): S {
  return useStore(laidOutOf(useSession().doc), select);
}
