import { expect, test } from "vitest";
import { openEventLine } from "./event-line.ts";

const at = (fraction: number) => ({ event: "progress", data: String(fraction) });

test("of one job's progress only the newest waits for a slow reader", () => {
  const line = openEventLine(100);
  line.offer("j1", at(0.1));
  line.offer("j2", at(0.2));
  line.offer("j1", at(0.3));
  expect(line.take()).toEqual([at(0.2), at(0.3)]);
  expect(line.take()).toEqual([]);
});

test("what waits is bounded, and the oldest goes first", () => {
  const line = openEventLine(100);
  for (let job = 0; job < 250; job++) line.offer(`j${job}`, at(job));
  expect([line.waiting, line.dropped]).toEqual([100, 150]);
  expect(line.take()[0]).toEqual(at(150));
});
