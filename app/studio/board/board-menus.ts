/** What the right button and the "more" buttons of the board offer. */
import { whyNotJoined } from "#domain/film/cut-shot.ts";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import type { MenuItems } from "#app/ui/menu.tsx";
import type { BoardActions } from "./use-board-actions.ts";

export interface BoardMenuContext {
  actions: BoardActions;
  mayEdit: boolean;
  scenes: readonly Scene[];
  shots: ReadonlyMap<Id, Shot>;
  split(id: Id): void;
  rename(sceneId: Id): void;
}

/** @param price  what generating them would take, in words; empty while nobody knows */
export function shotMenu(id: Id, { actions, mayEdit, shots, split }: BoardMenuContext, price: string): MenuItems {
  const shot = shots.get(id);
  const open = { name: "Open in Shots", shortcut: "Enter", run: () => actions.open(id) };
  if (!mayEdit || !shot) return [open];
  const ids = actions.chosen(id);
  const many = ids.length > 1;
  const all = ids.flatMap((each) => shots.get(each) ?? []);
  return [
    open,
    {
      name: `${many ? `Generate ${ids.length} shots` : "Generate"}${price === "" ? "" : ` · ${price}`}`,
      shortcut: "Ctrl+Enter",
      run: () => actions.generate(ids),
    },
    "line",
    { name: "Add a shot after it", run: () => actions.add(shot.sceneId, id) },
    {
      name: many ? `Duplicate ${ids.length} shots` : "Duplicate",
      shortcut: "Ctrl+D",
      run: () => actions.duplicate(ids),
    },
    many
      ? {
          name: `Merge ${ids.length} shots`,
          shortcut: "Ctrl+J",
          disabled: whyNotJoined(all) !== null,
          run: () => actions.merge(ids),
        }
      : { name: "Split…", shortcut: "S", disabled: shot.durationFrames < 2, run: () => split(id) },
    { name: "Move back", shortcut: "Alt+Left", run: () => actions.move(ids, -1, "shot") },
    { name: "Move on", shortcut: "Alt+Right", run: () => actions.move(ids, 1, "shot") },
    { name: "Move to the scene before", shortcut: "Alt+Up", run: () => actions.move(ids, -1, "scene") },
    { name: "Move to the scene after", shortcut: "Alt+Down", run: () => actions.move(ids, 1, "scene") },
    "line",
    {
      name: many ? `Delete ${ids.length} shots` : "Delete",
      shortcut: "Del",
      danger: true,
      run: () => actions.remove(ids),
    },
  ];
}

export function sceneMenu(id: Id, { actions, mayEdit, scenes, shots, rename }: BoardMenuContext): MenuItems {
  const at = scenes.findIndex((scene) => scene.id === id);
  const own = [...shots.values()].filter((shot) => shot.sceneId === id).map((shot) => shot.id);
  const choose = {
    name: own.length === 1 ? "Select its shot" : `Select its ${own.length} shots`,
    disabled: own.length === 0,
    run: () => actions.select(own),
  };
  if (!mayEdit || at < 0) return [choose];
  return [
    { name: "Add a shot", run: () => actions.add(id) },
    choose,
    "line",
    { name: "Change the heading", run: () => rename(id) },
    { name: "Move scene up", disabled: at === 0, run: () => actions.moveScene(id, -1) },
    { name: "Move scene down", disabled: at === scenes.length - 1, run: () => actions.moveScene(id, 1) },
    { name: "Add a scene after it", run: () => actions.addScene(id) },
    "line",
    { name: "Delete scene", danger: true, run: () => actions.removeScene(id) },
  ];
}

export function groundMenu({ actions, mayEdit, scenes, shots }: BoardMenuContext): MenuItems {
  return [
    {
      name: "Select all shots",
      shortcut: "Ctrl+A",
      disabled: shots.size === 0,
      run: () => actions.select([...shots.keys()]),
    },
    ...(mayEdit ? [{ name: "Add a scene at the end", run: () => actions.addScene(scenes.at(-1)?.id ?? null) }] : []),
  ];
}
