/** What a hand's movement means, as pure functions: from where things stood and how far it went to a drag. */
import type { Clip } from "#domain/film/clip.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { sourceLengthIn } from "#domain/film/timeline.ts";
import { endOf, layOut, moveClips, trimClip, type Edge } from "#domain/film/timeline/cut.ts";
import { snapMove, snapTargets } from "#domain/film/timeline/snap.ts";
import type { Id } from "#domain/ids.ts";
import { timecode, type Frames } from "#domain/time.ts";
import { signedFrames } from "./scale.ts";
import type { Drag } from "./timeline-state.ts";

export interface Hand {
  film: Pick<Film, "clips" | "shots" | "asideShots" | "markers" | "meta">;
  /** How far it went, frames, whole. */
  delta: Frames;
  /** How near an edge must come to snap, frames; 0 turns snapping off. */
  threshold: Frames;
  playhead: Frames;
  magnetic: (trackId: Id) => boolean;
}

export type Plan = Omit<Drag, "carried"> & { delta: Frames };

/** Trimming one edge. The tip says the new edge, the difference, and whether the rest moves along. */
export function planTrim(hand: Hand, id: Id, edge: Edge): Plan | null {
  const { film, playhead } = hand;
  const clips = layOut(film.clips);
  const clip = clips.find((one) => one.id === id);
  if (!clip) return null;
  const ripple = hand.magnetic(clip.trackId);
  const stood = edge === "in" ? clip.start : endOf(clip);
  // With ripple, what follows on the track has no fixed place to snap to.
  const fixed = clips.filter((one) => !ripple || one.trackId !== clip.trackId);
  const targets = snapTargets({
    clips: fixed,
    except: [id],
    playhead,
    markers: film.markers.map((marker) => marker.frame),
  });
  const snapped = snapMove([stood], hand.delta, targets, hand.threshold);
  const next = trimClip(clips, id, { edge, delta: snapped.delta, ripple, sourceLength: sourceLengthIn(film) });
  const after = next.find((one) => one.id === id)!;
  // What the source allowed may be less than what the hand asked for.
  const change = edge === "in" ? after.in - clip.in : after.duration - clip.duration;
  const reached = change === snapped.delta;
  const rate = film.meta.fps;
  const at = edge === "in" ? (ripple ? clip.start : after.start) : endOf(after);
  const shown = edge === "in" && ripple ? clip.start + change : at;
  const words = [
    edge === "in" ? "In" : "Out",
    timecode(shown, rate),
    signedFrames(change, rate),
    ripple ? "Ripple" : "",
  ];
  const text = words.filter(Boolean).join("\u2002");
  return {
    kind: "trimming",
    clips: next,
    ids: [id],
    edge,
    ripple,
    snapAt: reached ? snapped.at : null,
    tip: { frame: at, trackId: clip.trackId, text },
    delta: change,
  };
}

/** Moving the clips `ids`, held by the clip `heldId`, perhaps over to another track. */
export function planMove(hand: Hand, ids: readonly Id[], heldId: Id, toTrackId?: Id): Plan | null {
  const { film, playhead } = hand;
  const clips = layOut(film.clips);
  const held = clips.find((clip) => clip.id === heldId);
  if (!held) return null;
  const trackId = toTrackId ?? held.trackId;
  const isMagnetic = hand.magnetic(trackId);
  const edges = clips.filter((clip) => ids.includes(clip.id)).flatMap((clip) => [clip.start, endOf(clip)]);
  const markers = film.markers.map((marker) => marker.frame);
  const targets = snapTargets({ clips, except: ids, playhead, markers });
  const snapped = isMagnetic ? { delta: hand.delta, at: null } : snapMove(edges, hand.delta, targets, hand.threshold);
  const move = { delta: snapped.delta, magnetic: hand.magnetic, ...(toTrackId === undefined ? {} : { toTrackId }) };
  const next = moveClips(clips, ids, move);
  const after = next.find((clip) => clip.id === heldId)!;
  const rate = film.meta.fps;
  const text = `${timecode(after.start, rate)}\u2002${signedFrames(after.start - held.start, rate)}`;
  const isWhereAsked = after.start - held.start === snapped.delta;
  return {
    kind: "moving",
    clips: next,
    ids: [...ids],
    edge: null,
    ripple: isMagnetic,
    snapAt: isWhereAsked ? snapped.at : null,
    tip: { frame: after.start, trackId, text },
    delta: snapped.delta,
  };
}

/** Clips that a marquee touches; frames and the tracks it crosses. */
export function clipsWithin(clips: readonly Clip[], from: Frames, to: Frames, trackIds: readonly Id[]): Id[] {
  const [low, high] = from < to ? [from, to] : [to, from];
  return clips
    .filter((clip) => trackIds.includes(clip.trackId) && clip.start < high && endOf(clip) > low)
    .map((clip) => clip.id);
}
