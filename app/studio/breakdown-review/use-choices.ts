import { useMemo, useState } from "react";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { conflictId, withChoices, type ReviewEdits, type ShotEdit } from "#domain/screenplay/reparse/choices.ts";
import type { Proposal } from "#domain/screenplay/reparse/proposal.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useNotNow } from "#app/studio/session/use-live-proposal.ts";
import { withAnswer } from "./review-rows.ts";

/** What a person takes of a proposal, kept apart from it: the script may move on underneath. */
export function useChoices(proposal: Proposal) {
  const { doc, edit, undo } = useSession();
  const film = useFilm(({ scenes, shots, asideScenes, asideShots, committedScenes }) => ({
    scenes,
    shots,
    asideScenes,
    asideShots,
    committedScenes,
  }));
  const [putOff] = useNotNow();
  const [refused, setRefused] = useState<ReadonlySet<string>>(putOff);
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set());
  const [edits, setEdits] = useState<ReviewEdits>({});
  const { changes } = proposal;
  const accepted = useMemo(
    () => new Set(changes.flatMap(({ id }) => (refused.has(id) ? [] : [id]))),
    [changes, refused],
  );
  const result = useMemo(
    () => withChoices(film, proposal, accepted, mine, edits),
    [film, proposal, accepted, mine, edits],
  );
  return {
    accepted,
    mine,
    edits,
    /** What would be on the board. */
    result,
    answer: (changeId: string, takes: boolean) => setRefused((before) => withAnswer(before, changes, changeId, takes)),
    answerAll: (takes: boolean) => setRefused(takes ? new Set() : new Set(changes.map(({ id }) => id))),
    keepMine: (changeId: string, field: string, keeps: boolean) =>
      setMine((before) => {
        const next = new Set(before);
        if (keeps) next.add(conflictId(changeId, field));
        else next.delete(conflictId(changeId, field));
        return next;
      }),
    change: (key: string, patch: ShotEdit) =>
      setEdits((before) => ({ ...before, [key]: { ...before[key], ...patch } })),
    commit: () => gesture(undo, () => commitBreakdown(doc, result, edit)),
  };
}

export type Choosing = ReturnType<typeof useChoices>;
