import { useEffect, useMemo, useRef, useState } from "react";
import { z } from "zod";
import { changeMeta } from "#domain/film/edit.ts";
import { breakDown, ProposedScene, type Breakdown, type ParseMode } from "#domain/screenplay/breakdown.ts";
import { liveProposal, readingOptions, type LiveProposal } from "#domain/screenplay/reparse/live-reading.ts";
import { asRead, countByModel, withTurn } from "#domain/screenplay/breakdown/model-turns.ts";
import { api, sentenceOf } from "#app/studio/session/api.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { useFilm, useReadFilm } from "#app/studio/session/use-film.ts";

const AiParsed = z.object({
  scenes: z.array(ProposedScene),
  parser: z.enum(["rules", "llm"]),
  mode: z.enum(["screenplay", "freeform", "numbered"]),
  model: z.string().optional(),
  note: z.string().optional(),
  read: z.object({ from: z.number(), to: z.number(), of: z.number() }),
});

/** What is looked at in the review, and who read it. */
export interface Reading {
  shown: LiveProposal;
  /** Of the shots shown, as a language model read them. */
  byModel: number;
  model?: string;
  /** A sentence: what the model did not read, and why. */
  note?: string;
  /** While the model reads: scenes it has come to, of how many; null before its first answer. */
  asking: { to: number; of: number } | null | false;
  /** Has a language model read the script as it is now. @param again  what it read before as well */
  ask(again?: boolean): void;
  stop(): void;
  /** Has all of it read by rules, also what a model read before. */
  readByRules(): void;
  /** What the film's script is read as, for everybody. */
  readAs: ParseMode;
  changeReadAs(mode: ParseMode): void;
}

interface Shown {
  breakdown: Breakdown;
  model?: string;
  note?: string;
}

/** @param begins  the model is asked at once */
export function useReading(live: LiveProposal, begins: boolean): Reading {
  const { projectId, doc, edit, undo } = useSession();
  const readFilm = useReadFilm();
  const film = useFilm((whole) => whole);
  const [shown, setShown] = useState<Shown | null>(null);
  const [asking, setAsking] = useState<Reading["asking"]>(false);
  const leave = useRef<AbortController | null>(null);

  const stop = () => {
    leave.current?.abort();
    leave.current = null;
    setAsking(false);
  };
  const ask = (again = false) => {
    stop();
    const turn = new AbortController();
    leave.current = turn;
    setAsking(null);
    const text = readFilm().screenplay;
    readInTurns(projectId, { text, again }, turn.signal, (next, progress) => {
      setShown(next);
      setAsking(progress);
    })
      .catch((error: unknown) => {
        if (!turn.signal.aborted) setShown((before) => ({ ...(before ?? plain(live)), note: sentenceOf(error) }));
      })
      .finally(() => {
        if (!turn.signal.aborted) setAsking(false);
      });
  };
  const beginning = useRef(begins);
  useEffect(() => {
    if (beginning.current) ask();
    beginning.current = false;
    return () => leave.current?.abort();
    // Once, as it opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const proposed = useMemo(() => (shown === null ? live : liveProposal(film, shown.breakdown)), [shown, film, live]);
  const byModel = useMemo(() => countByModel(proposed.proposal.scenes), [proposed]);
  return {
    shown: proposed,
    byModel,
    ...(shown?.model === undefined ? {} : { model: shown.model }),
    ...(shown?.note === undefined ? {} : { note: shown.note }),
    asking,
    ask,
    stop,
    readByRules() {
      stop();
      const { screenplay, meta } = readFilm();
      setShown({ breakdown: breakDown(screenplay, readingOptions(meta)) });
    },
    readAs: readingOptions(film.meta).mode,
    changeReadAs(mode) {
      stop();
      // The reading that is kept up follows by itself.
      setShown(null);
      gesture(undo, () => changeMeta(doc, { readAs: mode }, edit));
    },
  };
}

const plain = ({ parser, mode, proposal }: LiveProposal): Shown => ({
  breakdown: { parser, mode, scenes: proposal.scenes.map(asRead) },
});

async function readInTurns(
  projectId: string,
  wish: { text: string; again: boolean },
  signal: AbortSignal,
  onTurn: (shown: Shown, progress: { to: number; of: number }) => void,
): Promise<void> {
  let scenes: ProposedScene[] | null = null;
  for (let from = 0, of = 1; from < of;) {
    const sent = await api.post(`/v1/projects/${projectId}/storyboard/ai-parse`, { ...wish, from }, signal);
    const { parser, mode, model, note, read, ...answer } = AiParsed.parse(sent);
    if (signal.aborted) return;
    scenes = withTurn(scenes, answer.scenes.map(asRead));
    ({ to: from, of } = read);
    const isLast = from >= of;
    const breakdown: Breakdown = { scenes, mode, parser: countByModel(scenes) > 0 ? "llm" : parser };
    onTurn({ breakdown, ...(model ? { model } : {}), ...(note && isLast ? { note } : {}) }, { to: from, of });
  }
}
