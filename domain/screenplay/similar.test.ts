import { expect, test } from "vitest";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import { pairAlike } from "./similar.ts";

const item = (key: string, text: string) => ({ key, text });

test("equals pair first, then the most alike, each at most once", () => {
  const before = [item("a", "rain on the pier"), item("b", "maya runs home"), item("c", "a dog barks")];
  const after = [item("x", "rain on the old pier"), item("c", "a dog barks"), item("y", "nothing of that")];
  expect(pairAlike(before, after, 0.5)).toEqual([0, 2, -1]);
});

test("a thousand shots that say nearly the same pair in their order, in no time", () => {
  const shots = (mark: string) =>
    Array.from({ length: 1000 }, (_, at) => item(`${mark}${at}`, `Maya walks down the long pier in the rain ${mark}`));
  let pairs: number[] = [];
  const took = cpuTimeOf(() => {
    pairs = pairAlike(shots("a"), shots("b"), 0.5);
  });
  expect(pairs).toEqual(Array.from({ length: 1000 }, (_, at) => at));
  expect(took).toBeLessThan(1200);
});
