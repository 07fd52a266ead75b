import { expect, test } from "vitest";
import type { HeldLease } from "#bus/leases.ts";
import { openLeaseWatch } from "./lease-watch.ts";

const held = (revision: number, released = false): HeldLease => ({
  lease: { agentId: "a1", attempt: 1, claim: "c", at: "then", ...(released ? { released } : {}) },
  revision,
  // Of a broker whose clock is far off.
  writtenAt: new Date(0),
});

test("a lease lives as long as its revision changes, whatever the clocks say", () => {
  let now = 0;
  const watch = openLeaseWatch(10, () => now);
  for (let revision = 1; revision < 10; revision++) {
    expect(watch.isAlive("j", held(revision))).toBe(true);
    now += 10_000;
    expect(watch.isAlive("j", held(revision))).toBe(true);
  }
  now += 5001;
  expect(watch.isAlive("j", held(9))).toBe(false);
  expect(watch.isAlive("j", held(10))).toBe(true);
});

test("a lease that is gone may come back within the same patience, one that was given up is dead at once", () => {
  let now = 0;
  const watch = openLeaseWatch(10, () => now);
  expect(watch.isAlive("j", held(7))).toBe(true);
  now += 14_000;
  expect(watch.isAlive("j", null)).toBe(true);
  now += 14_000;
  expect(watch.isAlive("j", null)).toBe(true);
  expect(watch.isAlive("j", held(1))).toBe(true);
  expect(watch.isAlive("j", held(2, true))).toBe(false);
  expect(watch.isAlive("k", null)).toBe(true);
  now += 15_001;
  expect(watch.isAlive("k", null)).toBe(false);
  watch.keepOnly(new Set());
  expect(watch.isAlive("k", null)).toBe(true);
});
