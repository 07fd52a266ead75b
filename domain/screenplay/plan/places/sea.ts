/** Places at and on the sea. */
import type { Place } from "./place.ts";

export const sea: Record<"harbour" | "ship-deck" | "lighthouse-rock", Place> = {
  harbour: {
    interior: false,
    name: "harbour pier",
    mark: { at: [0.2, 0, 0], facing: 20 },
    path: { from: [0.9, 0, -22], to: [0.5, 0, 7] },
    seats: [{ at: [1.9, 0, -2], facing: -60, height: 0.46 }],
    wide: { eye: [1.5, 1.9, 13.5], look: [-2.4, 2.5, -12] },
    spare: [
      [-0.95, -2.1],
      [-2.15, 0.45],
      [2.65, 0],
      [-2.45, -1.05],
    ],
    insert: { at: [1.9, 0.48, -2], from: -35 },
    room: [
      [-3, 0.3, -30],
      [8, 14, 22],
    ],
  },
  "ship-deck": {
    interior: false,
    name: "ship's deck",
    mark: { at: [-0.6, 0, 0.2], facing: 35 },
    path: { from: [-0.7, 0, -8.6], to: [-0.5, 0, 5] },
    seats: [{ at: [-1.5, 0, -2.4], facing: 30, height: 0.45 }],
    wide: { eye: [2.6, 2.5, 8.6], look: [-1.9, 1.7, -8] },
    spare: [
      [0.8, -1.75],
      [-2.95, 0.65],
      [-2.35, -1.75],
      [1.25, 0.65],
    ],
    insert: { at: [-1.5, 0.47, -2.4], from: 25 },
    room: [
      [-9, 0.3, -14],
      [2.6, 9, 12],
    ],
  },
  "lighthouse-rock": {
    interior: false,
    name: "lighthouse rock",
    mark: { at: [0, 0, 0], facing: 15 },
    // From the tower down to the landing.
    path: { from: [2.9, 0, -2], to: [-3.1, 0, 2.2] },
    seats: [{ at: [0.3, 0, 0.2], facing: -25, height: 0.42 }],
    wide: { eye: [-6.6, 2.2, 21], look: [2.6, 6.7, -9] },
    spare: [
      [1.4, -1.95],
      [-1.15, -2.1],
      [-2.35, 0.45],
      [2.45, 0],
    ],
    insert: { at: [0.3, 0.44, 0.2], from: 20 },
    room: [
      [-16, 0.5, -6],
      [16, 12, 24],
    ],
  },
};
