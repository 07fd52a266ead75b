import { Box } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { useView } from "#app/studio/shell/use-view.ts";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { PathPanel } from "./lanes/path-panel.tsx";
import { changeSetState } from "./set-state.ts";
import { useSetKeys } from "./use-set-keys.ts";
import { useShotSet, type ShotSet } from "./use-set.ts";
import { Viewport } from "./viewport.tsx";
import "./set.css";

/** The set of the selected shot, for everybody who is in it. */
export function SetView() {
  const set = useShotSet();
  const first = useFilm((film) => film.shots[0]?.id ?? null);
  const { selectShots } = useSelection();
  const [, show] = useView();
  const shotId = set?.shot.id;
  // A place of one shot's time means nothing in the next one's.
  useEffect(() => changeSetState({ frame: 0, playing: false, isLoose: false, selected: null }), [shotId]);
  if (set !== null) return <OneSet set={set} />;
  return (
    <div className="set-view panel">
      {first === null ? (
        <EmptyState
          icon={<Box />}
          title="No sets yet"
          action={
            <Button look="primary" size="big" onClick={() => show("board")}>
              Go to the board
            </Button>
          }
        >
          Every shot comes with a set. Break the script down into shots on the board first; it is free and instant.
        </EmptyState>
      ) : (
        <EmptyState
          icon={<Box />}
          title="Select a shot"
          action={
            <Button look="primary" size="big" onClick={() => selectShots([first])}>
              Open the first shot
            </Button>
          }
        >
          See its set in 3D: block the cast, move props and lights, and set up the camera.
        </EmptyState>
      )}
    </div>
  );
}

function OneSet({ set }: { set: ShotSet }) {
  const inside = useRef<HTMLDivElement>(null);
  const [stage, setStage] = useState<Element | null>(null);
  useLayoutEffect(() => setStage(inside.current?.closest(".stage") ?? null), []);
  useSetKeys(set);
  return (
    <div ref={inside} className="set-view">
      <Viewport set={set} />
      {stage
        ? createPortal(
            <div className="stage-bottom stage-path">
              <PathPanel set={set} />
            </div>,
            stage,
          )
        : null}
    </div>
  );
}
