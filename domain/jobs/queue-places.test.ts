import fc from "fast-check";
import { expect, test } from "vitest";
import type { Lane } from "./capabilities.ts";
import { releaseOrder, type Share, type Waiting } from "./fair-share.ts";
import { jobsAhead } from "./queue-places.ts";

const workspace = fc.record({
  count: fc.integer({ min: 1, max: 6 }),
  inFlight: fc.integer({ min: 0, max: 3 }),
  weight: fc.integer({ min: 1, max: 3 }),
  servedAt: fc.integer({ min: 0, max: 5 }),
});

/** Counts of one lane, and the same jobs one by one. */
function queueOf(spaces: { count: number }[], lane: Lane): { counts: Map<string, number>; jobs: Waiting[] } {
  const counts = new Map(spaces.map(({ count }, index) => [`w${index}`, count]));
  const jobs = [...counts].flatMap(([workspaceId, count]) =>
    Array.from({ length: count }, (_, index) => ({
      id: `${workspaceId} ${lane} ${index}`,
      workspaceId,
      lane,
      priority: 0,
      place: index,
      seq: index,
    })),
  );
  return { counts, jobs };
}

test("in a lane of its own every job's place is where it would be released, near enough among equals", () => {
  fc.assert(
    fc.property(fc.array(workspace, { minLength: 1, maxLength: 6 }), (spaces) => {
      const { counts, jobs } = queueOf(spaces, "interactive");
      const shares = new Map<string, Share>(spaces.map((space, index) => [`w${index}`, space]));
      const order = releaseOrder(jobs, shares).map((job) => job.id);
      const shape = { waiting: { interactive: counts, batch: new Map<string, number>() }, shares, released: 0 };
      for (const job of jobs) {
        const ahead = jobsAhead(shape, { workspaceId: job.workspaceId, lane: "interactive", index: job.place });
        // Who is served longest ago changes with every turn; the reckoning takes it as it is now.
        expect(Math.abs(order.indexOf(job.id) - ahead)).toBeLessThan(spaces.length);
      }
    }),
    { numRuns: 300 },
  );
});

test("a workspace's later job never comes before its earlier one", () => {
  fc.assert(
    fc.property(fc.array(workspace, { minLength: 1, maxLength: 6 }), (spaces) => {
      const shares = new Map<string, Share>(spaces.map((space, index) => [`w${index}`, space]));
      const { counts } = queueOf(spaces, "batch");
      const shape = { waiting: { interactive: counts, batch: counts }, shares, released: 3 };
      for (const lane of ["interactive", "batch"] as const) {
        const places = [0, 1, 2, 3].map((index) => jobsAhead(shape, { workspaceId: "w0", lane, index }));
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
      }
    }),
    { numRuns: 200 },
  );
});

test("what is handed on comes first, and three interactive jobs go before each batch job", () => {
  const shape = {
    waiting: { interactive: new Map([["a", 5]]), batch: new Map([["b", 4]]) },
    shares: new Map<string, Share>(),
    released: 2,
  };
  const batch = [0, 1, 2].map((index) => jobsAhead(shape, { workspaceId: "b", lane: "batch", index }));
  expect(batch).toEqual([2 + 3, 2 + 1 + 5, 2 + 2 + 5]);
  const interactive = [2, 3, 4].map((index) => jobsAhead(shape, { workspaceId: "a", lane: "interactive", index }));
  expect(interactive).toEqual([4, 6, 7]);
});
