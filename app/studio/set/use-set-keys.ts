import { useSession } from "#app/studio/session/film-session.tsx";
import { useShortcuts, type Shortcut } from "#app/studio/shell/keyboard.ts";
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";
import { step, turnStep } from "./geometry.ts";
import { changeSetState, drawn, lightNow, lookWithOwnEyes, setState } from "./set-state.ts";
import { useStepShot } from "./shot-switcher.tsx";
import { useSetActions } from "./use-set-actions.ts";
import type { ShotSet } from "./use-set.ts";
import { keyFromView } from "./viewport-tools.tsx";

/** The keyboard in the set: time, tools, and small steps of what is chosen. */
export function useSetKeys(set: ShotSet): void {
  const { mayEdit, mayComment } = useSession();
  const actions = useSetActions(set);
  const stepShot = useStepShot(set.shot.id);
  const last = set.plan.frames - 1;
  const go = (frame: number) => changeSetState({ frame: Math.min(last, Math.max(0, frame)), playing: false });
  const chosen = () => set.things.find(({ id }) => id === setState.get().selected);
  const look = (go: () => void) => {
    lookWithOwnEyes();
    go();
  };
  const nudge = (by: Vec3, turn = 0) => {
    const thing = chosen();
    if (thing && !thing.locked) actions.nudge(thing, by, turn);
  };
  const key = (keys: string, name: string, run: () => void, more: Partial<Shortcut> = {}): Shortcut => ({
    keys,
    name,
    group: "Set",
    run,
    ...more,
  });
  useShortcuts([
    key("Space", "Play the shot", () => changeSetState({ playing: !setState.get().playing })),
    key(",", "One frame back", () => go(setState.get().frame - 1)),
    key(".", "One frame forward", () => go(setState.get().frame + 1)),
    key("Home", "Go to start of shot", () => go(0)),
    key("End", "Go to end of shot", () => go(last)),
    key("PageUp", "Previous shot", () => stepShot(-1)),
    key("PageDown", "Next shot", () => stepShot(1)),
    key("V", "Select", () => changeSetState({ tool: "select" })),
    key("F", "Frame the selection, or everything", () => {
      const thing = chosen();
      if (thing) look(() => drawn.get()?.lookAt(thing.at));
      else look(() => drawn.get()?.lookFrom(null));
    }),
    key("1", "Front view", () => look(() => drawn.get()?.lookFrom("front"))),
    key("3", "Right view", () => look(() => drawn.get()?.lookFrom("right"))),
    key("7", "Top view", () => look(() => drawn.get()?.lookFrom("top"))),
    key("0", "Look through the camera, and back", () =>
      changeSetState({ look: setState.get().look === "camera" ? "orbit" : "camera", following: null }),
    ),
    key("L", "Work light or scene lighting", () => {
      const state = setState.get();
      const light = lightNow(state) === "clay" ? "lit" : "clay";
      changeSetState(state.look === "camera" ? { lightThrough: light } : { light });
    }),
    key("Escape", "Cancel, stop following, deselect", () => {
      const { following } = setState.get();
      const { tool } = setState.get();
      const hand = tool === "comment" ? { tool: "select" as const } : {};
      changeSetState(following === null ? { selected: null, isLoose: false, ...hand } : { following: null });
    }),
    ...(mayComment ? [key("Shift+C", "Comment on a point", () => changeSetState({ tool: "comment" }))] : []),
    ...(mayEdit
      ? [
          key("G", "Move", () => changeSetState({ tool: "move" })),
          key("R", "Rotate", () => changeSetState({ tool: "turn" })),
          key("K", "Set camera key from this view", () => keyFromView(actions)),
          key("ArrowLeft", "Move the selection", () => nudge([-step, 0, 0])),
          key("ArrowRight", "Move right", () => nudge([step, 0, 0]), { hidden: true }),
          key("ArrowUp", "Move away", () => nudge([0, 0, -step]), { hidden: true }),
          key("ArrowDown", "Move nearer", () => nudge([0, 0, step]), { hidden: true }),
          key("[", "Rotate left", () => nudge([0, 0, 0], turnStep)),
          key("]", "Rotate right", () => nudge([0, 0, 0], -turnStep)),
          key("Ctrl+D", "Duplicate", () => {
            const { selected } = setState.get();
            if (selected !== null) actions.duplicate(selected);
          }),
          key("Delete", "Delete from the set", () => {
            const { selected } = setState.get();
            if (selected !== null) actions.remove(selected);
          }),
        ]
      : []),
  ]);
}
