import { expect, test } from "vitest";
import type { CameraSample } from "#domain/generation/timeline.ts";
import { cameraAt } from "./camera-way.ts";

const sample = (at: number, x: number, fov = 30): CameraSample => ({
  ...{ at, eye: [x, 1, 0], target: [x, 1, -5], fov, roll: 0, focus: 4, blur: 0 },
});
const way = { samples: [sample(0, 0), sample(1, 10, 40), sample(2, 12)] };

test("between two samples the camera is as far along as the time is", () => {
  expect(cameraAt(way, 0.25)).toMatchObject({ eye: [2.5, 1, 0], target: [2.5, 1, -5], fov: 32.5 });
  expect(cameraAt(way, 1)).toMatchObject({ eye: [10, 1, 0], fov: 40 });
  expect(cameraAt(way, 1.5)).toMatchObject({ eye: [11, 1, 0], fov: 35 });
});

test("before the start and after the end it stays where it is", () => {
  expect(cameraAt(way, -1).eye[0]).toBe(0);
  expect(cameraAt(way, 9).eye[0]).toBe(12);
  expect(cameraAt({ samples: [sample(0, 3)] }, 5).eye[0]).toBe(3);
});
