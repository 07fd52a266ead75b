import { Clapperboard } from "lucide-react";
import { useEffect } from "react";
import { chooseTake } from "#domain/film/edit.ts";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import { CardState } from "#app/studio/board/shot-card.tsx";
import { ShotPicture } from "#app/studio/board/shot-picture.tsx";
import { framingWords, sceneName } from "#app/studio/board/shot-words.ts";
import { useShotWork } from "#app/studio/board/use-shot-work.ts";
import { useInspectedShot } from "#app/studio/inspector/use-inspected-shot.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { useFilm, useReadFilm } from "#app/studio/session/use-film.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { useTakes } from "#app/studio/session/use-takes.ts";
import { useShortcuts } from "#app/studio/shell/keyboard.ts";
import { useView } from "#app/studio/shell/use-view.ts";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { RenderingCard } from "./rendering-card.tsx";
import { TakeGrid } from "./take-grid.tsx";
import { TakePlayer } from "./take-player.tsx";
import "./shots.css";

/** One shot, large: its playing take or what is being rendered, and all its takes below. */
export function ShotsView() {
  const { shot, scene } = useInspectedShot();
  const first = useFilm((film) => film.shots[0]?.id ?? null);
  const { selectShots } = useSelection();
  const [, show] = useView();
  useEffect(() => {
    if (!shot && first) selectShots([first]);
    // Once for each time nothing is selected; the selection itself changes `shot`.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [shot === null, first]);
  if (!shot)
    return (
      <div className="shots panel">
        <EmptyState
          icon={<Clapperboard />}
          title="No shots yet"
          action={
            <Button look="primary" size="big" onClick={() => show("board")}>
              Go to the board
            </Button>
          }
        >
          Shots come from the script. Break it down on the board first; it is free and instant.
        </EmptyState>
      </div>
    );
  return <OneShot key={shot.id} shot={shot} scene={scene} />;
}

function OneShot({ shot, scene }: { shot: Shot; scene: Scene | null }) {
  const { doc, edit, mayEdit, undo } = useSession();
  const { state, take, picture, madeBy } = useShotWork(shot.id);
  const takes = useTakes(shot.id);
  const readFilm = useReadFilm();
  const { selectShots } = useSelection();

  const stepShot = (by: number) => {
    const all = readFilm().shots;
    const next = all[all.findIndex((each) => each.id === shot.id) + by];
    if (next) selectShots([next.id]);
  };
  const stepTake = (by: number) => {
    const row = [...takes].reverse();
    const next = row[row.findIndex((each) => each.id === take?.id) + by];
    if (next && mayEdit) gesture(undo, () => chooseTake(doc, shot.id, next.id, edit));
  };
  useShortcuts([
    { keys: "Up", name: "Previous shot", group: "Shots", run: () => stepShot(-1) },
    { keys: "Down", name: "Next shot", group: "Shots", run: () => stepShot(1) },
    { keys: "[", name: "Previous take", group: "Shots", run: () => stepTake(-1) },
    { keys: "]", name: "Next take", group: "Shots", run: () => stepTake(1) },
  ]);

  return (
    <div className="shots panel">
      <header className="panel-head">
        <h2>{shot.number}</h2>
        <span className="strong cut">{framingWords(shot)}</span>
        <span className="faint cut">{scene ? sceneName(scene) : ""}</span>
        <span className="end">
          <CardState state={state} />
        </span>
      </header>
      {take ? (
        <TakePlayer take={take} />
      ) : (
        <div className="shots-well">
          <div className="shots-picture">
            <ShotPicture shot={shot} scene={scene} picture={picture} />
            <span className="shots-label">
              {picture?.kind === "live" ? "Live" : picture ? "Thumbnail" : "Sketch: not rendered yet"}
            </span>
            {madeBy ? (
              <span className="shots-label" data-end="true">
                {madeBy}
              </span>
            ) : null}
          </div>
        </div>
      )}
      <div className="shots-tray">
        <RenderingCard
          shot={shot}
          scene={scene}
          state={state}
          takeNumber={(takes[0]?.number ?? 0) + 1}
          preview={take !== null}
        />
        <TakeGrid shot={shot} waiting={state.kind !== "draft"} />
      </div>
    </div>
  );
}
