/** Places that close round whoever is in them: rock, hull, house. */
import type { Place } from "./place.ts";

export const enclosed: Record<"cave" | "spaceship" | "theatre", Place> = {
  cave: {
    interior: true,
    name: "cave",
    mark: { at: [0, 0, 0], facing: 15 },
    path: { from: [-0.8, 0, -16], to: [0.6, 0, 7] },
    seats: [
      { at: [1.7, 0, -1.1], facing: -35, height: 0.44 },
      { at: [-1.9, 0, -0.6], facing: 40, height: 0.42 },
    ],
    wide: { eye: [1.7, 1.7, 10.5], look: [-0.7, 2, -12] },
    spare: [
      [-1.4, -1.95],
      [1.15, -2.1],
      [2.35, 0.45],
      [-2.3, 0.45],
    ],
    insert: { at: [1.7, 0.46, -1.1], from: -10 },
    room: [
      [-2.7, 0.4, -14],
      [2.8, 2.9, 12],
    ],
  },
  spaceship: {
    interior: true,
    name: "spaceship",
    mark: { at: [0.2, 0, 0.2], facing: 10 },
    path: { from: [-1, 0, -5.4], to: [-0.9, 0, 5.2] },
    seats: [
      { at: [0.35, 0, -2.5], facing: 8, height: 0.5 },
      { at: [-2.75, 0, -0.8], facing: 55, height: 0.48 },
      { at: [2.75, 0, -1.2], facing: -55, height: 0.48 },
    ],
    wide: { eye: [1.7, 1.6, 6.6], look: [-0.5, 1.5, -6] },
    spare: [
      [1.35, -1.45],
      [-1.95, -1.75],
      [-2.7, 0.5],
      [1.95, 0.2],
    ],
    insert: { at: [1.75, 0.97, -2.6], from: -25 },
    room: [
      [-3.1, 0.4, -6.4],
      [3.1, 2.6, 8.4],
    ],
  },
  theatre: {
    interior: true,
    name: "theatre stage",
    mark: { at: [0, 0, 0.2], facing: 12 },
    path: { from: [-3.6, 0, 0.3], to: [2.6, 0, 1.2] },
    seats: [
      { at: [-1.5, 0, -0.6], facing: 30, height: 0.46 },
      { at: [1.6, 0, -0.9], facing: -30, height: 0.46 },
    ],
    wide: { eye: [2.4, 2.3, 18.6], look: [-0.4, 1.9, -4] },
    spare: [
      [2.4, 0.2],
      [-1.2, -1.9],
      [1.2, -1.9],
      [-2.7, -0.55],
    ],
    insert: { at: [0.2, 0.76, -1], from: 10 },
    room: [
      [-4, 0.4, -6.6],
      [4, 4, 19],
    ],
  },
};
