import { useCallback, useEffect } from "react";
import type { LiveProposal } from "#domain/screenplay/reparse/live-reading.ts";
import { useOpenFilm } from "./film-session.tsx";
import { useStore } from "./store.ts";

/** What the script would make of the board, read again shortly after anybody stops typing. Null until it was read once. */
export function useLiveProposal(): LiveProposal | null {
  return useProposalSlice((live) => live);
}

/** A slice of it; the component renders again only when the slice differs. */
export function useProposalSlice<S>(select: (live: LiveProposal | null) => S): S {
  const { proposal } = useOpenFilm();
  useEffect(() => proposal.hold(), [proposal]);
  return useStore(proposal.live, select);
}

/** Changes that this person put off in this tab; and puts one more off. */
export function useNotNow(): [ReadonlySet<string>, (changeId: string) => void] {
  const { proposal } = useOpenFilm();
  const putOff = useCallback(
    (changeId: string) => proposal.notNow.set((before) => new Set([...before, changeId])),
    [proposal],
  );
  return [useStore(proposal.notNow, (ids) => ids), putOff];
}
