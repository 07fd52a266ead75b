import { expect, test } from "vitest";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import { createRateLimit } from "./rate-limit.ts";

const allows = (limit: ReturnType<typeof createRateLimit>, key: string): boolean => {
  try {
    limit.take(key);
    return true;
  } catch {
    return false;
  }
};

test("so many a minute are let in, then those after it", () => {
  let time = 0;
  const limit = createRateLimit(2, () => time);
  expect([1, 2, 3].map(() => allows(limit, "10.0.0.1"))).toEqual([true, true, false]);
  expect(allows(limit, "10.0.0.2")).toBe(true);
  time = 59_000;
  expect(() => limit.take("10.0.0.1")).toThrow("Try again in 1 s");
  time = 60_000;
  expect(allows(limit, "10.0.0.1")).toBe(true);
});

test("whoever has a whole network of IPv6 counts once, however an address is written", () => {
  const limit = createRateLimit(1, () => 0);
  expect(allows(limit, "2001:db8:1:2::1")).toBe(true);
  for (const same of ["2001:db8:1:2::2", "2001:0DB8:1:2:a:b:c:d", "2001:db8:1:2:3::", "2001:db8:1:2::1%eth0"])
    expect(allows(limit, same), same).toBe(false);
  for (const other of ["2001:db8:1:3::1", "2001:db8::1", "::1", "fe80::1:2", "unknown", "a: b", "a: c"])
    expect(allows(limit, other), other).toBe(true);
  expect(allows(limit, "::ffff:10.0.0.1")).toBe(true);
  expect(allows(limit, "::ffff:10.0.0.2")).toBe(true);
  expect(allows(limit, "10.0.0.1")).toBe(false);
});

test("thirty thousand at once from everywhere are counted without looking through all of them for each", () => {
  let time = 0;
  const limit = createRateLimit(1, () => time);
  const all = () => {
    for (let at = 0; at < 30_000; at += 1) limit.take(`key ${at}`);
  };
  expect(cpuTimeOf(all)).toBeLessThan(2000);
  time = 61_000;
  expect(cpuTimeOf(all)).toBeLessThan(2000);
  expect(allows(limit, "key 7")).toBe(false);
});

test("however many keys somebody makes up, no more than so many are remembered, the newest of them", () => {
  const limit = createRateLimit(1, () => 0);
  for (let at = 0; at <= 100_000; at += 1) limit.take(`key ${at}`);
  expect(allows(limit, "key 100000")).toBe(false);
  expect(allows(limit, "key 1")).toBe(false);
  expect(allows(limit, "key 0")).toBe(true);
});
