import { useState } from "react";
import { minutesAndSeconds } from "#domain/time.ts";
import { Animatic } from "#app/studio/animatic/animatic.tsx";
import { BreakdownReview } from "#app/studio/breakdown-review/breakdown-review.tsx";
import { ScriptMoved } from "#app/studio/breakdown-review/script-moved.tsx";
import { useGhosts } from "#app/studio/breakdown-review/use-ghosts.ts";
import { BoardFileButton } from "#app/studio/export/board-file-button.tsx";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useLiveProposal } from "#app/studio/session/use-live-proposal.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { recall, remember } from "#app/studio/shell/remembered.ts";
import { AsideShelf } from "./aside-shelf.tsx";
import { BoardEmpty } from "./board-empty.tsx";
import { BoardGrid } from "./board-grid.tsx";
import { AnimaticButton, BoardFaces, BoardHeadActions, type BoardFace } from "./board-head.tsx";
import { BoardList } from "./board-list.tsx";
import { BoardStrip } from "./board-strip.tsx";
import { usePeerSelections } from "./use-peer-selections.ts";
import "./board.css";

/** The film as cards: scene by scene, in the order of the cut to come. */
export function BoardView() {
  const { mayEdit } = useSession();
  const scenes = useFilm((film) => film.scenes);
  const shots = useFilm((film) => film.shots);
  const aside = useFilm((film) => film.asideShots);
  const fps = useFilm((film) => film.meta.fps);
  const { shotIds: selectedIds, selectShots } = useSelection();
  const peers = usePeerSelections();
  const live = useLiveProposal();
  const { ghosts, onGhost } = useGhosts();
  const [reviewing, setReviewing] = useState<"rules" | "model" | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [face, setFaceNow] = useState<BoardFace>(() => faceOf(recall("board-face")));
  const setFace = (next: BoardFace) => {
    remember("board-face", next);
    setFaceNow(next);
  };
  const frames = shots.reduce((sum, shot) => sum + shot.durationFrames, 0);

  return (
    <div className="board panel">
      <header className="panel-head">
        <h2>Board</h2>
        <span className="faint small num cut">
          {shots.length} {shots.length === 1 ? "shot" : "shots"}
          {shots.length > 0 ? ` · ${minutesAndSeconds(frames, fps)}` : ""}
        </span>
        {shots.length > 0 ? (
          <span className="end">
            <BoardFaces face={face} onFace={setFace} />
            <AnimaticButton onPlay={() => setPlaying(true)} />
            <BoardFileButton />
            {mayEdit ? <BoardHeadActions shots={shots} /> : null}
          </span>
        ) : null}
      </header>
      {scenes.length === 0 ? (
        <BoardEmpty live={live} onTurn={setReviewing} />
      ) : (
        <>
          <ScriptMoved />
          {face === "list" ? (
            <BoardList scenes={scenes} shots={shots} fps={fps} selectedIds={selectedIds} />
          ) : face === "strip" ? (
            <BoardStrip scenes={scenes} shots={shots} fps={fps} selectedIds={selectedIds} />
          ) : (
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
          )}
        </>
      )}
      {face === "grid" && scenes.length > 0 ? null : <AsideShelf shots={aside} fps={fps} />}
      {isPlaying && shots.length > 0 ? (
        <Animatic
          scenes={scenes}
          shots={shots}
          fps={fps}
          startId={selectedIds[0] ?? null}
          onClose={(id) => {
            setPlaying(false);
            if (id !== null) selectShots([id]);
          }}
        />
      ) : null}
      {reviewing && live ? (
        <BreakdownReview live={live} asksModel={reviewing === "model"} onClose={() => setReviewing(null)} />
      ) : null}
    </div>
  );
}

const faceOf = (text: string | null): BoardFace => (text === "list" || text === "strip" ? text : "grid");
