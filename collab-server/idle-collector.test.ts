import { expect, test } from "vitest";
import { IdleCollector } from "./idle-collector.ts";
import { limits } from "./limits.ts";

test("what many rooms left behind is collected once it is quiet, and not before", () => {
  let collected = 0;
  const collector = new IdleCollector(0, () => {
    collected += 1;
  });
  let now = 0;
  const wait = (ms: number, edits: number) => collector.sweep((now += ms), edits);
  for (let i = 0; i < limits.collectAfterRooms - 1; i += 1) collector.noteLeft();
  wait(limits.collectAfterQuietMs * 2, 0);
  expect(collected).toBe(0);
  collector.noteLeft();
  wait(1000, 5);
  wait(limits.collectAfterQuietMs - 1, 5);
  expect(collected).toBe(0);
  wait(1, 5);
  expect(collected).toBe(1);
  // Once more, for what the first one let go of; then no more.
  for (let i = 0; i < 5; i += 1) wait(limits.collectAfterQuietMs, 5);
  expect(collected).toBe(2);
});

test("it really collects", () => {
  const gone = (() => new WeakRef({ big: Array.from({ length: 1000 }, () => 1) }))();
  return new Promise<void>((resolve) => setTimeout(resolve, 5)).then(() => {
    const collector = new IdleCollector(0);
    for (let i = 0; i < limits.collectAfterRooms; i += 1) collector.noteLeft();
    collector.sweep(limits.collectAfterQuietMs, 0);
    expect(gone.deref()).toBeUndefined();
  });
});
