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
  expect(took).toBeLessThan(2000);
});

test("shots that moved far among others like them all find a partner", () => {
  const alike = (mark: string, count: number) =>
    Array.from({ length: count }, (_, at) => item(`${mark}${at}`, `Maya walks down the pier ${mark}`));
  const others = Array.from({ length: 200 }, (_, at) => item(`o${at}`, `o${at}`));
  const pairs = pairAlike([...alike("a", 200), ...others], [...others, ...alike("b", 200)], 0.5);
  expect(pairs.slice(0, 200)).toEqual(others.map((_, at) => 200 + at));
  expect(pairs.slice(200).toSorted((a, b) => a - b)).toEqual(others.map((_, at) => at));
});
