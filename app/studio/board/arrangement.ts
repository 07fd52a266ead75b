/** Where the cards lie: scene by scene, and what moving some means. Pure, so that drag and keys agree. */
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

export function lanesOf(scenes: readonly { id: Id }[], shots: readonly { id: Id; sceneId: Id }[]): Lane[] {
  const lanes = new Map(scenes.map((scene): [Id, Id[]] => [scene.id, []]));
  for (const shot of shots) lanes.get(shot.sceneId)?.push(shot.id);
  return [...lanes].map(([sceneId, shotIds]) => ({ sceneId, shotIds }));
}

export function laneOf(lanes: readonly Lane[], shotId: Id): Lane | null {
  return lanes.find((lane) => lane.shotIds.includes(shotId)) ?? null;
}

/** These shots in the order in which they lie. */
export function inOrder(lanes: readonly Lane[], ids: readonly Id[]): Id[] {
  const wanted = new Set(ids);
  return lanes.flatMap((lane) => lane.shotIds.filter((id) => wanted.has(id)));
}

/**
 * Takes shots as one block to a position in a scene, counted without them; other lanes keep their identity.
 */
export function withMoved(lanes: readonly Lane[], ids: readonly Id[], sceneId: Id, index: number): Lane[] {
  const moved = new Set(ids);
  const block = inOrder(lanes, ids);
  return lanes.map((lane) => {
    const rest = lane.shotIds.filter((id) => !moved.has(id));
    if (lane.sceneId !== sceneId) return rest.length === lane.shotIds.length ? lane : { ...lane, shotIds: rest };
    const at = Math.max(0, Math.min(index, rest.length));
    return { ...lane, shotIds: [...rest.slice(0, at), ...block, ...rest.slice(at)] };
  });
}

/** Puts a block behind a shot; at the end of the scene where that shot is gone. */
export function withPlaced(lanes: readonly Lane[], ids: readonly Id[], place: Place): Lane[] {
  const rest = restOf(lanes, ids, place.sceneId);
  const at = place.afterId === null ? 0 : rest.indexOf(place.afterId) + 1 || rest.length;
  return withMoved(lanes, ids, place.sceneId, at);
}

/** Puts a block where another shot lies, which makes way: behind it when the block comes from ahead of it. */
export function withMovedOnto(lanes: readonly Lane[], ids: readonly Id[], targetId: Id): Lane[] | null {
  const to = lanes.findIndex((lane) => lane.shotIds.includes(targetId));
  const lane = lanes[to];
  const [first] = inOrder(lanes, ids);
  if (!lane || first === undefined || ids.includes(targetId)) return null;
  const comesFromAhead = lane.shotIds.includes(first) && lane.shotIds.indexOf(first) < lane.shotIds.indexOf(targetId);
  const at = restOf(lanes, ids, lane.sceneId).indexOf(targetId);
  return withMoved(lanes, ids, lane.sceneId, comesFromAhead ? at + 1 : at);
}

/** Where the first of these shots lies. */
export function placeOf(lanes: readonly Lane[], ids: readonly Id[]): Place | null {
  const [first] = inOrder(lanes, ids);
  const lane = first === undefined ? null : laneOf(lanes, first);
  if (!lane || first === undefined) return null;
  const at = lane.shotIds.indexOf(first);
  return { sceneId: lane.sceneId, afterId: at > 0 ? (lane.shotIds[at - 1] ?? null) : null };
}

/** One step back or on, over the edge of a scene into its neighbour; null at the ends of the film. */
export function stepped(lanes: readonly Lane[], ids: readonly Id[], step: -1 | 1): Lane[] | null {
  const block = inOrder(lanes, ids);
  const lead = step < 0 ? block[0] : block.at(-1);
  const index = lanes.findIndex((lane) => lead !== undefined && lane.shotIds.includes(lead));
  const lane = lanes[index];
  if (!lane || lead === undefined) return null;
  const neighbour = lane.shotIds[lane.shotIds.indexOf(lead) + step];
  if (neighbour === undefined) return toScene(lanes, ids, index + step, step);
  const at = restOf(lanes, ids, lane.sceneId).indexOf(neighbour);
  return withMoved(lanes, ids, lane.sceneId, step < 0 ? at : at + 1);
}

/** One scene back or on, to its end or its start. */
export function steppedScene(lanes: readonly Lane[], ids: readonly Id[], step: -1 | 1): Lane[] | null {
  const [first] = inOrder(lanes, ids);
  const index = lanes.findIndex((lane) => first !== undefined && lane.shotIds.includes(first));
  return index < 0 ? null : toScene(lanes, ids, index + step, step);
}

function toScene(lanes: readonly Lane[], ids: readonly Id[], index: number, step: -1 | 1): Lane[] | null {
  const next = lanes[index];
  return next ? withMoved(lanes, ids, next.sceneId, step < 0 ? next.shotIds.length : 0) : null;
}

function restOf(lanes: readonly Lane[], ids: readonly Id[], sceneId: Id): Id[] {
  const moved = new Set(ids);
  return (lanes.find((lane) => lane.sceneId === sceneId)?.shotIds ?? []).filter((id) => !moved.has(id));
}

/** The shot that is next when these go: the one behind the last of them, else the last that stays; null: none does. */
export function besideThese(lanes: readonly Lane[], ids: readonly Id[]): Id | null {
  const going = new Set(ids);
  const all = lanes.flatMap((lane) => lane.shotIds);
  const last = all.findLastIndex((id) => going.has(id));
  return all[last + 1] ?? all.findLast((id) => !going.has(id)) ?? null;
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
