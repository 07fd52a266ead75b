import { Circle, Diamond, Grid3x3, MessageSquare, MousePointer2, Move3d, Rotate3d, Sun } from "lucide-react";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { SegmentedControl } from "#app/ui/segmented-control.tsx";
import { AddToSet } from "./add-to-set.tsx";
import { changeSetState, drawn, lightNow, setState, type SetLight } from "./set-state.ts";
import { useSetActions } from "./use-set-actions.ts";
import type { ShotSet } from "./use-set.ts";

export function ViewportTools({ set }: { set: ShotSet }) {
  const { mayEdit, mayComment } = useSession();
  const state = useStore(setState, (all) => ({
    ...{ tool: all.tool, look: all.look, grid: all.grid },
    light: lightNow(all),
  }));
  const lightAs = (light: SetLight) => changeSetState(state.look === "camera" ? { lightThrough: light } : { light });
  const actions = useSetActions(set);
  return (
    <>
      {mayEdit ? (
        <div className="set-tools hands" role="toolbar" aria-label="Tools">
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
            name="Rotate"
            shortcut="R"
            pressed={state.tool === "turn"}
            onClick={() => changeSetState({ tool: "turn" })}
          >
            <Rotate3d />
          </IconButton>
          <span className="rule" />
          <IconButton name="Set camera key from this view" shortcut="K" onClick={() => keyFromView(actions)}>
            <Diamond />
          </IconButton>
          <AddToSet set={set} />
        </div>
      ) : null}
      <div className="set-tools looks" role="toolbar" aria-label="Viewport">
        <SegmentedControl
          label="View"
          value={state.look}
          onChange={(look) => changeSetState({ look, following: null })}
          segments={[
            { id: "orbit", name: "Orbit" },
            { id: "fly", name: "Fly", title: "W A S D to fly, E and Q up and down" },
            { id: "camera", name: "Camera" },
          ]}
        />
        <span className="rule" />
        {mayComment ? (
          <IconButton
            name="Comment on a point"
            shortcut="Shift+C"
            pressed={state.tool === "comment"}
            onClick={() => changeSetState({ tool: state.tool === "comment" ? "select" : "comment" })}
          >
            <MessageSquare />
          </IconButton>
        ) : null}
        <IconButton name="Work light" pressed={state.light === "clay"} onClick={() => lightAs("clay")}>
          <Circle />
        </IconButton>
        <IconButton name="Scene lighting" pressed={state.light === "lit"} onClick={() => lightAs("lit")}>
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
