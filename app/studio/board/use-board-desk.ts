import { useState } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import type { BoardMenuContext } from "./board-menus.ts";
import { useBoardActions, type BoardActions } from "./use-board-actions.ts";

/** What the right button was pressed on. */
export type Aimed = { kind: "shot"; id: Id } | { kind: "scene"; id: Id } | { kind: "ground" };

/** What can be done with shots and scenes in whatever face the board has, and which of its small windows are open. */
export interface BoardDesk {
  actions: BoardActions;
  context: BoardMenuContext;
  renaming: Id | null;
  setRenaming(sceneId: Id | null): void;
  splitting: Shot | null;
  endSplitting(): void;
}

/** @param focus  brings a shot to where it is seen and gives it the keys */
export function useBoardDesk(
  board: { scenes: readonly Scene[]; shots: ReadonlyMap<Id, Shot>; mayEdit: boolean },
  focus: (id: Id) => void,
): BoardDesk {
  const [renaming, setRenaming] = useState<Id | null>(null);
  const [splitting, setSplitting] = useState<Id | null>(null);
  const actions = useBoardActions(focus, setRenaming);
  return {
    actions,
    context: { ...board, actions, split: setSplitting, rename: setRenaming },
    renaming,
    setRenaming,
    splitting: splitting === null ? null : (board.shots.get(splitting) ?? null),
    endSplitting: () => setSplitting(null),
  };
}
