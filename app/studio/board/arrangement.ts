/** Where the cards lie: scene by scene, and what moving one means. Pure, so that drag and keys agree. */
import type { Id } from "#domain/ids.ts";

export interface Lane {
  sceneId: Id;
  shotIds: readonly Id[];
}

export interface Place {
  sceneId: Id;
  /** The shot ahead of it; null: first in the scene. */
  afterId: Id | null;
}

export function laneOf(lanes: readonly Lane[], shotId: Id): Lane | null {
  return lanes.find((lane) => lane.shotIds.includes(shotId)) ?? null;
}

/** Takes a shot to a position in a scene; other lanes keep their identity. */
export function withMoved(lanes: readonly Lane[], shotId: Id, sceneId: Id, index: number): Lane[] {
  return lanes.map((lane) => {
    const has = lane.shotIds.includes(shotId);
    if (lane.sceneId !== sceneId) return has ? { ...lane, shotIds: lane.shotIds.filter((id) => id !== shotId) } : lane;
    const rest = lane.shotIds.filter((id) => id !== shotId);
    const at = Math.max(0, Math.min(index, rest.length));
    return { ...lane, shotIds: [...rest.slice(0, at), shotId, ...rest.slice(at)] };
  });
}

export function placeOf(lanes: readonly Lane[], shotId: Id): Place | null {
  const lane = laneOf(lanes, shotId);
  if (!lane) return null;
  const at = lane.shotIds.indexOf(shotId);
  return { sceneId: lane.sceneId, afterId: at > 0 ? (lane.shotIds[at - 1] ?? null) : null };
}

/** One step back or on, over the edge of a scene into its neighbour; null at the ends of the film. */
export function stepped(lanes: readonly Lane[], shotId: Id, step: -1 | 1): Lane[] | null {
  const index = lanes.findIndex((lane) => lane.shotIds.includes(shotId));
  const lane = lanes[index];
  if (!lane) return null;
  const at = lane.shotIds.indexOf(shotId) + step;
  if (at >= 0 && at < lane.shotIds.length) return withMoved(lanes, shotId, lane.sceneId, at);
  const next = lanes[index + step];
  return next ? withMoved(lanes, shotId, next.sceneId, step < 0 ? next.shotIds.length : 0) : null;
}

/** One scene back or on, to its end or its start. */
export function steppedScene(lanes: readonly Lane[], shotId: Id, step: -1 | 1): Lane[] | null {
  const index = lanes.findIndex((lane) => lane.shotIds.includes(shotId));
  const next = lanes[index + step];
  return index >= 0 && next ? withMoved(lanes, shotId, next.sceneId, step < 0 ? next.shotIds.length : 0) : null;
}

/** What a click selects: alone, added or taken away (Ctrl), everything up to it (Shift). */
export function selectionAfterClick(
  order: readonly Id[],
  selected: readonly Id[],
  clicked: Id,
  keys: { toggle: boolean; range: boolean },
): Id[] {
  if (keys.range && selected.length > 0) {
    const from = order.indexOf(selected[0] as Id);
    const to = order.indexOf(clicked);
    if (from >= 0 && to >= 0) {
      const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
      return [selected[0] as Id, ...between.filter((id) => id !== selected[0])];
    }
  }
  if (keys.toggle) return selected.includes(clicked) ? selected.filter((id) => id !== clicked) : [...selected, clicked];
  return [clicked];
}
