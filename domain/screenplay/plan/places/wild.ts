/** Places without people's work in them. */
import type { Place } from "./place.ts";

export const wild: Record<"desert" | "mountain" | "beach", Place> = {
  desert: {
    interior: false,
    name: "desert",
    mark: { at: [0, 0, 0], facing: 18 },
    path: { from: [7, 0, -15], to: [0.5, 0, 6] },
    seats: [
      { at: [-3.5, 0, -1], facing: 110, height: 0.42 },
      { at: [-1.1, 0, -3.1], facing: -10, height: 0.42 },
    ],
    wide: { eye: [4.2, 1.7, 14], look: [-3.2, 2.7, -14] },
    spare: [
      [1.4, -1.95],
      [-1.45, -1.95],
      [-2.35, -0.15],
      [0.05, -2.85],
    ],
    insert: { at: [-1.1, 0.44, -3.1], from: 10 },
    room: [
      [-14, 0.3, -10],
      [14, 10, 20],
    ],
  },
  mountain: {
    interior: false,
    name: "mountain pass",
    mark: { at: [0, 0, 0], facing: 15 },
    path: { from: [-0.6, 0, -11], to: [0.4, 0, 7] },
    seats: [
      { at: [1.25, 0, -0.85], facing: -25, height: 0.44 },
      { at: [-1.8, 0, 0.4], facing: 40, height: 0.44 },
    ],
    wide: { eye: [1.9, 1.8, 13.5], look: [-1.6, 3.9, -14] },
    spare: [
      [-1.4, -1.95],
      [1.15, -2.1],
      [2.35, 0.45],
    ],
    insert: { at: [1.25, 0.46, -0.85], from: 5 },
    room: [
      [-3.6, 0.4, -11],
      [3.8, 9, 18],
    ],
  },
  beach: {
    interior: false,
    name: "beach",
    mark: { at: [0, 0, 0], facing: 20 },
    path: { from: [-5.4, 0, 0.4], to: [4.5, 0, 1.6] },
    seats: [
      { at: [1.6, 0, -1.2], facing: -30, height: 0.42 },
      { at: [-2.2, 0, 0.6], facing: 35, height: 0.42 },
    ],
    wide: { eye: [3.2, 2.2, 13], look: [-2.4, 2, -16] },
    spare: [
      [-1.15, -2.1],
      [1.1, -2.1],
      [2.45, 0],
      [-2.5, -0.45],
    ],
    insert: { at: [1.6, 0.44, -1.2], from: -5 },
    room: [
      [-14, 0.3, -8],
      [10, 10, 20],
    ],
  },
};
