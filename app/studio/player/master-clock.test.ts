import { expect, test } from "vitest";
import { masterClock } from "./master-clock.ts";

function aStudio() {
  const times = { system: 100, audio: { currentTime: 0, state: "suspended" }, hasAudio: true };
  const clock = masterClock(
    () => (times.hasAudio ? times.audio : null),
    () => times.system,
  );
  clock.now();
  return { times, clock };
}

test("without a sound card the system's clock runs the film", () => {
  const { times, clock } = aStudio();
  times.hasAudio = false;
  times.system += 2;
  expect(clock.now()).toBe(2);
  expect(clock.source()).toBe("system");
});

test("the audio clock is the master as soon as it runs, and taking over makes no jump", () => {
  const { times, clock } = aStudio();
  times.system += 1;
  expect(clock.now()).toBe(1);
  times.audio = { currentTime: 50, state: "running" };
  expect(clock.now()).toBe(1);
  times.system += 1;
  times.audio.currentTime += 1.01;
  expect(clock.now()).toBeCloseTo(2.01);
  expect(clock.source()).toBe("audio");
});

test("a running context whose time stands still is not believed", () => {
  const { times, clock } = aStudio();
  times.audio = { currentTime: 50, state: "running" };
  clock.now();
  times.system += 0.1;
  expect(clock.source()).toBe("audio");
  times.system += 0.2;
  const before = clock.now();
  expect(clock.source()).toBe("system");
  times.system += 1;
  expect(clock.now()).toBeCloseTo(before + 1);
});

test("time never goes back", () => {
  const { times, clock } = aStudio();
  times.audio = { currentTime: 50, state: "running" };
  clock.now();
  times.audio.currentTime = 51;
  const before = clock.now();
  times.audio.currentTime = 40;
  expect(clock.now()).toBeGreaterThanOrEqual(before);
});
