import { expect, test } from "vitest";
import { isVersionDue, versionsToDrop } from "./kept-versions.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.UTC(2026, 0, 1);
const at = (ms: number) => ({ createdAt: new Date(ms) });

test("a version is due when there is none, and ten minutes after the last", () => {
  expect(isVersionDue(null, start)).toBe(true);
  expect(isVersionDue(start, start + 9 * minute)).toBe(false);
  expect(isVersionDue(start, start + 10 * minute)).toBe(true);
});

test("fresh versions all stay, old ones thin out, the first one stays for ever", () => {
  let kept: { createdAt: Date }[] = [];
  for (let now = start; now < start + 400 * day; now += 10 * minute) {
    kept.push(at(now));
    if (now % day === 0) kept = without(kept, versionsToDrop(kept, now));
  }
  const now = start + 400 * day;
  kept = without(kept, versionsToDrop(kept, now));
  const within = (from: number, to: number) =>
    kept.filter(({ createdAt }) => now - createdAt.getTime() >= from && now - createdAt.getTime() < to).length;
  expect(within(0, day)).toBe(143);
  expect(within(day, 7 * day)).toBeGreaterThanOrEqual(144);
  expect(within(day, 7 * day)).toBeLessThanOrEqual(146);
  expect(within(7 * day, 90 * day)).toBeGreaterThanOrEqual(83);
  expect(within(7 * day, 90 * day)).toBeLessThanOrEqual(85);
  expect(within(90 * day, Infinity)).toBeGreaterThanOrEqual(10);
  expect(within(90 * day, Infinity)).toBeLessThanOrEqual(12);
  expect(kept[0]!.createdAt.getTime()).toBe(start);
});

test("what was thinned once loses nothing more at the same time", () => {
  const all = Array.from({ length: 5000 }, (_, i) => at(start + i * 7 * minute));
  const now = start + 5000 * 7 * minute;
  const kept = without(all, versionsToDrop(all, now));
  expect(versionsToDrop(kept, now)).toEqual([]);
});

function without<T>(all: T[], gone: T[]): T[] {
  const set = new Set(gone);
  return all.filter((one) => !set.has(one));
}
