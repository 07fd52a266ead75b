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
    key(".", "One frame on", () => go(setState.get().frame + 1)),
    key("Home", "To the shot's start", () => go(0)),
    key("End", "To the shot's end", () => go(last)),
    key("PageUp", "The shot before", () => stepShot(-1)),
    key("PageDown", "The next shot", () => stepShot(1)),
    key("V", "Select", () => changeSetState({ tool: "select" })),
    key("F", "Look at what is chosen, else at all of it", () => {
      const thing = chosen();
      if (thing) look(() => drawn.get()?.lookAt(thing.at));
      else look(() => drawn.get()?.lookFrom(null));
    }),
    key("1", "From the front", () => look(() => drawn.get()?.lookFrom("front"))),
    key("3", "From the right", () => look(() => drawn.get()?.lookFrom("right"))),
    key("7", "From above", () => look(() => drawn.get()?.lookFrom("top"))),
    key("0", "Through the camera, and back", () =>
      changeSetState({ look: setState.get().look === "camera" ? "orbit" : "camera", following: null }),
    ),
    key("L", "Work light, or lit as it is shot", () => {
      const state = setState.get();
      const light = lightNow(state) === "clay" ? "lit" : "clay";
      changeSetState(state.look === "camera" ? { lightThrough: light } : { light });
    }),
    key("Escape", "Let go, stop following, choose nothing", () => {
      const { following } = setState.get();
      const { tool } = setState.get();
      const hand = tool === "comment" ? { tool: "select" as const } : {};
      changeSetState(following === null ? { selected: null, isLoose: false, ...hand } : { following: null });
    }),
    ...(mayComment ? [key("Shift+C", "Comment on a spot", () => changeSetState({ tool: "comment" }))] : []),
    ...(mayEdit
      ? [
          key("G", "Move", () => changeSetState({ tool: "move" })),
          key("R", "Turn", () => changeSetState({ tool: "turn" })),
          key("K", "Set a camera key from this view", () => keyFromView(actions)),
          key("ArrowLeft", "Move what is chosen", () => nudge([-step, 0, 0])),
          key("ArrowRight", "Move right", () => nudge([step, 0, 0]), { hidden: true }),
          key("ArrowUp", "Move away", () => nudge([0, 0, -step]), { hidden: true }),
          key("ArrowDown", "Move nearer", () => nudge([0, 0, step]), { hidden: true }),
          key("[", "Turn it to its left", () => nudge([0, 0, 0], turnStep)),
          key("]", "Turn it to its right", () => nudge([0, 0, 0], -turnStep)),
          key("Ctrl+D", "The same once more beside it", () => {
            const { selected } = setState.get();
            if (selected !== null) actions.duplicate(selected);
          }),
          key("Delete", "Take it out of the set", () => {
            const { selected } = setState.get();
            if (selected !== null) actions.remove(selected);
          }),
        ]
      : []),
  ]);
}
