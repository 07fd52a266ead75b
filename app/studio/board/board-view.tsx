import {
  closestCenter,
  closestCorners,
  DndContext,
  DragOverlay,
  KeyboardSensor,
  PointerSensor,
  pointerWithin,
  useSensor,
  useSensors,
  type CollisionDetection,
} from "@dnd-kit/core";
import { sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import { GitCompare, Image as ImageIcon } from "lucide-react";
import { useMemo, useState } from "react";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import { minutesAndSeconds } from "#domain/time.ts";
import { BreakdownReview } from "#app/studio/breakdown-review/breakdown-review.tsx";
import { summaryWords } from "#app/studio/breakdown-review/review-edits.ts";
import { useProposal } from "#app/studio/breakdown-review/use-proposal.ts";
import { estimateWords } from "#app/studio/jobs/estimate.ts";
import { useEstimate } from "#app/studio/jobs/use-estimate.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { Button } from "#app/ui/button.tsx";
import { toast } from "#app/ui/toast.tsx";
import { AsideShots } from "./aside-shots.tsx";
import { BoardEmpty } from "./board-empty.tsx";
import { BoardScene } from "./board-scene.tsx";
import { ShotCard } from "./shot-card.tsx";
import { useBoardActions } from "./use-board-actions.ts";
import { useBoardDrag } from "./use-board-drag.ts";
import { usePeerSelections } from "./use-peer-selections.ts";
import { useUnrendered } from "./use-unrendered.ts";
import "./board.css";

/** The film as cards: scene by scene, in the order of the cut to come. */
export function BoardView() {
  const { doc, edit, mayEdit } = useSession();
  const scenes = useFilm((film) => film.scenes);
  const shots = useFilm((film) => film.shots);
  const fps = useFilm((film) => film.meta.fps);
  const { shotIds: selectedIds } = useSelection();
  const selected = useMemo(() => new Set(selectedIds), [selectedIds]);
  const peers = usePeerSelections();
  const live = useProposal();
  const [reviewing, setReviewing] = useState(false);
  const { lanes, liftedId, handlers, announcements } = useBoardDrag(scenes, shots);
  const actions = useBoardActions(lanes);
  const sensors = useSensors(
    // A click is a click until the pointer has gone six pixels.
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates, keyboardCodes }),
  );
  const byId = useMemo(() => new Map(shots.map((shot) => [shot.id, shot])), [shots]);
  const frames = shots.reduce((sum, shot) => sum + shot.durationFrames, 0);
  const lifted = liftedId ? byId.get(liftedId) : undefined;

  const accept = () => {
    if (!live) return;
    commitBreakdown(doc, live.proposal.scenes, edit);
    toast.done("The board follows the script again.");
  };

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
        <div className="board-scroll">
          {live?.differs && mayEdit ? (
            <div className="board-moved" role="status">
              <GitCompare />
              <span className="grow">
                <span className="strong">The script has moved on.</span>{" "}
                <span className="dim">{summaryWords(live.proposal.summary)}.</span>
              </span>
              <Button size="small" look="quiet" onClick={() => setReviewing(true)}>
                Review
              </Button>
              <Button size="small" onClick={accept}>
                Accept all
              </Button>
            </div>
          ) : null}
          <DndContext
            sensors={sensors}
            collisionDetection={nearest}
            accessibility={{ announcements, screenReaderInstructions: { draggable: instructions } }}
            {...handlers}
          >
            {lanes.map((lane) => {
              const scene = scenes.find((each) => each.id === lane.sceneId);
              if (!scene) return null;
              const own = lane.shotIds.flatMap((id): Shot[] => {
                const shot = byId.get(id);
                return shot ? [shot] : [];
              });
              return (
                <BoardScene
                  key={scene.id}
                  scene={scene}
                  shots={own}
                  fps={fps}
                  selected={selected}
                  peers={peers}
                  mayEdit={mayEdit}
                  actions={actions}
                  onAdd={actions.add}
                />
              );
            })}
            <DragOverlay dropAnimation={null}>
              {lifted ? (
                <ShotCard
                  shot={lifted}
                  scene={scenes.find((scene) => scene.id === lifted.sceneId) ?? null}
                  fps={fps}
                  lifted
                />
              ) : null}
            </DragOverlay>
          </DndContext>
          <AsideShots />
        </div>
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

const keyboardCodes = { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter"] };
const instructions =
  "Press Space to lift a shot, arrow keys to move it, Space to put it down, Escape to leave it where it was. Alt and arrow keys move it at once.";

/** Under the pointer first; with the keyboard there is none, and the nearest card counts. */
const nearest: CollisionDetection = (args) => {
  const under = pointerWithin(args);
  const cards = under.filter(({ id }) => !String(id).startsWith("scene:"));
  if (cards.length > 0) return cards;
  if (under.length > 0) return args.pointerCoordinates ? under : closestCenter(args);
  return closestCorners(args);
};
