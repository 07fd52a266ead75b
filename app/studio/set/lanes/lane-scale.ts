/** Frames of a shot on its lanes, and where a moving hand comes to rest. */
export interface LaneScale {
  /** Pixels of a frame. */
  zoom: number;
  /** The last frame. */
  last: number;
  at(frame: number): number;
  /** @returns the frame at so many pixels from the lanes' left, within the shot */
  frameAt(x: number): number;
}

const left = 10;

export function laneScale(width: number, frames: number): LaneScale {
  const last = Math.max(1, frames - 1);
  const zoom = Math.max(0.001, (width - left - 14) / last);
  return {
    zoom,
    last,
    at: (frame) => left + frame * zoom,
    frameAt: (x) => Math.min(last, Math.max(0, Math.round((x - left) / zoom))),
  };
}

/** How near, in pixels, something has to be for a hand to be drawn to it. */
const reach = 6;

/** @returns how far to go, in whole frames, for one of the edges to meet what is near it */
export function snappedBy(by: number, edges: readonly number[], targets: readonly number[], zoom: number): number {
  let best: { off: number; by: number } | null = null;
  for (const edge of edges)
    for (const target of targets) {
      // Drawn back to where it was, nothing could go one frame.
      if (target === edge) continue;
      const off = Math.abs(edge + by - target) * zoom;
      if (off <= reach && (best === null || off < best.off)) best = { off, by: target - edge };
    }
  return best?.by ?? Math.round(by);
}
