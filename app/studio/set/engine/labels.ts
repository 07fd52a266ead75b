/** Names that hang over the set, moved without React for every frame. */
import { initialsOf } from "#domain/collab/presence.ts";
import type { Point } from "./paint.ts";

export interface Label {
  id: string;
  text: string;
  /** A person of the room, what is chosen, or what the hand is over. */
  kind: "peer" | "chosen" | "hover";
  color?: string;
  at: Point | null;
}

export function hangLabels(box: HTMLElement): { show(labels: readonly Label[]): void } {
  const hung = new Map<string, { element: HTMLElement; face: string }>();
  return {
    show(labels) {
      const seen = new Set<string>();
      for (const label of labels) {
        if (label.at === null || seen.has(label.id)) continue;
        seen.add(label.id);
        const face = `${label.kind} ${label.color} ${label.text}`;
        let one = hung.get(label.id);
        if (one?.face !== face) {
          one?.element.remove();
          one = { element: box.appendChild(faceOf(label)), face };
          hung.set(label.id, one);
        }
        one.element.style.transform = `translate(${label.at.x.toFixed(1)}px, ${label.at.y.toFixed(1)}px) translate(-50%, -100%)`;
      }
      for (const [id, { element }] of hung) {
        if (seen.has(id)) continue;
        element.remove();
        hung.delete(id);
      }
    },
  };
}

function faceOf({ text, kind, color }: Label): HTMLElement {
  const element = document.createElement("span");
  element.className = "set-label";
  element.dataset["kind"] = kind;
  if (color) element.style.setProperty("--c", color);
  if (kind === "peer") {
    const initials = document.createElement("i");
    initials.textContent = initialsOf(text);
    element.append(initials);
  }
  element.append(text.split(" ")[0] === text || kind !== "peer" ? text : (text.split(" ")[0] ?? text));
  return element;
}
