import type { MouseEvent } from "react";

/** A click on a tool does not take the keys away from the cut: Space plays, also right after it. Tab still gets there. */
export function keepFocus(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest("button")) event.preventDefault();
}
