import { useCallback, useMemo } from "react";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { withChoices } from "#domain/screenplay/reparse/choices.ts";
import type { GhostShot } from "#app/studio/board/rows.ts";
import { useOpenFilm, useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { useFilm, useReadFilm } from "#app/studio/session/use-film.ts";
import { useLiveProposal, useNotNow } from "#app/studio/session/use-live-proposal.ts";
import { ghostsOf } from "./ghosts.ts";

export type GhostAnswer = "accept" | "not-now";

/** New shots of the script for the board to draw dashed, and what a click on one does; null for who may not edit. */
export function useGhosts(): {
  ghosts: GhostShot[];
  onGhost: ((changeId: string, answer: GhostAnswer) => void) | null;
} {
  const { doc, edit, mayEdit, undo } = useSession();
  const { proposal } = useOpenFilm();
  const live = useLiveProposal();
  const [notNow, putOff] = useNotNow();
  const scenes = useFilm((film) => film.scenes);
  const shots = useFilm((film) => film.shots);
  const readFilm = useReadFilm();
  const ghosts = useMemo(
    () => (live?.differs ? ghostsOf({ scenes, shots }, live.proposal, notNow) : none),
    [live, scenes, shots, notNow],
  );
  const onGhost = useCallback(
    (changeId: string, answer: GhostAnswer) => {
      const now = proposal.live.get();
      if (answer === "not-now") return putOff(changeId);
      if (!now) return;
      gesture(undo, () => commitBreakdown(doc, withChoices(readFilm(), now.proposal, new Set([changeId])), edit));
    },
    [doc, edit, undo, proposal, readFilm, putOff],
  );
  return { ghosts, onGhost: mayEdit ? onGhost : null };
}

const none: GhostShot[] = [];
