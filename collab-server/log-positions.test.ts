import fc from "fast-check";
import { expect, test } from "vitest";
import { LogPositions } from "./log-positions.ts";

test("in whatever order positions come, what counts is the run without a gap", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 1 }), (order) => {
      const positions = new LogPositions(0);
      for (const one of order) positions.add(one);
      let run = 0;
      while (order.includes(run + 1)) run += 1;
      expect(positions.upTo).toBe(run);
      expect(positions.hasGap).toBe(order.some((one) => one > run));
      for (let one = 1; one <= 8; one += 1) expect(positions.has(one)).toBe(order.includes(one));
    }),
  );
});

test("a snapshot closes the gaps below it and joins what is ahead", () => {
  const positions = new LogPositions(2);
  for (const one of [4, 7, 8, 10]) positions.add(one);
  positions.skipTo(6);
  expect([positions.upTo, positions.hasGap]).toEqual([8, true]);
  positions.skipTo(3);
  expect(positions.upTo).toBe(8);
  positions.add(9);
  expect([positions.upTo, positions.hasGap]).toEqual([10, false]);
});
