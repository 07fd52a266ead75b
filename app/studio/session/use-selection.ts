import { useMemo } from "react";
import type { Id } from "#domain/ids.ts";
import { useOpenFilm } from "./film-session.tsx";
import { chooseClips, chooseShots, type Chosen } from "./selection.ts";
import type { Selection } from "./session-contract.ts";
import { useStore } from "./store.ts";

/** What this person has selected in this tab; the others see it as an outline in this person's colour. */
export function useSelection(): Selection {
  const { selection } = useOpenFilm();
  const chosen = useStore(selection, (value) => value);
  return { ...chosen, ...useSelectActions() };
}

/** Choosing, for who need not know what is chosen: nothing is drawn again when that changes. */
export function useSelectActions(): Pick<Selection, "selectShots" | "selectClips"> {
  const { film, selection, presence } = useOpenFilm();
  return useMemo(() => {
    const become = (next: Chosen) => {
      selection.set(next);
      presence.set({ selection: next });
    };
    return {
      selectShots: (shotIds: Id[]) => become(chooseShots(selection.get(), shotIds, film.get().clips)),
      selectClips: (clipIds: Id[]) => become(chooseClips(selection.get(), clipIds, film.get().clips)),
    };
  }, [film, selection, presence]);
}
