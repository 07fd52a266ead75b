/**
 * Cutting, as pure functions from one list of clips to the next. They never write: a drag calls them at every move
 * of the pointer to draw its preview, and the drop writes the last answer (`editCut` in `../timeline.ts`).
 *
 * Every function takes clips as they come and lays them out first, so that what a merge left overlapping is
 * understood alike by everyone. Clips that a person's hand touched lose `assembled`; clips that merely made room
 * keep it.
 */
import type { Id } from "#domain/ids.ts";
import type { Frames } from "#domain/time.ts";
import type { Clip } from "../clip.ts";

export type Edge = "in" | "out";

/** Length of what a clip shows, frames from its first; null when nobody knows (then it may not grow). */
export type SourceLength = (clip: Clip) => Frames | null;

export const endOf = (clip: Pick<Clip, "start" | "duration">): Frames => clip.start + clip.duration;

/** By start, then by id, so that equal starts sort alike on every peer. */
export function byStart(a: Clip, b: Clip): number {
  return a.start - b.start || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * Pushes clips that two people's edits left on top of each other behind one another, track by track.
 * @returns all clips by start; none overlaps another on its track; the same list when nothing overlapped
 */
export function layOut(clips: readonly Clip[]): Clip[] {
  const ends = new Map<Id, Frames>();
  return [...clips]
    .sort(byStart)
    .map((clip) => {
      const start = Math.max(clip.start, ends.get(clip.trackId) ?? 0);
      ends.set(clip.trackId, start + clip.duration);
      return start === clip.start ? clip : { ...clip, start };
    })
    .sort(byStart);
}

/** @returns the frame after the last one shown or heard; 0 for an empty timeline */
export function filmLength(clips: readonly Clip[]): Frames {
  return layOut(clips).reduce((length, clip) => Math.max(length, endOf(clip)), 0);
}

/** The clip that covers `frame` on a track. `clips` must be laid out. */
export function clipAt(clips: readonly Clip[], trackId: Id, frame: Frames): Clip | null {
  return clips.find((clip) => clip.trackId === trackId && clip.start <= frame && frame < endOf(clip)) ?? null;
}

export interface Move {
  /** How far, frames; negative is earlier. */
  delta: Frames;
  /** Tracks without gaps: there a move changes the order, and everything closes up. */
  magnetic: (trackId: Id) => boolean;
  /** Carries the clips of one track over to another of its kind. */
  toTrackId?: Id;
}

/** Moves clips together; on a free track to the nearest place where they overlap nothing. */
export function moveClips(clips: readonly Clip[], ids: readonly Id[], move: Move): Clip[] {
  const laid = layOut(clips);
  const chosen = new Set(ids);
  const moved = laid.filter((clip) => chosen.has(clip.id));
  const first = moved[0];
  if (!first) return laid;
  const oneTrack = moved.every((clip) => clip.trackId === first.trackId);
  const trackOf = (clip: Clip) => (oneTrack && move.toTrackId !== undefined ? move.toTrackId : clip.trackId);

  let next = laid.filter((clip) => !chosen.has(clip.id));
  for (const trackId of new Set(moved.map(trackOf))) {
    const carried = moved.filter((clip) => trackOf(clip) === trackId).map((clip) => touched({ ...clip, trackId }));
    next = move.magnetic(trackId) ? insertInOrder(next, carried, move.delta) : placeFreely(next, carried, move.delta);
  }
  // What a magnetic track gave away leaves no hole behind.
  if (oneTrack && trackOf(first) !== first.trackId && move.magnetic(first.trackId))
    next = packTrack(next, first.trackId);
  return next.sort(byStart);
}

export interface Trim {
  edge: Edge;
  /** How far the edge goes, frames; negative is earlier. */
  delta: Frames;
  /** What follows on the track moves along; otherwise the edge stops at its neighbours. */
  ripple: boolean;
  sourceLength: SourceLength;
}

/** Moves one edge of a clip, at most to the end of its source and down to one frame. */
export function trimClip(clips: readonly Clip[], id: Id, trim: Trim): Clip[] {
  const laid = layOut(clips);
  const clip = laid.find((one) => one.id === id);
  if (!clip) return laid;
  const room = trim.ripple ? noNeighbours : neighbours(laid, clip);
  const { start, duration, in: from } = clip;
  let next: Clip;
  if (trim.edge === "out") {
    // A source that got shorter since does not shorten its clips; it only gives them nothing to grow by.
    const most = Math.max(duration, (trim.sourceLength(clip) ?? from + duration) - from);
    next = { ...clip, duration: clamp(duration + trim.delta, 1, Math.min(most, Math.max(duration, room.end - start))) };
  } else {
    const earliest = trim.ripple ? -from : Math.max(-from, Math.min(0, room.start - start));
    const delta = clamp(trim.delta, earliest, duration - 1);
    next = { ...clip, in: from + delta, duration: duration - delta, start: trim.ripple ? start : start + delta };
  }
  if (next.duration === duration && next.start === start) return laid;
  const shift = trim.ripple ? next.duration - duration : 0;
  return laid
    .map((one) => (one.id === id ? touched(next) : follows(one, clip) ? { ...one, start: one.start + shift } : one))
    .sort(byStart);
}

/**
 * Cuts a clip in two at a frame of the timeline. The left part keeps the id, the right part gets `newId`.
 * @returns the same clips where `at` is not inside the clip
 */
export function splitClip(clips: readonly Clip[], id: Id, at: Frames, newId: Id): Clip[] {
  const laid = layOut(clips);
  const clip = laid.find((one) => one.id === id);
  if (!clip || at <= clip.start || at >= endOf(clip)) return laid;
  const length = at - clip.start;
  const left = touched({ ...clip, duration: length });
  const right = touched({ ...clip, id: newId, start: at, in: clip.in + length, duration: clip.duration - length });
  return [...laid.filter((one) => one.id !== id), left, right].sort(byStart);
}

/** Undoes a split: `rightId` goes into `leftId` where it continues it without a seam; otherwise nothing changes. */
export function joinClips(clips: readonly Clip[], leftId: Id, rightId: Id): Clip[] {
  const laid = layOut(clips);
  const left = laid.find((one) => one.id === leftId);
  const right = laid.find((one) => one.id === rightId);
  if (!left || !right || left.trackId !== right.trackId || endOf(left) !== right.start) return laid;
  if (left.in + left.duration !== right.in || left.shotId !== right.shotId || left.assetId !== right.assetId)
    return laid;
  const joined = touched({ ...left, duration: left.duration + right.duration });
  return laid.filter((one) => one.id !== rightId).map((one) => (one.id === leftId ? joined : one));
}

/** Takes clips out. Where `ripple` says so for their track, what follows closes up. */
export function deleteClips(clips: readonly Clip[], ids: readonly Id[], ripple: (trackId: Id) => boolean): Clip[] {
  const chosen = new Set(ids);
  const closed = new Map<Id, Frames>();
  const next: Clip[] = [];
  for (const clip of layOut(clips)) {
    const gone = closed.get(clip.trackId) ?? 0;
    if (!chosen.has(clip.id)) next.push(gone > 0 ? { ...clip, start: clip.start - gone } : clip);
    else if (ripple(clip.trackId)) closed.set(clip.trackId, gone + clip.duration);
  }
  return next.sort(byStart);
}

/** Deletes clips and closes the gaps they leave, on every track. */
export function rippleDelete(clips: readonly Clip[], ids: readonly Id[]): Clip[] {
  return deleteClips(clips, ids, () => true);
}

/** @returns the place nearest to `start` where `duration` frames are free on the track */
export function freeStart(clips: readonly Clip[], trackId: Id, start: Frames, duration: Frames): Frames {
  const placed = placeFreely(clips, [{ id: "", trackId, start, duration, in: 0 }], 0);
  return placed.find((clip) => clip.id === "")!.start;
}

/** A person's change: from now on assemble leaves the clip alone. */
function touched(clip: Clip): Clip {
  return clip.assembled === true ? { ...clip, assembled: false } : clip;
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(low, high));
const follows = (one: Clip, clip: Clip) =>
  one.trackId === clip.trackId && one.id !== clip.id && one.start >= endOf(clip);
const noNeighbours = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };

function neighbours(laid: readonly Clip[], clip: Clip): { start: Frames; end: Frames } {
  const track = laid.filter((one) => one.trackId === clip.trackId && one.id !== clip.id);
  return {
    start: track.filter((one) => one.start < clip.start).reduce((end, one) => Math.max(end, endOf(one)), 0),
    end: track.filter((one) => one.start >= endOf(clip)).reduce((start, one) => Math.min(start, one.start), Infinity),
  };
}

function packTrack(clips: readonly Clip[], trackId: Id): Clip[] {
  let end = 0;
  return [...clips].sort(byStart).map((clip) => {
    if (clip.trackId !== trackId) return clip;
    const packed = clip.start === end ? clip : { ...clip, start: end };
    end = endOf(packed);
    return packed;
  });
}

/** The carried clips go in front of the first clip whose middle lies beyond the place they were dropped at. */
function insertInOrder(rest: readonly Clip[], carried: readonly Clip[], delta: Frames): Clip[] {
  const trackId = carried[0]!.trackId;
  const packed = packTrack(rest, trackId);
  const track = packed.filter((clip) => clip.trackId === trackId);
  const drop = carried[0]!.start + delta;
  const found = track.findIndex((clip) => clip.start + clip.duration / 2 > drop);
  const index = found < 0 ? track.length : found;
  let end = 0;
  const order = [...track.slice(0, index), ...carried, ...track.slice(index)].map((clip) => {
    const placed = clip.start === end ? clip : { ...clip, start: end };
    end = endOf(placed);
    return placed;
  });
  return [...packed.filter((clip) => clip.trackId !== trackId), ...order];
}

/** Shifts the carried clips as one block to the free place nearest to where they were dropped. */
function placeFreely(rest: readonly Clip[], carried: readonly Clip[], delta: Frames): Clip[] {
  const trackId = carried[0]!.trackId;
  const still = rest.filter((clip) => clip.trackId === trackId);
  const lowest = -Math.min(...carried.map((clip) => clip.start));
  const wanted = Math.max(delta, lowest);
  const free = (shift: Frames) =>
    shift >= lowest &&
    carried.every((clip) =>
      still.every((other) => endOf(clip) + shift <= other.start || clip.start + shift >= endOf(other)),
    );
  let best = wanted;
  if (!free(wanted)) {
    // The nearest free place touches something: a carried clip's head on an end, its tail on a start, or frame 0.
    const places = still.flatMap((other) =>
      carried.flatMap((clip) => [other.start - endOf(clip), endOf(other) - clip.start]),
    );
    const open = [lowest, ...places].filter(free).sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b);
    best = open[0] ?? wanted;
  }
  return [...rest, ...carried.map((clip) => ({ ...clip, start: clip.start + best }))];
}
