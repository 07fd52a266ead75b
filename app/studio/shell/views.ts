/** The views of the studio, in the order of the switch: Alt+1 is the first. */
export const views = [
  { id: "script", name: "Script" },
  { id: "board", name: "Board" },
  { id: "shots", name: "Shots" },
  { id: "timeline", name: "Timeline" },
] as const;

export type ViewId = (typeof views)[number]["id"];

export function viewOf(text: string | null): ViewId {
  return views.find((view) => view.id === text)?.id ?? "script";
}
