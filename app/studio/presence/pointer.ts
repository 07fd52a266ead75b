/**
 * Pointers travel as fractions of a named surface (`data-surface`), so that they point at the same thing in windows
 * of other sizes and at other places of a scrolled page.
 */
export interface PointerPlace {
  surface: string;
  x: number;
  y: number;
}

/** @returns where the pointer is on the innermost named surface, null when it is on none */
export function placeOfPointer(event: Pick<PointerEvent, "clientX" | "clientY" | "target">): PointerPlace | null {
  if (!(event.target instanceof Element)) return null;
  const element = event.target.closest("[data-surface]");
  const surface = element?.getAttribute("data-surface");
  if (!element || !surface) return null;
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return null;
  return {
    surface,
    x: round((event.clientX - box.left) / box.width),
    y: round((event.clientY - box.top) / box.height),
  };
}

/** @returns window coordinates of a peer's pointer, null when its surface is not on screen */
export function pointOnScreen(place: PointerPlace): { x: number; y: number } | null {
  const elements = document.querySelectorAll(`[data-surface="${CSS.escape(place.surface)}"]`);
  // The innermost is the content that scrolls.
  const element = elements[elements.length - 1];
  if (!element) return null;
  const box = element.getBoundingClientRect();
  return { x: box.left + place.x * box.width, y: box.top + place.y * box.height };
}

const round = (value: number) => Math.round(value * 1e4) / 1e4;
