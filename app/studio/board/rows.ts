/** The board as rows, so that only those on the screen are drawn: heads of scenes, and cards side by side. Pure. */
import type { ProposedShot } from "#domain/screenplay/breakdown.ts";
import type { Id } from "#domain/ids.ts";
import type { Lane } from "./arrangement.ts";

/** A shot that the script has and the board has not yet. */
export interface GhostShot {
  changeId: string;
  sceneId: Id;
  /** The shot ahead of it; null: first in the scene. */
  afterId: Id | null;
  shot: Pick<ProposedShot, "type" | "move" | "action" | "dialogue" | "characters" | "durationFrames">;
}

export type CardItem = { kind: "shot"; id: Id } | { kind: "ghost"; ghost: GhostShot };

export type Row =
  | { kind: "scene"; key: string; sceneId: Id }
  /** `first`: place in its scene of the first card, from 0. */
  | { kind: "cards"; key: string; sceneId: Id; first: number; items: CardItem[] }
  | { kind: "empty"; key: string; sceneId: Id }
  | { kind: "aside-head"; key: string }
  | { kind: "aside"; key: string; shotIds: Id[] };

export interface Rows {
  list: Row[];
  /** Index of the row that a shot lies in. */
  at: ReadonlyMap<Id, number>;
}

/** @param columns  cards side by side, at least 1 */
export function rowsOf(
  lanes: readonly Lane[],
  columns: number,
  { ghosts = [], asideIds = [] }: { ghosts?: readonly GhostShot[]; asideIds?: readonly Id[] } = {},
): Rows {
  const list: Row[] = [];
  const at = new Map<Id, number>();
  const waiting = groupBy(ghosts, (ghost) => ghost.sceneId);
  for (const { sceneId, shotIds } of lanes) {
    list.push({ kind: "scene", key: `head ${sceneId}`, sceneId });
    const items = withGhosts(shotIds, waiting.get(sceneId) ?? []);
    if (items.length === 0) list.push({ kind: "empty", key: `empty ${sceneId}`, sceneId });
    for (let first = 0; first < items.length; first += columns) {
      const part = items.slice(first, first + columns);
      for (const item of part) if (item.kind === "shot") at.set(item.id, list.length);
      list.push({ kind: "cards", key: `${sceneId} ${first}`, sceneId, first, items: part });
    }
  }
  if (asideIds.length > 0) list.push({ kind: "aside-head", key: "aside" });
  for (let first = 0; first < asideIds.length; first += columns)
    list.push({ kind: "aside", key: `aside ${first}`, shotIds: asideIds.slice(first, first + columns) });
  return { list, at };
}

function withGhosts(shotIds: readonly Id[], ghosts: readonly GhostShot[]): CardItem[] {
  const items = shotIds.map((id): CardItem => ({ kind: "shot", id }));
  if (ghosts.length === 0) return items;
  const known = new Set(shotIds);
  const behind = groupBy(ghosts, (ghost) =>
    ghost.afterId !== null && !known.has(ghost.afterId) ? (shotIds.at(-1) ?? null) : ghost.afterId,
  );
  const ghostsBehind = (id: Id | null) => (behind.get(id) ?? []).map((ghost): CardItem => ({ kind: "ghost", ghost }));
  return [...ghostsBehind(null), ...shotIds.flatMap((id, index) => [items[index] as CardItem, ...ghostsBehind(id)])];
}

function groupBy<T, K>(list: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of list) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

export type Arrow = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

/** The shot that an arrow key goes to: left and right in reading order, up and down by columns. */
export function neighbourOf(rows: Rows, id: Id, arrow: Arrow): Id | null {
  const row = rows.at.get(id);
  if (row === undefined) return null;
  const here = shotsIn(rows.list[row]);
  const column = here.indexOf(id);
  const step = arrow === "ArrowLeft" || arrow === "ArrowUp" ? -1 : 1;
  const isAcross = arrow === "ArrowLeft" || arrow === "ArrowRight";
  const beside = isAcross ? here[column + step] : undefined;
  if (beside !== undefined) return beside;
  for (let at = row + step; at >= 0 && at < rows.list.length; at += step) {
    const there = shotsIn(rows.list[at]);
    if (there.length === 0) continue;
    if (isAcross) return (step < 0 ? there.at(-1) : there[0]) ?? null;
    return there[Math.min(column, there.length - 1)] ?? null;
  }
  return null;
}

/** All shots in the order in which they are read. */
export const shotOrder = (rows: Rows): Id[] => rows.list.flatMap(shotsIn);

function shotsIn(row: Row | undefined): Id[] {
  return row?.kind === "cards" ? row.items.flatMap((item) => (item.kind === "shot" ? [item.id] : [])) : [];
}

/** Which rows are in the page: those on the screen, some around them, and the one that has the keys, wherever it is. */
export function drawnRows(
  { startIndex, endIndex, overscan, count }: { startIndex: number; endIndex: number; overscan: number; count: number },
  active: number | undefined,
): number[] {
  const from = Math.max(0, startIndex - overscan);
  const to = Math.min(count - 1, endIndex + overscan);
  const list = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  if (active === undefined || active >= count) return list;
  return active < from ? [active, ...list] : active > to ? [...list, active] : list;
}

/** How many cards lie side by side in a width, px. Where there is room they are larger. */
export function columnsIn(width: number): { columns: number; gap: number } {
  const [least, gap] = width >= 1076 ? [224, 12] : [192, 10];
  return { columns: Math.max(1, Math.floor((width + gap) / (least + gap))), gap };
}

/** About how tall a row is before it was drawn, px. */
export function aboutHeight(row: Row, width: number, { columns, gap }: { columns: number; gap: number }): number {
  switch (row.kind) {
    case "scene":
      return 44;
    case "empty":
      return 70;
    case "aside-head":
      return 76;
    case "cards":
    case "aside":
      return Math.round((((width - gap * (columns - 1)) / columns) * 9) / 16) + 101 + gap;
  }
}
