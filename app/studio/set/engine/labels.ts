/** Names that hang over the set, moved without React for every frame. */
import { initialsOf } from "#domain/collab/presence.ts";
import type { Point } from "./paint.ts";

export interface Label {
  id: string;
  text: string;
  /** A person of the room, what is chosen, what the hand is over, or a remark; that one can be pressed. */
  kind: "peer" | "chosen" | "hover" | "pin";
  color?: string;
  at: Point | null;
  /** Somebody who is out of view, named at its edge. */
  isBeyond?: boolean;
}

/** @param onPin  somebody presses a remark */
export function hangLabels(box: HTMLElement, onPin: (id: string) => void): { show(labels: readonly Label[]): void } {
  const hung = new Map<string, { element: HTMLElement; face: string }>();
  return {
    show(labels) {
      const seen = new Set<string>();
      for (const label of labels) {
        if (label.at === null || seen.has(label.id)) continue;
        seen.add(label.id);
        const face = `${label.kind} ${label.color} ${label.text} ${label.isBeyond === true}`;
        let one = hung.get(label.id);
        if (one?.face !== face) {
          one?.element.remove();
          one = { element: box.appendChild(faceOf(label)), face };
          if (label.kind === "pin") one.element.addEventListener("click", () => onPin(label.id));
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

function faceOf({ text, kind, color, isBeyond = false }: Label): HTMLElement {
  const element = document.createElement(kind === "pin" ? "button" : "span");
  element.className = "set-label";
  element.dataset["kind"] = kind;
  if (isBeyond) element.dataset["beyond"] = "";
  if (color) element.style.setProperty("--c", color);
  if (kind === "pin") {
    // The whole of it is in the comments' panel, also for those who do not see it here.
    element.tabIndex = -1;
    element.title = text;
    const initials = document.createElement("i");
    initials.textContent = initialsOf(text.split(":")[0] ?? "");
    element.append(initials);
    return element;
  }
  if (kind === "peer") {
    const initials = document.createElement("i");
    initials.textContent = initialsOf(text);
    element.append(initials);
  }
  element.append(text.split(" ")[0] === text || kind !== "peer" ? text : (text.split(" ")[0] ?? text));
  return element;
}
