import { Circle, Diamond, Grid3x3, MousePointer2, Move3d, Rotate3d, Sun } from "lucide-react";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { SegmentedControl } from "#app/ui/segmented-control.tsx";
import { AddToSet } from "./add-to-set.tsx";
import { changeSetState, drawn, setState } from "./set-state.ts";
import { useSetActions } from "./use-set-actions.ts";
import type { ShotSet } from "./use-set.ts";

export function ViewportTools({ set }: { set: ShotSet }) {
  const { mayEdit } = useSession();
  const state = useStore(setState, ({ tool, look, light, grid }) => ({ tool, look, light, grid }));
  const actions = useSetActions(set);
  return (
    <>
      {mayEdit ? (
        <div className="set-tools" role="toolbar" aria-label="Tools" style={{ left: 12 }}>
          <IconButton
            name="Select"
            shortcut="V"
            pressed={state.tool === "select"}
            onClick={() => changeSetState({ tool: "select" })}
          >
            <MousePointer2 />
          </IconButton>
          <IconButton
            name="Move"
            shortcut="G"
            pressed={state.tool === "move"}
            onClick={() => changeSetState({ tool: "move" })}
          >
            <Move3d />
          </IconButton>
          <IconButton
            name="Turn"
            shortcut="R"
            pressed={state.tool === "turn"}
            onClick={() => changeSetState({ tool: "turn" })}
          >
            <Rotate3d />
          </IconButton>
          <span className="rule" />
          <IconButton name="Set a camera key from this view" shortcut="K" onClick={() => keyFromView(actions)}>
            <Diamond />
          </IconButton>
          <AddToSet set={set} />
        </div>
      ) : null}
      <div className="set-tools" role="toolbar" aria-label="View of the set" style={{ right: 12 }}>
        <SegmentedControl
          label="How the view moves"
          value={state.look}
          onChange={(look) => changeSetState({ look, following: null })}
          segments={[
            { id: "orbit", name: "Orbit" },
            { id: "fly", name: "Fly", title: "W A S D to fly, E and Q up and down" },
            { id: "camera", name: "Camera" },
          ]}
        />
        <span className="rule" />
        <IconButton name="Clay" pressed={state.light === "clay"} onClick={() => changeSetState({ light: "clay" })}>
          <Circle />
        </IconButton>
        <IconButton name="Lit" pressed={state.light === "lit"} onClick={() => changeSetState({ light: "lit" })}>
          <Sun />
        </IconButton>
        <IconButton name="Grid" pressed={state.grid} onClick={() => changeSetState({ grid: !state.grid })}>
          <Grid3x3 />
        </IconButton>
      </div>
    </>
  );
}

/** The shot's camera comes to where this person looks from; its lens stays. */
export function keyFromView(actions: ReturnType<typeof useSetActions>): void {
  const { frame } = setState.get();
  const view = drawn.get()?.ownView();
  actions.key(frame, view ? { eye: view.eye, look: view.look } : {});
  changeSetState({ isLoose: false });
}
