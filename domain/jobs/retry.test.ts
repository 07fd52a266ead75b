import { expect, test } from "vitest";
import { failureKinds } from "./messages/result-message.ts";
import { decideRetry, maxFailures, retriesByKind } from "./retry.ts";

test("what trying again cannot mend is not tried again", () => {
  for (const kind of ["permanent", "missing-model", "licence"] as const)
    expect(decideRetry(kind, 1, 0.5)).toEqual({ retry: false });
});

test("every other failure is tried again as often as its class allows, then no more", () => {
  for (const kind of failureKinds.filter((one) => retriesByKind[one] > 0)) {
    const decisions = Array.from(
      { length: retriesByKind[kind] + 1 },
      (_, index) => decideRetry(kind, index + 1, 0.5).retry,
    );
    expect(decisions).toEqual([...Array<boolean>(retriesByKind[kind]).fill(true), false]);
  }
});

test("pauses grow from failure to failure and are spread", () => {
  const pause = (failures: number, random: number) => {
    const decision = decideRetry("retryable", failures, random);
    return decision.retry ? decision.delaySeconds : null;
  };
  expect([pause(1, 0.5), pause(2, 0.5), pause(3, 0.5)]).toEqual([1, 2, 4]);
  expect(pause(1, 0)).toBe(0.5);
  expect(pause(1, 0.999)).toBeCloseTo(1.5, 2);
});

test("operators say how often a class is tried again, up to a cap that holds for all", () => {
  expect(decideRetry("permanent", 1, 0.5, { permanent: 1 })).toEqual({ retry: true, delaySeconds: 1 });
  expect(decideRetry("retryable", 1, 0.5, { retryable: 0 })).toEqual({ retry: false });
  expect(decideRetry("retryable", maxFailures - 1, 0.5, { retryable: 20 })).toMatchObject({ retry: true });
  expect(decideRetry("retryable", maxFailures, 0.5, { retryable: 20 })).toEqual({ retry: false });
});
