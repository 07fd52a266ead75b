import { useMemo } from "react";
import type { Id } from "#domain/ids.ts";
import { useOpenFilm } from "./film-session.tsx";
import { chooseClips, chooseShots, type Chosen } from "./selection.ts";
import type { Selection } from "./session-contract.ts";
import { useStore } from "./store.ts";

/** What this person has selected in this tab; the others see it as an outline in this person's colour. */
export function useSelection(): Selection {
  const { film, selection, presence } = useOpenFilm();
  const chosen = useStore(selection, (value) => value);
  const actions = useMemo(() => {
    const become = (next: Chosen) => {
      selection.set(next);
      presence.set({ selection: next });
    };
    return {
      selectShots: (shotIds: Id[]) => become(chooseShots(selection.get(), shotIds, film.get().clips)),
      selectClips: (clipIds: Id[]) => become(chooseClips(selection.get(), clipIds, film.get().clips)),
    };
  }, [film, selection, presence]);
  return { ...chosen, ...actions };
}
