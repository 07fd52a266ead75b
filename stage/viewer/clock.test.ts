import { expect, test } from "vitest";
import { createClock } from "./clock.ts";

test("the time goes with what ticks, only while it runs, and never past the end", () => {
  let tick = 100;
  const clock = createClock(4, () => tick);
  expect(clock.now()).toBe(0);
  clock.start();
  tick += 1.5;
  expect(clock.now()).toBe(1.5);
  clock.stop();
  tick += 9;
  expect(clock.now()).toBe(1.5);
  clock.start();
  tick += 9;
  expect(clock.now()).toBe(4);
});

test("one can go to any time, running or not", () => {
  let tick = 0;
  const clock = createClock(4, () => tick);
  clock.seek(3);
  expect([clock.now(), clock.running]).toEqual([3, false]);
  clock.start();
  tick = 0.5;
  clock.seek(1);
  tick = 0.75;
  expect(clock.now()).toBe(1.25);
  clock.seek(-2);
  expect(clock.now()).toBe(0);
  clock.seek(99);
  expect(clock.now()).toBe(4);
});
