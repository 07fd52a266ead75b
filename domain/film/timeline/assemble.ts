/**
 * The board's shots as a row of clips. What assemble put there and nobody touched is its own to move or remove;
 * clips that a person trimmed, split, moved or brought are kept with their length and their neighbour:
 * - a touched clip that still stands in board order keeps its shot's place in the order (a trimmed 2A stays 2A);
 * - any other touched clip goes on following the clip it followed;
 * - one that stands free, with a gap before it, stays on its frame, and the row flows round it.
 */
import type { Id, NewId } from "#domain/ids.ts";
import type { Frames } from "#domain/time.ts";
import type { Clip } from "../clip.ts";
import type { Shot } from "../shot.ts";
import { endOf, layOut } from "./cut.ts";

/**
 * @param track the clips of the track, as they are
 * @param shots the shots to show, in board order
 * @returns the clips of the track as they shall be; calling it again with them gives them again
 */
export function assembleTrack(
  track: readonly Clip[],
  shots: readonly Pick<Shot, "id" | "durationFrames">[],
  trackId: Id,
  newId: NewId,
): Clip[] {
  const laid = layOut(track);
  const place = new Map(shots.map((shot, index) => [shot.id, index]));
  const free = laid.filter((clip, index) => isOwn(clip) && clip.start > (index > 0 ? endOf(laid[index - 1]!) : 0));
  const ordered = inBoardOrder(laid, place, new Set(free.map((clip) => clip.id)));

  const spare = new Map(
    laid.filter((clip) => !isOwn(clip) && clip.shotId !== undefined).map((clip) => [clip.shotId!, clip]),
  );
  const shown = new Set(laid.filter(isOwn).map((clip) => clip.shotId));
  const row: Clip[] = [];
  for (const shot of shots) {
    const kept = ordered.find((clip) => clip.shotId === shot.id);
    if (kept) row.push(kept);
    else if (!shown.has(shot.id)) row.push(freshClip(shot, trackId, spare.get(shot.id)?.id ?? newId()));
  }
  laid.forEach((clip, index) => {
    if (!isOwn(clip) || ordered.includes(clip) || free.includes(clip)) return;
    row.splice(placeAfter(row, laid, index), 0, clip);
  });
  return flowRound(row, free);
}

const isOwn = (clip: Clip) => clip.assembled !== true;

/** A clip as assemble makes it: the whole shot, following its take. */
function freshClip(shot: Pick<Shot, "id" | "durationFrames">, trackId: Id, id: Id): Clip {
  return { id, trackId, shotId: shot.id, start: 0, duration: shot.durationFrames, in: 0, assembled: true };
}

/** Own clips that stand where the board has their shot: after all earlier shots and ahead of all later ones. */
function inBoardOrder(laid: readonly Clip[], place: ReadonlyMap<Id, number>, free: ReadonlySet<Id>): Clip[] {
  const placeOf = (clip: Clip) => (clip.shotId === undefined ? undefined : place.get(clip.shotId));
  const ordered: Clip[] = [];
  let reached = -1;
  laid.forEach((clip, index) => {
    const at = placeOf(clip);
    if (at === undefined || free.has(clip.id)) return;
    if (!isOwn(clip)) {
      reached = Math.max(reached, at);
      return;
    }
    const later = laid.slice(index + 1).every((other) => isOwn(other) || (placeOf(other) ?? Infinity) > at);
    if (at <= reached || !later) return;
    ordered.push(clip);
    reached = at;
  });
  return ordered;
}

/** Where in the row a clip goes that used to stand at `index`: behind the nearest earlier clip that is still there. */
function placeAfter(row: readonly Clip[], laid: readonly Clip[], index: number): number {
  for (let before = index - 1; before >= 0; before -= 1) {
    const at = row.findIndex((clip) => clip.id === laid[before]!.id);
    if (at >= 0) return at + 1;
  }
  return 0;
}

/** Lays the row end to end from frame 0; whatever would run into a free-standing clip goes behind it. */
function flowRound(row: readonly Clip[], free: readonly Clip[]): Clip[] {
  let end: Frames = 0;
  const flowed = row.map((clip) => {
    for (const block of free) if (end < endOf(block) && end + clip.duration > block.start) end = endOf(block);
    const placed = { ...clip, start: end };
    end += clip.duration;
    return placed;
  });
  return layOut([...flowed, ...free]);
}
