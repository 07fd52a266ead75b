/** The views of the studio, in the order of the switch: Alt+1 is the first. */
export const views = [
  { id: "script", name: "Script" },
  { id: "board", name: "Board" },
  { id: "shots", name: "Shots" },
  { id: "timeline", name: "Timeline" },
  { id: "3d", name: "3D" },
] as const;

export type ViewId = (typeof views)[number]["id"];

export function viewOf(text: string | null): ViewId {
  return views.find((view) => view.id === text)?.id ?? "script";
}

/** What is on screen: one view, or the script with the board beside it. */
export interface Shown {
  view: ViewId;
  beside: "board" | null;
}

/** Reads the address, `?view=script&beside=board`. */
export function shownOf(params: URLSearchParams): Shown {
  const view = viewOf(params.get("view"));
  return { view, beside: view === "script" && params.get("beside") === "board" ? "board" : null };
}

/** Goes to a view; what is on screen already stays as it is. */
export function shownAfter(shown: Shown, view: ViewId): Shown {
  return view === shown.view || view === shown.beside ? shown : { view, beside: null };
}

/** Puts script and board side by side, or shows the one of them alone that `view` names. */
export function sideBySide(shown: Shown): Shown {
  return shown.beside === null ? { view: "script", beside: "board" } : { view: shown.view, beside: null };
}
