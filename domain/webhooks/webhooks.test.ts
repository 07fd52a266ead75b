import { expect, test } from "vitest";
import { decideDelivery, mostTries } from "./delivery.ts";
import { isAskedFor, webhookTypeOf } from "./webhook-events.ts";

test("a webhook for jobs hears of every state, one for an end of that end only", () => {
  const running = webhookTypeOf("job", "running");
  const done = webhookTypeOf("job", "succeeded");
  expect([running, done, webhookTypeOf("take", null)]).toEqual(["job.running", "job.succeeded", "take"]);
  expect([running, done, "take"].map((type) => isAskedFor(["job"], type))).toEqual([true, true, false]);
  expect([running, done, "take"].map((type) => isAskedFor(["job.succeeded", "take"], type))).toEqual([
    false,
    true,
    true,
  ]);
});

test("only 2xx is an answer; everything else comes again, later each time, and at last never", () => {
  expect(decideDelivery(1, { status: 204 }, 0.5)).toEqual({ next: "delivered" });
  let before = 0;
  for (let attempt = 1; attempt < mostTries; attempt += 1) {
    for (const outcome of [{ status: 500 }, { status: 404 }, { status: 302 }, { error: "It took too long." }]) {
      const low = decideDelivery(attempt, outcome, 0);
      const high = decideDelivery(attempt, outcome, 0.999);
      if (low.next !== "again" || high.next !== "again") throw new Error(`given up after ${attempt}`);
      expect(low.afterSeconds).toBeGreaterThan(before);
      expect(high.afterSeconds).toBeGreaterThan(low.afterSeconds);
    }
    const longest = decideDelivery(attempt, { status: 500 }, 0.999);
    before = longest.next === "again" ? longest.afterSeconds : Infinity;
  }
  expect(decideDelivery(mostTries, { status: 500 }, 0.5)).toMatchObject({ next: "given-up", disable: true });
  expect(decideDelivery(1, { status: 410 }, 0.5)).toMatchObject({ next: "given-up", disable: true });
  expect(decideDelivery(1, { status: 302 }, 0.5)).toMatchObject({
    error: expect.stringContaining("redirects are not followed"),
  });
});
