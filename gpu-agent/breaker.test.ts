import { expect, test } from "vitest";
import { openBreaker } from "./breaker.ts";

test("an agent on which different jobs fail one after the other stands back, longer each time", () => {
  let now = 0;
  const breaker = openBreaker(() => now);
  breaker.note("a", "bad");
  breaker.note("b", "bad");
  expect(breaker.pauseMs()).toBe(0);
  breaker.note("c", "bad");
  expect(breaker.pauseMs()).toBe(5000);
  now += 5000;
  expect(breaker.pauseMs()).toBe(0);
  breaker.note("d", "bad");
  expect(breaker.pauseMs()).toBe(10_000);
  for (let count = 0; count < 20; count++) breaker.note("d", "full");
  expect(breaker.pauseMs()).toBe(300_000);
  now += 300_000;
  breaker.note("e", "good");
  breaker.note("f", "bad");
  expect(breaker.pauseMs()).toBe(0);
});

test("one job that fails again and again is not held against the agent, a full disk is at once", () => {
  const breaker = openBreaker(() => 0);
  for (let count = 0; count < 5; count++) breaker.note("a", "bad");
  expect(breaker.pauseMs()).toBe(0);
  breaker.note("b", "bad");
  breaker.note("c", "good");
  breaker.note("d", "bad");
  expect(breaker.pauseMs()).toBe(0);
  breaker.note("e", "full");
  expect(breaker.pauseMs()).toBe(5000);
});
