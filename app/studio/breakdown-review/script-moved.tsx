import { GitCompare } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { allOf, withChoices } from "#domain/screenplay/reparse/choices.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { useReadFilm } from "#app/studio/session/use-film.ts";
import { useLiveProposal } from "#app/studio/session/use-live-proposal.ts";
import { Button } from "#app/ui/button.tsx";
import { toast } from "#app/ui/toast.tsx";
import { conflictsIn } from "./review-rows.ts";
import { acceptWords, counted, summaryWords } from "./review-words.ts";
import "./script-moved.css";

const Review = lazy(() => import("./breakdown-review.tsx").then((module) => ({ default: module.BreakdownReview })));

/** Says that script and board differ, and how; takes all at once, or shows each. Nothing while they agree. */
export function ScriptMoved() {
  const { doc, edit, mayEdit, undo } = useSession();
  const readFilm = useReadFilm();
  const live = useLiveProposal();
  const [reviewing, setReviewing] = useState(false);
  if (!live || !mayEdit || (!live.differs && !reviewing)) return null;
  const { proposal } = live;
  const conflicts = conflictsIn(proposal.changes).length;
  const accept = () => {
    gesture(undo, () => commitBreakdown(doc, withChoices(readFilm(), proposal, allOf(proposal)), edit));
    toast.done("The board follows the script again.");
  };
  return (
    <>
      {live.differs ? (
        <div className="script-moved" role="status">
          <GitCompare />
          <span className="grow">
            <span className="strong">The script has moved on.</span>{" "}
            <span className="dim">{summaryWords(proposal.summary)}.</span>
            {conflicts > 0 ? <span className="script-moved-conflict"> {counted(conflicts, "conflict")}.</span> : null}
          </span>
          <Button size="small" look="quiet" onClick={() => setReviewing(true)}>
            Review
          </Button>
          {conflicts > 0 ? null : (
            // Words that a person wrote by hand are not overwritten unseen.
            <Button size="small" onClick={accept}>
              {acceptWords(proposal.changes.length)}
            </Button>
          )}
        </div>
      ) : null}
      {reviewing ? (
        <Suspense fallback={null}>
          <Review live={live} onClose={() => setReviewing(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
