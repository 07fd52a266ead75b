import { expect, test } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

test("a burst is let through, then the rate holds", () => {
  const bucket = new TokenBucket(100, 5, 0);
  expect([0, 0, 0, 0].map((now) => bucket.spend(1, now))).toEqual([0, 0, 0, 0]);
  expect(bucket.spend(1, 0)).toBe(10);
  expect(bucket.spend(1, 20)).toBe(0);
  expect(bucket.spend(1, 20)).toBe(10);
});

test("a debt is waited off, and a long rest fills it no further than full", () => {
  const bucket = new TokenBucket(1000, 100, 0);
  expect(bucket.spend(600, 0)).toBe(501);
  expect(bucket.spend(1, 502)).toBe(0);
  for (let i = 0; i < 99; i += 1) expect(bucket.spend(1, 100_000)).toBe(0);
  expect(bucket.spend(1, 100_000)).toBe(1);
});
