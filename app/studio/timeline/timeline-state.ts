/** How this tab looks at the timeline. Nothing here is shared or stored. */
import type { Clip } from "#domain/film/clip.ts";
import { pictureTrackId } from "#domain/film/track.ts";
import type { Edge } from "#domain/film/timeline/cut.ts";
import type { Id } from "#domain/ids.ts";
import type { Frames } from "#domain/time.ts";
import { createStore, type Store } from "../session/store.ts";

export type Tool = "select" | "blade";

export interface TimelineState {
  tool: Tool;
  snap: boolean;
  /** The picture track closes its gaps by itself. */
  magnet: boolean;
  /** Pixels per frame. */
  zoom: number;
  /** Zoom follows the film's length until somebody zooms by hand. */
  fitted: boolean;
  /** Scroll and width of the visible lanes, pixels. */
  scroll: number;
  width: number;
}

export const timelineState: Store<TimelineState> = createStore<TimelineState>({
  tool: "select",
  snap: true,
  magnet: true,
  zoom: 0.8,
  fitted: true,
  scroll: 0,
  width: 0,
});

export function changeTimeline(patch: Partial<TimelineState>): void {
  timelineState.set((before) => ({ ...before, ...patch }));
}

/** Tracks that have no gaps as things stand: the picture, while the magnet is on. */
export const isMagnetic = (trackId: Id): boolean => trackId === pictureTrackId && timelineState.get().magnet;

/** A drag that is not written yet: how the clips would lie, and what to say about it. */
export interface Drag {
  kind: "moving" | "trimming";
  clips: Clip[];
  ids: Id[];
  edge: Edge | null;
  ripple: boolean;
  /** Frame of the snap line. */
  snapAt: Frames | null;
  /** At which frame and track the tip hangs, and its words. */
  tip: { frame: Frames; trackId: Id; text: string };
  /** For moves: how far the hand has gone, px, so that the carried clips can follow it. */
  carried: { x: number; y: number } | null;
}

export const drag: Store<Drag | null> = createStore<Drag | null>(null);

/** What was just done, in words, for people who listen. */
export const spoken: Store<string> = createStore("");

export function announce(sentence: string): void {
  // The same sentence twice is not read twice unless it differs.
  spoken.set((before) => (before === sentence ? `${sentence}\u00a0` : sentence));
}
