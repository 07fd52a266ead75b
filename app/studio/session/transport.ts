/**
 * The playhead of this tab: which frame, playing or not. The timeline's playback engine drives it; everybody else
 * reads it or asks it to move.
 */
import { useSyncExternalStore } from "react";

export interface TransportState {
  frame: number;
  playing: boolean;
}

export interface Transport {
  readonly frame: number;
  readonly playing: boolean;
  /** Moves the playhead, whole frames from 0. */
  setFrame(frame: number): void;
  play(): void;
  pause(): void;
  subscribe(listener: () => void): () => void;
  /** The same object as long as nothing moved. */
  snapshot(): TransportState;
}

export function createTransport(): Transport {
  let state: TransportState = { frame: 0, playing: false };
  const listeners = new Set<() => void>();
  const become = (next: TransportState) => {
    if (next.frame === state.frame && next.playing === state.playing) return;
    state = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get frame() {
      return state.frame;
    },
    get playing() {
      return state.playing;
    },
    setFrame: (frame) => become({ ...state, frame: Math.max(0, Math.round(frame)) }),
    play: () => become({ ...state, playing: true }),
    pause: () => become({ ...state, playing: false }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
  };
}

/** One per tab: there is one playhead. */
export const transport: Transport = createTransport();

/** Renders again only when playing starts or stops. */
export function usePlaying(): boolean {
  return useSyncExternalStore(
    transport.subscribe,
    () => transport.playing,
    () => false,
  );
}
