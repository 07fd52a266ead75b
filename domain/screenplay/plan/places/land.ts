/** Places in open country. */
import { open } from "./place.ts";
import type { Place } from "./place.ts";

export const land: Record<"forest" | "field" | "road" | "exterior", Place> = {
  forest: {
    interior: false,
    name: "forest",
    mark: { at: [0, 0, 0], facing: 18 },
    path: { from: [-1.2, 0, -14], to: [0.6, 0, 7] },
    seats: [{ at: [1.4, 0, -1], facing: -35, height: 0.42 }],
    wide: { eye: [1.8, 1.7, 13], look: [-0.4, 2.5, -10] },
    spare: [
      [-1.15, -2.1],
      [-2.35, 0.45],
      [1.1, -2.1],
      [2.45, 0],
    ],
    insert: { at: [1.4, 0.44, -1], from: -10 },
    room: open,
  },
  field: {
    interior: false,
    name: "field",
    mark: { at: [0, 0, 0], facing: 20 },
    path: { from: [-7, 0, -9], to: [2.5, 0, 4] },
    seats: [{ at: [1.2, 0, -0.8], facing: -30, height: 0.42 }],
    wide: { eye: [3.5, 1.7, 14], look: [-2, 2.3, -12] },
    spare: [
      [1.4, -1.95],
      [-2.35, 0.45],
      [2.45, 0],
      [-1, -2.25],
    ],
    insert: { at: [1.2, 0.44, -0.8], from: 0 },
    room: open,
  },
  road: {
    interior: false,
    name: "road",
    mark: { at: [-1.6, 0, 0], facing: 15 },
    path: { from: [-1.8, 0, -20], to: [-1.5, 0, 8] },
    seats: [{ at: [-3.6, 0, -1], facing: 40, height: 0.42 }],
    wide: { eye: [1.2, 1.4, 13], look: [-0.6, 2.2, -14] },
    spare: [
      [-0.2, -1.95],
      [-2.75, -2.1],
      [-3.95, 0.45],
      [0.85, 0],
    ],
    insert: { at: [-3.6, 0.44, -1], from: 20 },
    room: open,
  },
  exterior: {
    interior: false,
    name: "open ground",
    mark: { at: [0, 0, 0], facing: 20 },
    path: { from: [-5, 0, -8], to: [2, 0, 4] },
    seats: [{ at: [1.2, 0, -0.8], facing: -30, height: 0.42 }],
    wide: { eye: [3.5, 1.7, 14], look: [-2, 2.4, -12] },
    spare: [
      [1.4, -1.95],
      [-2.35, 0.45],
      [2.45, 0],
      [-0.55, -2.7],
    ],
    insert: { at: [1.2, 0.44, -0.8], from: 0 },
    room: open,
  },
};
