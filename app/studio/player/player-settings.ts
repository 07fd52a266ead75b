import type { Frames } from "#domain/time.ts";
import { createStore, type Store } from "../session/store.ts";

export interface PlayerSettings {
  /** 0..1 */
  volume: number;
  muted: boolean;
  loop: boolean;
  /** Shuttle: times of normal speed, negative is backwards. */
  speed: number;
  markIn: Frames | null;
  markOut: Frames | null;
}

/** This tab's own; nobody else sees it. */
export const playerSettings: Store<PlayerSettings> = createStore<PlayerSettings>({
  volume: 0.9,
  muted: false,
  loop: false,
  speed: 1,
  markIn: null,
  markOut: null,
});

export function changePlayer(patch: Partial<PlayerSettings>): void {
  playerSettings.set((before) => ({ ...before, ...patch }));
}

const speeds = [1, 2, 4, 8];

/** The speed after another press of L (towards 1) or J (towards -1): 1, 2, 4, 8; the other direction begins at 1. */
export function shuttle(speed: number, playing: boolean, direction: 1 | -1): number {
  if (!playing || Math.sign(speed) !== direction) return direction;
  const at = speeds.indexOf(Math.abs(speed));
  return direction * speeds[Math.min(at + 1, speeds.length - 1)]!;
}
