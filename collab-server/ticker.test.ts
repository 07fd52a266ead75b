import { expect, test } from "vitest";
import { limits } from "./limits.ts";
import { gatherMsFor } from "./ticker.ts";

test("a busy process gathers for longer, and does not waver between the two", () => {
  const { gatherMs, gatherWhenBusyMs, busyShare } = limits;
  expect(gatherMsFor(gatherMs, 0.1)).toBe(gatherMs);
  expect(gatherMsFor(gatherMs, busyShare - 0.01)).toBe(gatherMs);
  expect(gatherMsFor(gatherMs, busyShare + 0.01)).toBe(gatherWhenBusyMs);
  expect(gatherMsFor(gatherWhenBusyMs, busyShare - 0.01)).toBe(gatherWhenBusyMs);
  expect(gatherMsFor(gatherWhenBusyMs, busyShare / 2 - 0.01)).toBe(gatherMs);
});
