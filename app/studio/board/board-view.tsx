import { Image as ImageIcon } from "lucide-react";
import { useState } from "react";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import { minutesAndSeconds } from "#domain/time.ts";
import { BreakdownReview } from "#app/studio/breakdown-review/breakdown-review.tsx";
import { ScriptMoved } from "#app/studio/breakdown-review/script-moved.tsx";
import { useGhosts } from "#app/studio/breakdown-review/use-ghosts.ts";
import { estimateWords } from "#app/studio/jobs/estimate.ts";
import { useEstimate } from "#app/studio/jobs/use-estimate.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useLiveProposal } from "#app/studio/session/use-live-proposal.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { Button } from "#app/ui/button.tsx";
import { BoardEmpty } from "./board-empty.tsx";
import { BoardGrid } from "./board-grid.tsx";
import { ReshootStale } from "./reshoot-stale.tsx";
import { usePeerSelections } from "./use-peer-selections.ts";
import { useUnrendered } from "./use-unrendered.ts";
import "./board.css";

/** The film as cards: scene by scene, in the order of the cut to come. */
export function BoardView() {
  const { mayEdit } = useSession();
  const scenes = useFilm((film) => film.scenes);
  const shots = useFilm((film) => film.shots);
  const aside = useFilm((film) => film.asideShots);
  const fps = useFilm((film) => film.meta.fps);
  const { shotIds: selectedIds } = useSelection();
  const peers = usePeerSelections();
  const live = useLiveProposal();
  const { ghosts, onGhost } = useGhosts();
  const [reviewing, setReviewing] = useState(false);
  const frames = shots.reduce((sum, shot) => sum + shot.durationFrames, 0);

  return (
    <div className="board panel">
      <header className="panel-head">
        <h2>Board</h2>
        <span className="faint small num cut">
          {shots.length} {shots.length === 1 ? "shot" : "shots"}
          {shots.length > 0 ? ` · ${minutesAndSeconds(frames, fps)}` : ""}
        </span>
        {shots.length > 0 && mayEdit ? <BoardHeadActions shots={shots} /> : null}
      </header>
      {scenes.length === 0 ? (
        <BoardEmpty live={live} onTurn={() => setReviewing(true)} />
      ) : (
        <>
          <ScriptMoved />
          <BoardGrid
            scenes={scenes}
            shots={shots}
            aside={aside}
            fps={fps}
            selectedIds={selectedIds}
            peers={peers}
            mayEdit={mayEdit}
            ghosts={ghosts}
            onGhost={onGhost}
          />
        </>
      )}
      {reviewing && live ? <BreakdownReview live={live} onClose={() => setReviewing(false)} /> : null}
    </div>
  );
}

function BoardHeadActions({ shots }: { shots: readonly Shot[] }) {
  const { unrendered, unpictured, idle, generate, thumbnails } = useUnrendered(shots);
  const wanted = unrendered.length > 0 ? unrendered : idle;
  const estimate = useEstimate(wanted, String(shots.reduce((sum, shot) => sum + shot.durationFrames, 0)));
  const [busy, setBusy] = useState(false);
  const run = (work: (ids: Id[]) => Promise<void>, ids: Id[]) => {
    setBusy(true);
    void work(ids).finally(() => setBusy(false));
  };
  const price = estimateWords(estimate);
  return (
    <span className="end">
      <ReshootStale />
      {unpictured.length > 0 ? (
        <Button size="small" look="quiet" disabled={busy} onClick={() => run(thumbnails, unpictured)}>
          <ImageIcon className="small" />
          <span className="wide">Thumbnails for</span> {unpictured.length}
        </Button>
      ) : null}
      {wanted.length > 0 ? (
        <Button
          size="small"
          look={unrendered.length > 0 ? "primary" : "plain"}
          disabled={busy}
          onClick={() => run(generate, wanted)}
        >
          {unrendered.length === 0
            ? `Generate ${wanted.length === shots.length ? "all " : ""}${wanted.length} anew`
            : unrendered.length === shots.length
              ? `Generate all ${wanted.length}`
              : `Generate ${wanted.length} missing`}
          {price ? <span className="note num wide">{price}</span> : null}
        </Button>
      ) : null}
    </span>
  );
}
