import { expect, test } from "vitest";
import { inOrder, moveInQueue, priorityName } from "./queue-order.ts";

const ids = ["a", "b", "c", "d"];

test("a job that is moved stands before the one that follows it then", () => {
  expect(moveInQueue(ids, "c", 0)).toEqual({ order: ["c", "a", "b", "d"], jobId: "c", before: "a" });
  expect(moveInQueue(ids, "a", 2)).toEqual({ order: ["b", "c", "a", "d"], jobId: "a", before: "d" });
});

test("moved to the end it stands before nobody", () => {
  expect(moveInQueue(ids, "a", 99)).toEqual({ order: ["b", "c", "d", "a"], jobId: "a", before: null });
});

test("where nothing moves nothing is asked for", () => {
  expect(moveInQueue(ids, "b", 1)).toBe(null);
  expect(moveInQueue(ids, "gone", 1)).toBe(null);
  expect(moveInQueue(ids, "a", -1)).toBe(null);
});

test("jobs that came meanwhile are behind an order that does not know them", () => {
  const jobs = ["a", "new", "b"].map((id) => ({ id }));
  expect(inOrder(jobs, ["b", "a", "left"]).map(({ id }) => id)).toEqual(["b", "a", "new"]);
  expect(inOrder(jobs, null)).toEqual(jobs);
  expect([50, 0, -1].map(priorityName)).toEqual(["high", "normal", "low"]);
});
