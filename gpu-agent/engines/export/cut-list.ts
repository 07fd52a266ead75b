import type { Id } from "#domain/ids.ts";

/** What is seen from `start` on for `duration` frames: frames from `in` of an asset, or black. */
export type Stretch = { assetId: Id | null; start: number; duration: number; in: number };

export type Placed = { assetId: Id; start: number; duration: number; in: number };

/**
 * Flattens what lies on the timeline into what is seen: stretches in order that cover [0, frames) without overlap.
 * @param placed  later ones win where they overlap; what lies beyond the end is cut off
 */
export function cutList(placed: readonly Placed[], frames: number): Stretch[] {
  let seen: Stretch[] = [];
  for (const clip of placed) {
    const end = Math.min(clip.start + clip.duration, frames);
    if (clip.start >= end) continue;
    seen = seen.flatMap((other) => without(other, clip.start, end));
    seen.push({ ...clip, duration: end - clip.start });
  }
  seen.sort((a, b) => a.start - b.start);
  const list: Stretch[] = [];
  let at = 0;
  for (const stretch of [...seen, { assetId: null, start: frames, duration: 0, in: 0 }]) {
    if (stretch.start > at) list.push({ assetId: null, start: at, duration: stretch.start - at, in: 0 });
    if (stretch.duration > 0) list.push(stretch);
    at = stretch.start + stretch.duration;
  }
  return list;
}

/** What is left of a stretch when [from, to) is taken out of it. */
function without(stretch: Stretch, from: number, to: number): Stretch[] {
  const end = stretch.start + stretch.duration;
  if (to <= stretch.start || from >= end) return [stretch];
  const left: Stretch[] = [];
  if (from > stretch.start) left.push({ ...stretch, duration: from - stretch.start });
  if (to < end) left.push({ ...stretch, start: to, duration: end - to, in: stretch.in + (to - stretch.start) });
  return left;
}
