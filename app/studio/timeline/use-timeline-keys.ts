import { frameAt, framesToSeconds } from "#domain/time.ts";
import { filmLength } from "#domain/film/timeline/cut.ts";
import { changePlayer, playerSettings } from "../player/player-settings.ts";
import { goTo, goToEdit, goToEnd, shuttleTowards, stepBy, togglePlay } from "../player/move-playhead.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { Selection } from "../session/session-contract.ts";
import { transport } from "../session/transport.ts";
import { useShortcuts, type Shortcut } from "../shell/keyboard.ts";
import type { EditActions } from "./edit-actions.ts";
import { announce, changeTimeline, timelineState } from "./timeline-state.ts";

export interface KeyParts {
  film: () => Film;
  selection: () => Selection;
  actions: EditActions;
  zoomBy(factor: number): void;
  fit(): void;
}

/** The keys of the timeline view; the sheet under `?` lists them from here. */
export function useTimelineKeys(parts: KeyParts): void {
  useShortcuts([...playing(parts), ...tools(parts), ...editing(parts), ...looking(parts)]);
}

function playing({ film }: KeyParts): Shortcut[] {
  const group = "Playing";
  const second = () => Math.max(1, frameAt(1, film().meta.fps));
  const clips = () => film().clips;
  return [
    { keys: "Space", name: "Play or pause", group, run: togglePlay },
    { keys: "L", name: "Play forward; press again for faster", group, run: () => shuttleTowards(1) },
    { keys: "K", name: "Stop", group, run: () => transport.pause() },
    { keys: "J", name: "Play in reverse; press again for faster", group, run: () => shuttleTowards(-1) },
    { keys: "Right", name: "One frame forward", group, run: () => stepBy(1) },
    { keys: "Left", name: "One frame back", group, run: () => stepBy(-1) },
    { keys: "Shift+Right", name: "One second forward", group, run: () => stepBy(second()) },
    { keys: "Shift+Left", name: "One second back", group, run: () => stepBy(-second()) },
    { keys: "Up", name: "Previous edit", group, run: () => goToEdit(-1, clips()) },
    { keys: "Down", name: "Next edit", group, run: () => goToEdit(1, clips()) },
    { keys: "Home", name: "Go to start", group, run: () => goTo(0) },
    { keys: "End", name: "Go to end", group, run: () => goToEnd(clips()) },
    { keys: "I", name: "Mark in", group, run: () => changePlayer({ markIn: transport.frame }) },
    { keys: "O", name: "Mark out", group, run: () => changePlayer({ markOut: transport.frame + 1 }) },
    { keys: "Shift+I", name: "Go to in point", group, run: () => goTo(playerSettings.get().markIn ?? 0) },
    {
      keys: "Shift+O",
      name: "Go to out point",
      group,
      run: () => goTo((playerSettings.get().markOut ?? filmLength(clips())) - 1),
    },
    { keys: "Alt+X", name: "Clear in and out points", group, run: () => changePlayer({ markIn: null, markOut: null }) },
  ];
}

function tools({ actions }: KeyParts): Shortcut[] {
  const group = "Timeline tools";
  return [
    { keys: "V", name: "Select", group, run: () => changeTimeline({ tool: "select" }) },
    { keys: "C", name: "Blade", group, run: () => changeTimeline({ tool: "blade" }) },
    { keys: "B", name: "Ripple", group, run: toggleMagnet },
    { keys: "S", name: "Snap", group, run: toggleSnap },
    { keys: "M", name: "Marker", group, run: () => actions.mark() },
  ];
}

function editing({ actions, film, selection }: KeyParts): Shortcut[] {
  const group = "Cutting";
  const oneSecond = () => Math.round(1 / framesToSeconds(1, film().meta.fps));
  return [
    { keys: "Ctrl+K", name: "Split at the playhead", group, run: () => actions.splitAtPlayhead() },
    { keys: "Q", name: "Trim start to playhead", group, run: () => actions.trimToPlayhead("in") },
    { keys: "W", name: "Trim end to playhead", group, run: () => actions.trimToPlayhead("out") },
    { keys: "Delete", name: "Delete", group, run: () => actions.remove(false) },
    { keys: "Backspace", name: "Delete", group, hidden: true, run: () => actions.remove(false) },
    { keys: "Shift+Delete", name: "Ripple delete", group, run: () => actions.remove(true) },
    { keys: "Shift+Backspace", name: "Ripple delete", group, hidden: true, run: () => actions.remove(true) },
    { keys: "Alt+ArrowRight", name: "Nudge the selection right", group, run: () => actions.nudge(1, 1) },
    { keys: "Alt+ArrowLeft", name: "Nudge the selection left", group, run: () => actions.nudge(-1, 1) },
    {
      keys: "Alt+Shift+ArrowRight",
      name: "Nudge the selection right one second",
      group,
      run: () => actions.nudge(1, oneSecond()),
    },
    {
      keys: "Alt+Shift+ArrowLeft",
      name: "Nudge the selection left one second",
      group,
      run: () => actions.nudge(-1, oneSecond()),
    },
    {
      keys: "Ctrl+A",
      name: "Select all clips",
      group,
      run: () => selection().selectClips(film().clips.map((clip) => clip.id)),
    },
    { keys: "Escape", name: "Deselect all", group, hidden: true, run: () => selection().selectClips([]) },
  ];
}

function looking({ zoomBy, fit }: KeyParts): Shortcut[] {
  const group = "Looking";
  return [
    { keys: "=", name: "Zoom in", group, run: () => zoomBy(1.3) },
    { keys: "-", name: "Zoom out", group, run: () => zoomBy(1 / 1.3) },
    { keys: "\\", name: "Fit the film", group, run: fit },
  ];
}

export function toggleSnap(): void {
  changeTimeline({ snap: !timelineState.get().snap });
  announce(timelineState.get().snap ? "Snap on" : "Snap off");
}

export function toggleMagnet(): void {
  changeTimeline({ magnet: !timelineState.get().magnet });
  announce(timelineState.get().magnet ? "Ripple on: gaps close by themselves" : "Ripple off: gaps are kept");
}
