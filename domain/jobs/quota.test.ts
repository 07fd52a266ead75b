import { expect, test } from "vitest";
import { whenBelow } from "./quota.ts";

const hour = 3600 * 1000;
const now = Date.UTC(2026, 0, 2);

test("while seconds are left nothing is said", () => {
  expect(whenBelow(100, [{ seconds: 99, at: now - hour }], now)).toBe(null);
});

test("what was used more than a day ago no longer counts", () => {
  expect(whenBelow(100, [{ seconds: 500, at: now - 25 * hour }], now)).toBe(null);
});

test("seconds are free again a day after so many of them were used that the rest is below the limit", () => {
  const spent = [
    { seconds: 60, at: now - 2 * hour },
    { seconds: 30, at: now - 20 * hour },
    { seconds: 30, at: now - 10 * hour },
  ];
  expect(whenBelow(100, spent, now)).toEqual({ at: now + 4 * hour });
  expect(whenBelow(60, spent, now)).toEqual({ at: now + 22 * hour });
});

test("a limit of none is never below", () => {
  expect(whenBelow(0, [], now)).toEqual({ at: null });
});
