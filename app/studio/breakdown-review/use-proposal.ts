import { useEffect, useMemo, useState } from "react";
import { breakDown, type Breakdown } from "#domain/screenplay/breakdown.ts";
import { proposeFrom, type Proposal } from "#domain/screenplay/proposal.ts";
import { sceneSourceOf } from "#domain/screenplay/sources.ts";
import { useFilm } from "#app/studio/session/use-film.ts";

export interface LiveProposal {
  breakdown: Breakdown;
  proposal: Proposal;
  /** The script says something else than the board. */
  differs: boolean;
}

/**
 * What the script would make of the board now, read again shortly after anybody stops typing. Null until it was read
 * once. The parser runs here in the browser: free and instant.
 */
export function useProposal(): LiveProposal | null {
  const screenplay = useFilm((film) => film.screenplay);
  const settled = useSettled(screenplay, 500);
  const fps = useFilm((film) => film.meta.fps);
  const board = useFilm((film) => ({
    scenes: film.scenes,
    shots: film.shots,
    asideScenes: film.asideScenes,
    asideShots: film.asideShots,
    committedScenes: film.committedScenes,
  }));
  const breakdown = useMemo(() => breakDown(settled, { fps }), [settled, fps]);
  const { scenes, shots, asideScenes, asideShots, committedScenes } = board;
  return useMemo(() => {
    const proposal = proposeFrom({ scenes, shots, asideScenes, asideShots, committedScenes }, breakdown);
    const { new: added, changed, aside } = proposal.summary;
    const everCommitted = [...scenes, ...asideScenes].some((scene) => sceneSourceOf(scene) !== null);
    return { breakdown, proposal, differs: everCommitted && added + changed + aside > 0 };
  }, [breakdown, scenes, shots, asideScenes, asideShots, committedScenes]);
}

function useSettled<T>(value: T, delayMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
