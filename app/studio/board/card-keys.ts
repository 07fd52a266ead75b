/** What keys do on a card that has them. */
import type { KeyboardEvent } from "react";
import type { Id } from "#domain/ids.ts";
import { selectionAfterClick } from "./arrangement.ts";
import type { BoardMenuContext } from "./board-menus.ts";
import { neighbourOf, shotOrder, type Arrow, type Rows } from "./rows.ts";

/** @returns whether the key meant something */
export function pressedOnCard(
  id: Id,
  event: KeyboardEvent,
  { actions, mayEdit, split, shots }: BoardMenuContext,
  walk: { rows: Rows; selectedIds: readonly Id[]; focus(id: Id): void },
): boolean {
  const command = event.ctrlKey || event.metaKey;
  const chosen = () => actions.chosen(id);
  if (isArrow(event.key)) {
    if (event.altKey) {
      const isAcross = event.key === "ArrowUp" || event.key === "ArrowDown";
      const by = event.key === "ArrowLeft" || event.key === "ArrowUp" ? -1 : 1;
      if (mayEdit) actions.move(chosen(), by, isAcross ? "scene" : "shot");
    } else if (!command) {
      const next = neighbourOf(walk.rows, id, event.key);
      if (next === null) return true;
      const keys = { toggle: false, range: event.shiftKey };
      actions.select(selectionAfterClick(shotOrder(walk.rows), walk.selectedIds, next, keys));
      walk.focus(next);
    } else return false;
    return true;
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (command && key === "a") actions.select([...shots.keys()]);
  else if (command && key === "d" && mayEdit) actions.duplicate(chosen());
  else if (command && key === "j" && mayEdit) actions.merge(chosen());
  else if (command || event.altKey) return false;
  else if (key === "s" && mayEdit) split(id);
  else if (key === "Enter") actions.open(id);
  else if ((key === "Delete" || key === "Backspace") && mayEdit) actions.remove(chosen());
  else if (key === "Escape") actions.select([]);
  // Space would scroll the board.
  else if (key !== " ") return false;
  return true;
}

const isArrow = (key: string): key is Arrow =>
  key === "ArrowLeft" || key === "ArrowRight" || key === "ArrowUp" || key === "ArrowDown";
