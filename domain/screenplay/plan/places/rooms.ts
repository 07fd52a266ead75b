/** Places with a ceiling. */
import type { Place } from "./place.ts";

export const rooms: Record<"room" | "cafe" | "office" | "corridor" | "car-deck" | "interior" | "ferry-lounge", Place> =
  {
    room: {
      interior: true,
      name: "room",
      mark: { at: [0.4, 0, -0.6], facing: 0 },
      path: { from: [-2.5, 0, -2.2], to: [-1.1, 0, 1.6] },
      seats: [
        { at: [-0.9, 0, -0.9], facing: 38, height: 0.46 },
        { at: [1.15, 0, -0.9], facing: -38, height: 0.46 },
      ],
      wide: { eye: [2.7, 1.65, 4.9], look: [-0.55, 1.12, -1.7] },
      spare: [
        [2.85, -0.6],
        [1.5, -2.25],
        [-2.7, -0.15],
      ],
      insert: { at: [0.12, 0.77, -0.4], from: 15 },
      room: [
        [-3.1, 0.4, -2.7],
        [3.1, 2.4, 5.2],
      ],
    },
    cafe: {
      interior: true,
      name: "café",
      mark: { at: [0, 0, 0.6], facing: 0 },
      path: { from: [0.3, 0, -2.2], to: [0.4, 0, 2.6] },
      seats: [
        { at: [-1.7, 0, 0], facing: 90, height: 0.46 },
        { at: [-0.3, 0, 0], facing: -90, height: 0.46 },
        { at: [1.7, 0, -1.3], facing: 90, height: 0.46 },
        { at: [3.1, 0, -1.3], facing: -90, height: 0.46 },
      ],
      wide: { eye: [2.9, 1.7, 5.8], look: [-0.7, 1.15, -2.4] },
      spare: [
        [-1.3, -1.4],
        [-2.35, 1],
        [-2.65, -0.65],
        [-0.85, -2.9],
      ],
      insert: { at: [-1, 0.75, 0], from: 20 },
      room: [
        [-4.4, 0.4, -3.5],
        [4.4, 2.7, 6.2],
      ],
    },
    office: {
      interior: true,
      name: "office",
      mark: { at: [0.2, 0, 0.6], facing: 0 },
      path: { from: [1.3, 0, -2.8], to: [1.5, 0, 2.2] },
      seats: [
        { at: [-0.2, 0, -1.9], facing: 0, height: 0.48 },
        { at: [-1, 0, 0.5], facing: 155, height: 0.46 },
      ],
      wide: { eye: [3, 1.75, 5], look: [-0.5, 1.1, -2.4] },
      spare: [
        [2.55, 1.1],
        [-2.1, 1.1],
        [-1.5, -1.45],
        [2.25, -1.45],
      ],
      insert: { at: [0.15, 0.77, -1.1], from: 15 },
      room: [
        [-3.7, 0.4, -3.4],
        [3.7, 2.5, 5.6],
      ],
    },
    corridor: {
      interior: true,
      name: "corridor",
      mark: { at: [0, 0, 0], facing: 8 },
      path: { from: [0, 0, -17], to: [0, 0, 6] },
      seats: [{ at: [-1, 0, -1], facing: 90, height: 0.46 }],
      wide: { eye: [0.35, 1.45, 9.5], look: [-0.05, 1.25, -10] },
      spare: [],
      insert: { at: [-1, 0.48, -1], from: 40 },
      room: [
        [-1.1, 0.3, -18],
        [1.1, 2.3, 11],
      ],
    },
    "car-deck": {
      interior: true,
      name: "car deck",
      mark: { at: [-0.6, 0, 0], facing: 20 },
      path: { from: [-1.7, 0, -15], to: [-1.2, 0, 7] },
      seats: [{ at: [-2.4, 0, -1.5], facing: 55, height: 0.46 }],
      wide: { eye: [-3, 1.5, 10.5], look: [0.5, 1.35, -8] },
      spare: [
        [0.55, -2.1],
        [1.75, 0.45],
        [-3.2, 0],
        [2.05, -1.05],
      ],
      insert: { at: [1.75, 0.98, -3.1], from: 8 },
      room: [
        [-4.2, 0.3, -16],
        [4.2, 3.6, 12],
      ],
    },
    interior: {
      interior: true,
      name: "interior",
      mark: { at: [0, 0, -0.4], facing: 0 },
      path: { from: [-2.5, 0, -2.2], to: [-1.1, 0, 1.6] },
      seats: [
        { at: [-0.9, 0, -0.9], facing: 38, height: 0.46 },
        { at: [1.15, 0, -0.9], facing: -38, height: 0.46 },
      ],
      wide: { eye: [2.8, 1.65, 5.2], look: [-0.5, 1.2, -1.8] },
      spare: [
        [2.4, -0.45],
        [-1.35, -2.25],
        [1.35, -2.25],
        [-2.7, -0.15],
      ],
      insert: { at: [0.12, 0.77, -0.4], from: 15 },
      room: [
        [-3.1, 0.4, -2.7],
        [3.1, 2.4, 5.4],
      ],
    },
    "ferry-lounge": {
      interior: true,
      name: "ferry lounge",
      mark: { at: [0, 0, 1.2], facing: 10 },
      path: { from: [0, 0, -7], to: [0, 0, 2.6] },
      seats: [
        { at: [-1.75, 0, -1.3], facing: 0, height: 0.44 },
        { at: [-2.45, 0, -1.3], facing: 0, height: 0.44 },
        { at: [1.75, 0, -1.3], facing: 0, height: 0.44 },
        { at: [2.45, 0, -3.1], facing: 0, height: 0.44 },
      ],
      wide: { eye: [3.3, 1.75, 5.6], look: [-1.1, 1.02, -3.2] },
      spare: [
        [-2.35, 1.65],
        [1.7, 1.65],
        [-0.85, -1.8],
        [3.5, 1.2],
      ],
      insert: { at: [-2.2, 1.86, -8.72], from: 0 },
      room: [
        [-5.6, 0.4, -8],
        [5.6, 2.35, 6.2],
      ],
    },
  };
