/** Places under the sky of a town. */
import type { Place } from "./place.ts";

export const town: Record<"street" | "alley" | "rooftop" | "market", Place> = {
  street: {
    interior: false,
    name: "street",
    mark: { at: [-3.9, 0, 0], facing: 20 },
    path: { from: [-4.2, 0, -18], to: [-3.8, 0, 8] },
    seats: [{ at: [-5.3, 0, -2.4], facing: 70, height: 0.46 }],
    wide: { eye: [1.4, 1.9, 15], look: [-1.5, 3.1, -12] },
    spare: [
      [-2.5, -1.95],
      [-1.45, 0],
      [-1, -1.5],
      [-5.35, 0.45],
    ],
    insert: { at: [-5.3, 0.5, -2.4], from: 40 },
    room: [
      [-5.6, 0.3, -24],
      [5.6, 12, 24],
    ],
  },
  alley: {
    interior: false,
    name: "alley",
    mark: { at: [0, 0, 0], facing: 10 },
    path: { from: [0.3, 0, -15], to: [-0.2, 0, 6] },
    seats: [{ at: [-1.5, 0, -1.6], facing: 60, height: 0.5 }],
    wide: { eye: [0.7, 1.5, 10.5], look: [-0.2, 2.1, -10] },
    spare: [
      [0.85, -1.35],
      [1.45, 0.45],
      [1, -3.45],
      [-0.95, -3.75],
    ],
    insert: { at: [-1.5, 0.52, -1.6], from: 40 },
    room: [
      [-1.8, 0.3, -16],
      [1.8, 8, 16],
    ],
  },
  rooftop: {
    interior: false,
    name: "rooftop",
    mark: { at: [0, 0, -0.6], facing: 25 },
    path: { from: [-3.5, 0, -4], to: [2.6, 0, 3] },
    seats: [{ at: [2.4, 0, -1.6], facing: -50, height: 0.5 }],
    wide: { eye: [4.6, 2.6, 10.5], look: [-1.8, 1.8, -9] },
    spare: [
      [1.4, -2.55],
      [-1.15, -2.7],
      [-2.35, -0.15],
      [2, -0.15],
    ],
    insert: { at: [2.4, 0.52, -1.6], from: -20 },
    room: [
      [-9, 0.3, -5.4],
      [9, 14, 16],
    ],
  },
  market: {
    interior: false,
    name: "market",
    mark: { at: [0, 0, 0], facing: 15 },
    path: { from: [0.2, 0, -15], to: [-0.2, 0, 7] },
    seats: [{ at: [1.7, 0, -1.2], facing: -60, height: 0.46 }],
    wide: { eye: [0.9, 2.7, 12.5], look: [-0.5, 1.4, -9] },
    spare: [
      [-1.15, -2.1],
      [1.1, -2.1],
      [-1.75, 0.45],
      [0.95, -3.6],
    ],
    insert: { at: [2.5, 0.93, 0.4], from: -60 },
    room: [
      [-2, 0.3, -18],
      [2, 8, 18],
    ],
  },
};
