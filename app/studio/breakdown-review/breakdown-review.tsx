import { useMemo, useState } from "react";
import type { LiveProposal } from "#domain/screenplay/reparse/live-reading.ts";
import { minutesAndSeconds } from "#domain/time.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { toast } from "#app/ui/toast.tsx";
import { ReadingBar } from "./reading-bar.tsx";
import { changedOnly, conflictsIn, firstRows, reviewScenes, type ReviewScene } from "./review-rows.ts";
import { ReviewSceneList } from "./review-scene.tsx";
import { counted, summaryWords } from "./review-words.ts";
import { useChoices } from "./use-choices.ts";
import { useReading } from "./use-reading.ts";
import "./breakdown-review.css";

export interface BreakdownReviewProps {
  live: LiveProposal;
  /** A language model is asked at once. */
  asksModel?: boolean;
  onClose(): void;
}

/** What the parser understood, to be looked at, corrected and chosen from before anything comes to the board. */
export function BreakdownReview({ live: byRules, asksModel = false, onClose }: BreakdownReviewProps) {
  const reading = useReading(byRules, asksModel);
  const live = reading.shown;
  const { proposal } = live;
  const fps = useFilm((film) => film.meta.fps);
  const boardScenes = useFilm((film) => film.scenes);
  const choices = useChoices(proposal);
  const all = useMemo(() => reviewScenes({ scenes: boardScenes }, proposal), [boardScenes, proposal]);
  const changed = useMemo(() => changedOnly(all), [all]);
  const isFirst = proposal.summary.untouched + proposal.summary.changed + proposal.summary.moved === 0;
  const [showsAll, setShowsAll] = useState(!live.differs);
  const listed = isFirst || showsAll ? all : changed;
  const shots = choices.result.flatMap((scene) => scene.shots);
  const length = shots.reduce((sum, shot) => sum + shot.durationFrames, 0);
  const conflicts = useMemo(() => conflictsIn(proposal.changes), [proposal.changes]);

  const commit = () => {
    choices.commit();
    toast.done(`${counted(shots.length, "shot")} in ${counted(choices.result.length, "scene")} on the board.`);
    onClose();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="From script to shots"
      description="What was understood of the script. Change what is wrong, then put it on the board."
      width={880}
      foot={
        <>
          <span className="review-foot dim">Nothing on the board is deleted.</span>
          <Button onClick={onClose}>Not now</Button>
          <CommitButton
            taken={choices.accepted.size}
            changes={proposal.changes.length}
            shots={shots.length}
            isFirst={isFirst}
            onCommit={commit}
          />
        </>
      }
    >
      <ReadingBar reading={reading} />
      <div className="review-sum">
        <b>{summaryWords(isFirst ? { ...proposal.summary, scenes: 0 } : proposal.summary)}</b>
        <span className="faint num">
          {counted(choices.result.length, "scene")}, {minutesAndSeconds(length, fps)}
        </span>
        {isFirst || proposal.changes.length === 0 ? null : (
          <span className="end">
            <AllOrNone taken={choices.accepted.size} changes={proposal.changes.length} onAnswer={choices.answerAll} />
            <Button size="small" look="quiet" aria-pressed={showsAll} onClick={() => setShowsAll(!showsAll)}>
              {showsAll ? "Only what changed" : "Show all shots"}
            </Button>
          </span>
        )}
      </div>
      {conflicts.length > 0 ? (
        <p className="review-conflicts" role="status">
          {conflicts.length === 1
            ? "In one place the script and somebody on the board changed the same words."
            : `In ${conflicts.length} places the script and somebody on the board changed the same words.`}{" "}
          Choose which to keep.
        </p>
      ) : null}
      <ReviewScenes scenes={listed} choices={choices} fps={fps} isFirst={isFirst} />
    </Dialog>
  );
}

/** Mounting thousands of fields takes seconds; what follows is one click away. */
const mostRows = 250;

function ReviewScenes({
  scenes,
  ...rest
}: {
  scenes: readonly ReviewScene[];
} & Omit<Parameters<typeof ReviewSceneList>[0], "scenes">) {
  const [rows, setRows] = useState(mostRows);
  const shown = firstRows(scenes, rows);
  return (
    <>
      <ReviewSceneList scenes={shown} {...rest} />
      {shown.length < scenes.length ? (
        <Button look="quiet" onClick={() => setRows(rows + 4 * mostRows)}>
          Show more of the {counted(scenes.length - shown.length, "scene")} that follow
        </Button>
      ) : null}
    </>
  );
}

function AllOrNone({ taken, changes, onAnswer }: { taken: number; changes: number; onAnswer(takes: boolean): void }) {
  const takesAll = taken < changes;
  return (
    <Button size="small" look="quiet" onClick={() => onAnswer(takesAll)}>
      {takesAll ? "Take all" : "Take none"}
    </Button>
  );
}

function CommitButton({
  taken,
  changes,
  shots,
  isFirst,
  onCommit,
}: {
  taken: number;
  changes: number;
  shots: number;
  isFirst: boolean;
  onCommit(): void;
}) {
  const byChanges = !isFirst && changes > 0;
  return (
    <Button look="primary" onClick={onCommit} disabled={byChanges ? taken === 0 : shots === 0}>
      {byChanges
        ? taken === changes
          ? `Take ${counted(changes, "change")}`
          : `Take ${taken} of ${changes} changes`
        : `Put ${counted(shots, "shot")} on the board`}
    </Button>
  );
}
