import { useMemo } from "react";
import type { Id } from "#domain/ids.ts";
import { useOpenFilm } from "./film-session.tsx";
import type { Selection } from "./session-contract.ts";
import { useStore } from "./store.ts";

/** What this person has selected in this tab; the others see it as an outline in this person's colour. */
export function useSelection(): Selection {
  const { selection, presence } = useOpenFilm();
  const chosen = useStore(selection, (value) => value);
  const actions = useMemo(() => {
    const become = (next: { shotIds: Id[]; clipIds: Id[] }) => {
      selection.set(next);
      presence.set({ selection: next });
    };
    return {
      selectShots: (shotIds: Id[]) => become({ ...selection.get(), shotIds }),
      selectClips: (clipIds: Id[]) => become({ ...selection.get(), clipIds }),
    };
  }, [selection, presence]);
  return { ...chosen, ...actions };
}
