import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDrawLoop } from "./draw-loop.ts";

let waiting: FrameRequestCallback[] = [];
let time = 0;
beforeEach(() => {
  waiting = [];
  time = 0;
  vi.stubGlobal("requestAnimationFrame", (run: FrameRequestCallback) => waiting.push(run));
  vi.stubGlobal("cancelAnimationFrame", () => (waiting = []));
  vi.spyOn(performance, "now").mockImplementation(() => time);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Lets so many milliseconds of pictures go by. */
function pass(ms: number): void {
  for (const end = time + ms; time < end;) {
    time += 16;
    for (const run of waiting.splice(0)) run(time);
  }
}
function aLoop() {
  const done: string[] = [];
  const loop = openDrawLoop({
    goOn: () => undefined,
    draw: (_now, isOther) => done.push(isOther ? "drawn with its picture" : "drawn"),
    drawAtRest: () => done.push("drawn with care"),
    paint: () => done.push("painted over"),
  });
  return { loop, done };
}

test("what changed is drawn once, once more with care when it rests, and then nothing is", () => {
  const { loop, done } = aLoop();
  loop.touch(true);
  pass(16);
  expect(done).toEqual(["drawn with its picture"]);
  pass(400);
  expect(done).toEqual(["drawn with its picture", "drawn with care"]);
  pass(1000);
  expect(done).toHaveLength(2);
  expect(waiting).toEqual([]);
});

test("a name that moves over the set draws no set", () => {
  const { loop, done } = aLoop();
  loop.touch(false);
  pass(400);
  done.length = 0;
  loop.touchOver();
  pass(100);
  expect(done).toEqual(["painted over"]);
});

test("nothing is drawn any more once it is stopped", () => {
  const { loop, done } = aLoop();
  loop.touch(true);
  loop.stop();
  loop.touch(true);
  pass(400);
  expect(done).toEqual([]);
});
