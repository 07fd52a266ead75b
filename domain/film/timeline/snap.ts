import type { Id } from "#domain/ids.ts";
import type { Frames } from "#domain/time.ts";
import type { Clip } from "../clip.ts";
import { endOf } from "./cut.ts";

export interface SnapTo {
  clips: readonly Clip[];
  /** Clips that are being moved: they do not snap to themselves. */
  except?: readonly Id[];
  playhead?: Frames;
  markers?: readonly Frames[];
}

/** The frames that edges like to stick to: the beginning, every cut, the playhead, the markers. Ascending, each once. */
export function snapTargets({ clips, except = [], playhead, markers = [] }: SnapTo): Frames[] {
  const left = new Set(except);
  const frames = new Set<Frames>([0, ...markers]);
  if (playhead !== undefined) frames.add(playhead);
  for (const clip of clips) if (!left.has(clip.id)) frames.add(clip.start).add(endOf(clip));
  return [...frames].sort((a, b) => a - b);
}

/** @returns the target nearest to `frame` within `threshold` frames, or null */
export function snap(frame: Frames, targets: readonly Frames[], threshold: Frames): Frames | null {
  let best: Frames | null = null;
  for (const target of targets) {
    const distance = Math.abs(target - frame);
    if (distance <= threshold && (best === null || distance < Math.abs(best - frame))) best = target;
  }
  return best;
}

/**
 * Snaps a move of several edges at once: the edge that comes nearest to a target decides.
 * @param edges where the edges stand before the move
 * @returns the corrected delta, and the frame to draw the snap line at
 */
export function snapMove(
  edges: readonly Frames[],
  delta: Frames,
  targets: readonly Frames[],
  threshold: Frames,
): { delta: Frames; at: Frames | null } {
  let best: { delta: Frames; at: Frames | null } = { delta, at: null };
  let nearest = Number.POSITIVE_INFINITY;
  for (const edge of edges) {
    const target = snap(edge + delta, targets, threshold);
    if (target === null) continue;
    const distance = Math.abs(target - edge - delta);
    if (distance < nearest) {
      nearest = distance;
      best = { delta: target - edge, at: target };
    }
  }
  return best;
}
